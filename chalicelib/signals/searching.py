"""No search by the back door: signals that were retracted once their matches had been read (D16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.matches.looked_at import was_looked_at
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors

LIST: Final = "suspected-searches"
"""What the audit trail calls the list."""

_KEPT: Final = timedelta(days=100)


class Thresholds(NamedTuple):
    """From how many such retractions in a calendar month on somebody has to be looked at."""

    professional: int
    organisation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedSearch:
    """Who retracted so many signals in a month (``2026-11``) after reading their matches.

    ``professional_id`` is None where it is the organisation as a whole.
    """

    month: str
    organisation_id: str
    professional_id: str | None
    retractions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSearches:
    """Counts such retractions per professional and per organisation, and raises what is too many.

    ``alarm`` tells the operators that there is something to look at, and nothing of whom.
    """

    storage: Storage
    clock: Clock
    thresholds: Thresholds
    alarm: Callable[[], None]

    def was_looked_at(self, signal_id: str) -> bool:
        """Whether the matches of a signal were read within the last day. Raises StorageBusy."""
        return was_looked_at(self.storage.counts, signal_id, self.clock.now())

    def note(self, caller: Caller) -> None:
        """Count a retraction of a signal that was looked at. Raises StorageBusy."""
        now = self.clock.now()
        month, organisation = _month(amsterdam_day(now)), caller.organisation.id
        counted = [(_name(organisation, None), self.thresholds.organisation)]
        if caller.professional_id is not None:
            counted.append((_name(organisation, caller.professional_id), self.thresholds.professional))
        raised = [name for name, threshold in counted if self._count(month, name, now) >= threshold]
        for name in raised:
            self.storage.concerns.add(month, name)
        if raised:
            self.alarm()

    def _count(self, month: str, name: str, now: datetime) -> int:
        return self.storage.counts.add(_counter(month, name), 1, expires_at=now + _KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspectedSearches:
    """A page of them; ``cursor`` asks for the next."""

    items: tuple[SuspectedSearch, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSearches:
    """Shows the region's administrator who has to be looked at, this month and last."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> SuspectedSearches:
        """This month first, then by organisation and professional; the look is logged.

        Raises CursorRefused for a cursor that this list did not give, StorageBusy.
        """
        now, bound_to = self.clock.now(), (LIST, caller.organisation.id)
        after = None if cursor is None else self.cursors.opened(cursor, bound_to)
        places = [place for place in self._places(now) if after is None or place > after]
        shown = places[:limit]
        counted = self.storage.counts.counted(map(_counter_at, shown), now)
        entry = caller.entry(Act.SEARCHES_LISTED, LIST, at=now, token=self.names.token())
        self.storage.audit.append(entry)
        return SuspectedSearches(
            items=tuple(_suspected(place, counted[_counter_at(place)]) for place in shown),
            cursor=self.cursors.signed(shown[-1], bound_to) if len(places) > limit else None,
        )

    def _places(self, now: datetime) -> list[str]:
        """Of everybody on the list, in its order: ``<how many months ago>#<month>#<name>``."""
        today = amsterdam_day(now)
        months = (_month(today), _month(today.replace(day=1) - timedelta(days=1)))
        return sorted(
            f"{ago}#{month}#{name}"
            for ago, month in enumerate(months)
            for name in self.storage.concerns.of_month(month)
        )


def _suspected(place: str, retractions: int) -> SuspectedSearch:
    _, month, organisation_id, professional_id = place.split("#")
    return SuspectedSearch(
        month=month,
        organisation_id=organisation_id,
        professional_id=professional_id or None,
        retractions=retractions,
    )


def _counter_at(place: str) -> str:
    _, month, name = place.split("#", 2)
    return _counter(month, name)


def _month(day: date) -> str:
    return day.strftime("%Y-%m")


def _name(organisation_id: str, professional_id: str | None) -> str:
    """Neither id holds a ``#``."""
    return f"{organisation_id}#{professional_id or ''}"


def _counter(month: str, name: str) -> str:
    return f"retracted-after-looking#{month}#{name}"
