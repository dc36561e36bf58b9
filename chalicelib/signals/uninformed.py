"""The overview of own signals whose family has not been told yet (D30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.informing import still_to_inform
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import Professional, receiver_key
from chalicelib.domain.signal import InformedPerson, NotYetGround, Signal
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import InformingCounts, Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.ending import is_overdue

LIST: Final = "informing"
"""What the audit trail calls the overview."""


class Standing(StrEnum):
    """Where informing stands: OVERDUE past its term, OPEN before it, POSTPONED on a lawful ground."""

    OVERDUE = "OVERDUE"
    OPEN = "OPEN"
    POSTPONED = "POSTPONED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uninformed:
    """A signal of which somebody still has to be told.

    ``whom``: who has to be, by the age today or on the day that others were told. ``ground``: why not yet.
    """

    signal: Signal
    professional: Professional
    by: date
    standing: Standing
    whom: frozenset[InformedPerson]
    ground: NotYetGround | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformingOverview:
    """How many there are of each standing, and a page of them: the oldest term first, postponed last.

    ``unreadable`` are ids of signals on this page whose record does not open, or whose holder has no card.
    """

    counts: InformingCounts
    items: tuple[Uninformed, ...]
    unreadable: tuple[str, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUninformed:
    """Shows an organisation where it still has to inform; it may lag a moment behind what was written.

    A record that does not open, or a card that got lost, hides no other: its signal is named, and counted,
    without what it says.
    """

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> InformingOverview:
        """Counts and a page; a page may be short and still have a next. Raises CursorRefused."""
        now, own = self.clock.now(), caller.organisation.id
        today, bound_to = amsterdam_day(now), (LIST, own)
        page = self.storage.informing.page(
            own, limit=limit, after=None if cursor is None else self.cursors.opened(cursor, bound_to)
        )
        counts = self.storage.informing.counts(own, today)
        entry = caller.entry(Act.INFORMING_LISTED, LIST, at=now, token=self.names.token())
        self.storage.audit.append(entry)
        signals, unopened = self._opened(page.items)
        running = [one for one in signals if not is_overdue(one, today)]
        cards = self.storage.organisations.professionals(map(_receiver, running))
        return InformingOverview(
            counts=counts,
            items=tuple(self._items(running, cards, today)),
            unreadable=(
                *unopened,
                *(one.id for one in running if one.inform_by and _receiver(one) not in cards),
            ),
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _opened(self, ids: Sequence[str]) -> tuple[list[Signal], tuple[str, ...]]:
        """Those that exist, in this order, and the ids of those that do not open."""
        try:
            found = self.storage.signals.get_many(ids)
        except SealBroken:
            return self._opened_one_by_one(ids)
        return [found[one] for one in ids if one in found], ()

    def _opened_one_by_one(self, ids: Sequence[str]) -> tuple[list[Signal], tuple[str, ...]]:
        opened: list[Signal] = []
        unreadable: list[str] = []
        for one in ids:
            try:
                signal = self.storage.signals.get(one)
            except SealBroken:
                unreadable.append(one)
                continue
            if signal is not None:
                opened.append(signal)
        return opened, tuple(unreadable)

    def _items(
        self, running: Iterable[Signal], cards: Mapping[str, Professional], today: date
    ) -> Iterator[Uninformed]:
        for signal in running:
            card = cards.get(_receiver(signal))
            if signal.inform_by is None or card is None:
                continue
            born = signal.youth.birth_date if signal.youth is not None else None
            ground = signal.informed.not_yet if signal.informed is not None else None
            yield Uninformed(
                signal=signal,
                professional=card,
                by=signal.inform_by,
                standing=_standing(signal.inform_by, ground, today),
                whom=still_to_inform(signal.informed, born, today, self.legal),
                ground=ground,
            )


def _receiver(signal: Signal) -> str:
    return receiver_key(signal.organisation_id, signal.professional_id)


def _standing(by: date, ground: NotYetGround | None, today: date) -> Standing:
    if ground is not None:
        return Standing.POSTPONED
    return Standing.OVERDUE if by < today else Standing.OPEN
