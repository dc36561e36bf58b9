"""Opening the archive, put together."""

from __future__ import annotations

from chalicelib.domain.dates import amsterdam_day
from chalicelib.matches.decided import DecidePersons
from chalicelib.matches.earlier import FindEarlier
from chalicelib.matches.profile import profile_of
from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.signals.open_history import OpenHistory
from chalicelib.wiring import base
from chalicelib.wiring.matching_model import model


def find_earlier(hasher: IndexHasher) -> FindEarlier:
    """Asks the archive by the same decision as the function ``match``; as of today: made anew each time."""
    legal = base.settings().legal
    return FindEarlier(
        DecidePersons(
            storage=base.storage(),
            hasher=hasher,
            model=model(),
            profile=profile_of(legal),
            today=amsterdam_day(base.clock().now()),
        )
    )


def open_history(pseudonyms: Pseudonyms, hasher: IndexHasher) -> OpenHistory:
    """Opens the archive by the same decision as the function ``match`` asks it by."""
    return OpenHistory(
        storage=base.storage(),
        find=lambda signal_id: find_earlier(hasher).about_youth_of(signal_id),
        pseudonyms=pseudonyms,
        names=base.names(),
        clock=base.clock(),
        legal=base.settings().legal,
    )
