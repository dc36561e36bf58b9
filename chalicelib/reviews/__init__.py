"""Reviews: showing doubtful pairs to the region administrator, deciding, and asking to confirm."""
