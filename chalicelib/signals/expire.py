"""Expiry: the scheduled run that ends signals past their last day (D1, D7, D34, D38)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day, latest_planned_end
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.daily_run import PAGE, DailyRun
from chalicelib.signals.ending import is_of_age, is_overdue
from chalicelib.signals.expiring import ExpireOne
from chalicelib.signals.expiry_report import ExpiryReport


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
    archiving: Archiving

    def __call__(self, *, budget: Callable[[], bool]) -> ExpiryReport:
        """End overdue signals while ``budget`` says there is time, and report what this run did.

        Each signal is read again before it is ended, for the list of the overdue may lag.
        """
        run = DailyRun(job="expire", storage=self.storage, names=self.names, clock=self.clock)
        return run(self._overdue, self._expire, budget=budget)

    @property
    def _end(self) -> ExpireOne:
        return ExpireOne(storage=self.storage, names=self.names, clock=self.clock, archiving=self.archiving)

    def _overdue(self, today: date, after: str | None) -> Page[str]:
        return self.storage.signals.overdue(today, limit=PAGE, after=after)

    def _expire(self, signal_id: str, today: date) -> Reason | None:
        signal = self.storage.signals.get(signal_id)
        if signal is None or not is_overdue(signal, today):
            return None
        self._end(signal, today)
        return reason_of(signal, today, self.archiving.legal)


def reason_of(signal: Signal, today: date, legal: LegalProfile) -> Reason:
    """Which limit ended an overdue signal; age before all, for then nothing stays (D35)."""
    if is_of_age(signal, today, legal):
        return Reason.AGE
    longest = latest_planned_end(amsterdam_day(signal.created_at), legal.longest_years)
    return Reason.TWO_YEARS if signal.ends_on == longest else Reason.PLANNED_END
