"""Finding the signals about a youth, put together; for requests of families and for a death."""

from __future__ import annotations

from chalicelib.matches.profile import profile_of
from chalicelib.ports.world import IndexHasher
from chalicelib.rights.find import FindSignals
from chalicelib.wiring import base
from chalicelib.wiring.matching_model import model


def find_signals(hasher: IndexHasher) -> FindSignals:
    """Puts a record among the signals of this stage."""
    return FindSignals(
        storage=base.storage(),
        hasher=hasher,
        clock=base.clock(),
        model=model(),
        profile=profile_of(base.settings().legal),
    )
