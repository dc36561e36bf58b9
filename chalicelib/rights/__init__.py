"""Rights of the family: requests filed, advised on, decided and carried out (D31 to D33)."""
