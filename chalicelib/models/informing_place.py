"""Where a signal stands among those whose family has not been told: kind, last day of the term, id."""

from __future__ import annotations

from datetime import date
from typing import Final

from chalicelib.domain.signal import Signal

OPEN: Final = "OPEN"
POSTPONED: Final = "POSTPONED"


def informing_place(signal: Signal) -> str | None:
    """The place of a running signal; None when nobody is left to be told.

    It says that there is a ground for not yet telling, not which: that is sealed with the person.
    """
    if signal.inform_by is None or signal.ended_at is not None:
        return None
    postponed = signal.informed is not None and signal.informed.not_yet is not None
    return f"{opening(POSTPONED if postponed else OPEN, signal.inform_by)}{signal.id}"


def opening(kind: str, day: date) -> str:
    """What the places of one kind and day begin with."""
    return f"{kind}#{day.isoformat()}#"


def term_of(place: str | None) -> date | None:
    """The last day of the term at a place, None without one."""
    return date.fromisoformat(place.split("#")[1]) if place is not None else None


def id_at(place: str) -> str:
    """The id of the signal at a place."""
    return place.split("#", 2)[2]
