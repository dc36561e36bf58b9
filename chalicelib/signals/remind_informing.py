"""Reminders: once a day, professionals hear of which of their signals the family is not told yet (D30)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import Notice, NoticeKind, reminder
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.reminders import write_reminders

PAGE: Final = 100
LEASE: Final = "job#remind-informing"
MISSED: Final = timedelta(days=7)
"""Reminders of a term that is past are made up for so long, and not for ever."""
_LEASE_LASTS: Final = timedelta(minutes=16)
"""Longer than a function can run, as that of the expiry run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfInforming:
    """Reminds of each term twice: ``remind_before_inform_days`` before its last day, and the day after it.

    What is postponed on a lawful ground is left in peace. The reminder of a day has one id, so whatever
    stops the run, and however often it runs, each is written once.
    """

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, *, budget: Callable[[], bool]) -> int:
        """How many were reminded of now; nothing once the day's round is done, or while another runs.

        The day's count is stored as ``run#remind-informing#<day>``, with where to go on.
        """
        now, owner = self.clock.now(), self.names.token()
        if not self.storage.leases.acquire(LEASE, owner, now=now, until=now + _LEASE_LASTS):
            return 0
        try:
            return self._run(amsterdam_day(now), budget)
        finally:
            self.storage.leases.release(LEASE, owner)

    def _run(self, today: date, budget: Callable[[], bool]) -> int:
        round_ = _Round.resumed(self.storage, today)
        reminded = 0
        last = today + timedelta(days=self.legal.remind_before_inform_days)
        while round_.organisation is not None and budget():
            page = self.storage.informing.due(
                round_.organisation, today - MISSED, last, limit=PAGE, after=round_.after
            )
            written = self._remind(page.items, today)
            reminded += written
            round_.done(page, written)
        return reminded

    def _remind(self, signal_ids: Iterable[str], today: date) -> int:
        signals = self.storage.signals.sealed(signal_ids).values()
        return write_reminders(self.storage, self._reminders(signals, today))

    def _reminders(self, signals: Iterable[Signal], today: date) -> Iterator[Notice]:
        for signal in signals:
            if signal.inform_by is not None and signal.is_active(today):
                past = signal.inform_by < today
                kind = NoticeKind.INFORMING_OVERDUE if past else NoticeKind.INFORMING_NEAR
                receiver = receiver_key(signal.organisation_id, signal.professional_id)
                yield reminder(kind, signal.id, receiver, signal.inform_by, self.clock.now())


@dataclass(slots=True, kw_only=True)
class _Round:
    """Where a day's round is: an organisation, None after the last, and a place in its list."""

    storage: Storage
    name: str
    reminded: int
    organisation: str | None
    after: str | None

    @classmethod
    def resumed(cls, storage: Storage, today: date) -> _Round:
        name = f"run#remind-informing#{today.isoformat()}"
        held = storage.settings.report(name)
        if held is None:
            first = _next_organisation(storage, None)
            return cls(storage=storage, name=name, reminded=0, organisation=first, after=None)
        return cls(
            storage=storage,
            name=name,
            reminded=int(held["reminded"]),
            organisation=str(held["organisation"]) or None,
            after=str(held["after"]) or None,
        )

    def done(self, page: Page[str], written: int) -> None:
        """Store that a page is done, and what comes next."""
        self.reminded, self.after = self.reminded + written, page.next
        if page.next is None:
            self.organisation = _next_organisation(self.storage, self.organisation)
        report: dict[str, str | int] = {
            "reminded": self.reminded,
            "organisation": self.organisation or "",
            "after": self.after or "",
        }
        self.storage.settings.put_report(self.name, report)


def _next_organisation(storage: Storage, after: str | None) -> str | None:
    page = storage.organisations.page(limit=1, after=after)
    return page.items[0].id if page.items else None
