"""Verwijsindex: the parts that run in the functions."""

VERSION = "0.1.0"
