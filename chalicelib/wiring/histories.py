"""Opening the archive, put together."""

from __future__ import annotations

from chalicelib.domain.dates import amsterdam_day
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.signals.open_history import OpenHistory
from chalicelib.wiring import base


def open_history(pseudonyms: Pseudonyms, hasher: IndexHasher) -> OpenHistory:
    """Opens the archive by the same decision as the function ``match`` asks it by."""
    legal, clock = base.settings().legal, base.clock()
    persons = DecidePersons(
        storage=base.storage(),
        hasher=hasher,
        model=default_model(),
        profile=MatchingProfile(address_match=legal.address_match),
        today=amsterdam_day(clock.now()),
    )
    return OpenHistory(
        storage=base.storage(),
        find=FindEarlier(persons).about_youth_of,
        pseudonyms=pseudonyms,
        names=base.names(),
        clock=clock,
        legal=legal,
    )
