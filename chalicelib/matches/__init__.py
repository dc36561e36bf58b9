"""Matches: finding what should be, settling it against what is, and showing it to those in it."""
