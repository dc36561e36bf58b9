"""What the use cases need to find signals whose family has not been told yet (D30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.ports.parts import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class InformingCounts:
    """How many running signals of an organisation the family has not been told of.

    ``overdue``: the term is past. ``open``: it is not. ``postponed``: there is a lawful ground.
    """

    overdue: int
    open: int
    postponed: int


class InformingStore(Protocol):
    """Running signals that have an ``inform_by``; everything here may lag a moment behind."""

    def page(self, organisation_id: str, *, limit: int, after: str | None) -> Page[str]:
        """Ids of an organisation's: the oldest term first, postponed ones last."""
        ...

    def counts(self, organisation_id: str, today: date) -> InformingCounts:
        """How many there are."""
        ...

    def due(
        self, organisation_id: str, first: date, last: date, *, limit: int, after: str | None
    ) -> Page[str]:
        """Ids of those whose term ends from ``first`` to ``last``, both included, and is not postponed."""
        ...
