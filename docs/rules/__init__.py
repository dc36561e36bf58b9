"""The rules of the domain (D1 to D40), with where each is kept and which tests prove it."""
