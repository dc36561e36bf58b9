"""Sealing, keyed hashes, names and tokens: everything that rests on a secret or on chance."""
