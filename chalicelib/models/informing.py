"""Signals whose family has not been told yet, from their sparse index (D30)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from pynamodb.expressions.condition import Condition

from chalicelib.models.failures import storage_errors
from chalicelib.models.informing_place import OPEN, POSTPONED, id_at, opening
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.tables import Tables
from chalicelib.ports.informing import InformingCounts
from chalicelib.ports.parts import Page

_NOT_TOLD = SignalRow.informing
_BEFORE_ALL, _AFTER_ALL = date.min, date.max


@dataclass(frozen=True, slots=True)
class InformingTable:
    """Lists and counts over the index: each signal is to be read again."""

    tables: Tables

    def page(self, organisation_id: str, *, limit: int, after: str | None) -> Page[str]:
        """Ids of an organisation's: the oldest term first, postponed ones last."""
        later = after < _NOT_TOLD if after is not None else None
        places = list(islice(self._places(organisation_id, later), limit + 1))
        ids = tuple(map(id_at, places[:limit]))
        return Page(ids, places[limit - 1] if len(places) > limit else None)

    def counts(self, organisation_id: str, today: date) -> InformingCounts:
        """How many there are."""
        yesterday = today - timedelta(days=1)
        return InformingCounts(
            overdue=self._count(organisation_id, _between(OPEN, _BEFORE_ALL, yesterday)),
            open=self._count(organisation_id, _between(OPEN, today, _AFTER_ALL)),
            postponed=self._count(organisation_id, _between(POSTPONED, _BEFORE_ALL, _AFTER_ALL)),
        )

    def due(
        self, organisation_id: str, first: date, last: date, *, limit: int, after: str | None
    ) -> Page[str]:
        """Ids of those whose term ends from ``first`` to ``last``, both included, and is not postponed."""
        found = self._places(organisation_id, _between(OPEN, first, last))
        places = list(islice((one for one in found if after is None or one > after), limit + 1))
        return Page(tuple(map(id_at, places[:limit])), places[limit - 1] if len(places) > limit else None)

    def _places(self, organisation_id: str, among: Condition | None) -> Iterator[str]:
        with storage_errors():
            for row in self.tables.signals.by_informing.query(organisation_id, among, page_size=100):
                yield row.informing

    def _count(self, organisation_id: str, among: Condition) -> int:
        with storage_errors():
            return self.tables.signals.by_informing.count(organisation_id, among)


def _between(kind: str, first: date, last: date) -> Condition:
    """Places of one kind whose day is from ``first`` to ``last``: ids sort before the next day."""
    return _NOT_TOLD.between(opening(kind, first), f"{opening(kind, last)}~")
