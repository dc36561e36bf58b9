"""The core beside exact rules, recordlinkage and splink: on Dutch families, on FEBRL, and in speed."""
