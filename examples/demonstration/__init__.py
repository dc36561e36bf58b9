"""``make run``: the whole index on this machine, told by a story and checked against what was expected."""
