"""Tools that exist for Node only: Spectral, which holds the interface's description to our rules.

Node itself comes from the machine or, where it has none, from a wheel (``infra/node/requirements.txt``).
"""
