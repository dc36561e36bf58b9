"""Notices: what a professional is told of a match, as mail and as event (D15, D17, D18, D37)."""
