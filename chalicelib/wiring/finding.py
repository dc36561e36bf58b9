"""Finding the signals about a youth, put together; for requests of families and for a death."""

from __future__ import annotations

from chalicelib.matching import MatchingProfile, default_model
from chalicelib.ports.world import IndexHasher
from chalicelib.rights.find import FindSignals
from chalicelib.wiring import base


def find_signals(hasher: IndexHasher) -> FindSignals:
    """Puts a record among the signals of this stage."""
    return FindSignals(
        storage=base.storage(),
        hasher=hasher,
        clock=base.clock(),
        model=default_model(),
        profile=MatchingProfile(address_match=base.settings().legal.address_match),
    )
