"""A scheduled run over what has come to its day: page by page, once at a time, and restartable (D38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.expiry_report import ExpiryReport, ExpiryReports

PAGE: Final = 100
_LEASE_LASTS: Final = timedelta(minutes=16)
"""Longer than a function can run, so that two runs never count for the same report."""

List = Callable[[date, str | None], Page[str]]
"""The ids of signals whose day is before today, from a place on; the list may lag."""

Act = Callable[[str, date], str | None]
"""Does what is due of one signal; the name under which it counts, None when nothing was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyRun:
    """The run of a job; stopping anywhere and running again does no harm."""

    job: str
    storage: Storage
    names: Names
    clock: Clock

    def __call__(self, listed: List, act: Act, *, budget: Callable[[], bool]) -> ExpiryReport:
        """Act on all that is listed while ``budget`` says there is time, and report what this run did.

        The day's counts are stored as ``run#<job>#<day>``, with where to go on. A signal that fails is
        counted and does not stop the others. Does nothing while another run of the job is busy.
        """
        now, owner, lease = self.clock.now(), self.names.token(), f"job#{self.job}"
        if not self.storage.leases.acquire(lease, owner, now=now, until=now + _LEASE_LASTS):
            return ExpiryReport(complete=False)
        try:
            return self._run(amsterdam_day(now), listed, act, budget)
        finally:
            self.storage.leases.release(lease, owner)

    def _run(self, today: date, listed: List, act: Act, budget: Callable[[], bool]) -> ExpiryReport:
        reports = ExpiryReports(self.storage.settings, self.job, today)
        done = ExpiryReport(complete=False)
        after = reports.cursor()
        while budget():
            page = listed(today, after)
            part = _each(page.items, today, act, budget)
            after = page.next if part.complete else after
            reports.add(part, cursor=after)
            done = done.plus(part)
            if part.complete and page.next is None:
                return done.completed()
        return done


def _each(signal_ids: Iterable[str], today: date, act: Act, budget: Callable[[], bool]) -> ExpiryReport:
    part = ExpiryReport(complete=True)
    for signal_id in signal_ids:
        if not budget():
            return part.interrupted()
        part = part.plus(_one(signal_id, today, act))
    return part


def _one(signal_id: str, today: date, act: Act) -> ExpiryReport:
    try:
        done = act(signal_id, today)
    except Stale:
        return ExpiryReport(skipped=1)
    except Exception:  # noqa: BLE001 - whatever is wrong with one signal, the others are over too
        return ExpiryReport(failed=(signal_id,))
    return ExpiryReport(skipped=1) if done is None else ExpiryReport(ended={done: 1})
