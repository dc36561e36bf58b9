"""Reminders: once a day, professionals hear which of their signals end soon (D7, D34).

Renewing is a new assessment: it takes somebody who knows in time that there is something to assess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import Notice, NoticeKind, reminder
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.signals.reminders import write_reminders

PAGE: Final = 100
LEASE: Final = "job#remind"
_LEASE_LASTS: Final = timedelta(minutes=16)
"""Longer than a function can run, as that of the expiry run."""
_CURSOR: Final = "cursor"
_COMPLETE: Final = "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindOfEnds:
    """Reminds of the end of each signal once, ``remind_before_end_days`` before; page by page.

    The reminder of a day has one id, so whatever stops the run, and however often it runs, each is
    written once. What was missed for days is made up for.
    """

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, *, budget: Callable[[], bool]) -> int:
        """How many were reminded of now; nothing once the day's round is done, or while another runs.

        The day's count is stored as ``run#remind#<day>``, with where to go on.
        """
        now, owner = self.clock.now(), self.names.token()
        if not self.storage.leases.acquire(LEASE, owner, now=now, until=now + _LEASE_LASTS):
            return 0
        try:
            return self._run(amsterdam_day(now), budget)
        finally:
            self.storage.leases.release(LEASE, owner)

    def _run(self, today: date, budget: Callable[[], bool]) -> int:
        name, settings = f"run#remind#{today.isoformat()}", self.storage.settings
        held = settings.report(name) or {}
        reminded, before = 0, int(held.get("reminded", 0))
        complete, after = bool(held.get(_COMPLETE, 0)), str(held.get(_CURSOR, "")) or None
        last = today + timedelta(days=self.legal.remind_before_end_days)
        while not complete and budget():
            page = self.storage.signals.ending(today, last, limit=PAGE, after=after)
            reminded += self._remind(page.items, today)
            complete, after = page.next is None, page.next
            report: dict[str, str | int] = {
                "reminded": before + reminded,
                _CURSOR: after or "",
                _COMPLETE: int(complete),
            }
            settings.put_report(name, report)
        return reminded

    def _remind(self, signal_ids: Iterable[str], today: date) -> int:
        signals = self.storage.signals.sealed(signal_ids).values()
        due = [self._of(signal) for signal in signals if self._is_due(signal, today)]
        return write_reminders(self.storage, due)

    def _is_due(self, signal: Signal, today: date) -> bool:
        """Whoever chose a shorter period than that knows; at 23 there is nothing to renew (D1)."""
        days = timedelta(days=self.legal.remind_before_end_days)
        chosen = signal.ends_on == signal.planned_end_date
        return (
            chosen and signal.is_active(today) and amsterdam_day(signal.created_at) <= signal.ends_on - days
        )

    def _of(self, signal: Signal) -> Notice:
        receiver = receiver_key(signal.organisation_id, signal.professional_id)
        return reminder(NoticeKind.END_NEAR, signal.id, receiver, signal.ends_on, self.clock.now())
