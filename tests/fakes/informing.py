"""Signals whose family has not been told yet, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chalicelib.ports.informing import InformingCounts
from chalicelib.ports.parts import Page
from tests.fakes.state import FakeState

Place = tuple[bool, date, str]
"""Whether it is postponed, the last day of the term, and the id."""


@dataclass(frozen=True, slots=True)
class FakeInforming:
    """The store over the signals."""

    state: FakeState

    def page(self, organisation_id: str, *, limit: int, after: str | None) -> Page[str]:
        """Ids of an organisation's: the oldest term first, postponed ones last."""
        self.state.before("informing.page")
        places = [one for one in self._places(organisation_id) if after is None or _text(one) > after]
        ids = tuple(signal_id for _, _, signal_id in places[:limit])
        return Page(ids, _text(places[limit - 1]) if len(places) > limit else None)

    def counts(self, organisation_id: str, today: date) -> InformingCounts:
        """How many there are."""
        self.state.before("informing.counts")
        places = self._places(organisation_id)
        return InformingCounts(
            overdue=sum(not postponed and day < today for postponed, day, _ in places),
            open=sum(not postponed and day >= today for postponed, day, _ in places),
            postponed=sum(postponed for postponed, _, _ in places),
        )

    def due(
        self, organisation_id: str, first: date, last: date, *, limit: int, after: str | None
    ) -> Page[str]:
        """Ids of those whose term ends from ``first`` to ``last`` and is not postponed."""
        self.state.before("informing.due")
        places = [
            one
            for one in self._places(organisation_id)
            if not one[0] and first <= one[1] <= last and (after is None or _text(one) > after)
        ]
        ids = tuple(signal_id for _, _, signal_id in places[:limit])
        return Page(ids, _text(places[limit - 1]) if len(places) > limit else None)

    def _places(self, organisation_id: str) -> list[Place]:
        return sorted(self._running(organisation_id))

    def _running(self, organisation_id: str) -> Iterator[Place]:
        for one in self.state.signals.values():
            if one.organisation_id == organisation_id and one.inform_by is not None and one.ended_at is None:
                postponed = one.informed is not None and one.informed.not_yet is not None
                yield postponed, one.inform_by, one.id


def _text(place: Place) -> str:
    return f"{int(place[0])}#{place[1].isoformat()}#{place[2]}"
