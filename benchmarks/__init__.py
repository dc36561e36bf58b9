"""How well and how fast the matcher works, against known truth and against its peers."""
