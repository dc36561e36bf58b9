"""Expiry: the scheduled run that ends signals past their last day (D1, D7, D34, D38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day, latest_planned_end
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.signals.ending import expiry, is_of_age, is_overdue
from chalicelib.signals.expiry_report import ExpiryReport, ExpiryReports

PAGE: Final = 100
LEASE: Final = "job#expire"
_LEASE_LASTS: Final = timedelta(minutes=16)
"""Longer than a function can run, so that two runs never count for the same report."""


class Reason(StrEnum):
    """Which of the three limits ended a signal; the names are those of the report's counts."""

    PLANNED_END = "plannedEnd"
    TWO_YEARS = "twoYears"
    AGE = "age"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireSignals:
    """Ends what is over, page by page; stopping anywhere and running again does no harm."""

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, *, budget: Callable[[], bool]) -> ExpiryReport:
        """End overdue signals while ``budget`` says there is time, and report what this run did.

        The day's counts are stored as ``run#expire#<day>``, with where to go on. Each signal is read
        again before it is ended, for the list of the overdue may lag. One that fails is counted and
        does not stop the others. Does nothing while another run is busy.
        """
        now, owner = self.clock.now(), self.names.token()
        if not self.storage.leases.acquire(LEASE, owner, now=now, until=now + _LEASE_LASTS):
            return ExpiryReport(complete=False)
        try:
            return self._run(amsterdam_day(now), budget)
        finally:
            self.storage.leases.release(LEASE, owner)

    def _run(self, today: date, budget: Callable[[], bool]) -> ExpiryReport:
        reports = ExpiryReports(self.storage.settings, today)
        done = ExpiryReport(complete=False)
        after = reports.cursor()
        while budget():
            page = self.storage.signals.overdue(today, limit=PAGE, after=after)
            part = self._end_all(page.items, today, budget)
            after = page.next if part.complete else after
            reports.add(part, cursor=after)
            done = done.plus(part)
            if part.complete and page.next is None:
                return done.completed()
        return done

    def _end_all(self, signal_ids: Iterable[str], today: date, budget: Callable[[], bool]) -> ExpiryReport:
        part = ExpiryReport(complete=True)
        for signal_id in signal_ids:
            if not budget():
                return part.interrupted()
            part = part.plus(self._end(signal_id, today))
        return part

    def _end(self, signal_id: str, today: date) -> ExpiryReport:
        try:
            reason = self._expire(signal_id, today)
        except Stale:
            return ExpiryReport(skipped=1)
        except Exception:  # noqa: BLE001 - whatever is wrong with one signal, the others are over too
            return ExpiryReport(failed=(signal_id,))
        return ExpiryReport(skipped=1) if reason is None else ExpiryReport(ended={reason: 1})

    def _expire(self, signal_id: str, today: date) -> Reason | None:
        signal = self.storage.signals.get(signal_id)
        if signal is None or not is_overdue(signal, today):
            return None
        change = expiry(signal, today, self.legal, now=self.clock.now(), token=self.names.token())
        self.storage.signals.change(change)
        return reason_of(signal, today, self.legal)


def reason_of(signal: Signal, today: date, legal: LegalProfile) -> Reason:
    """Which limit ended an overdue signal; age before all, for then nothing stays (D35)."""
    if is_of_age(signal, today, legal):
        return Reason.AGE
    longest = latest_planned_end(amsterdam_day(signal.created_at), legal.longest_years)
    return Reason.TWO_YEARS if signal.ends_on == longest else Reason.PLANNED_END
