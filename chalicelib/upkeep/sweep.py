"""The minute function: takes up the work that a stream lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from chalicelib.clock import Clock
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import PendingWork, Storage

OLD_ENOUGH = timedelta(minutes=2)
MOST_AT_ONCE = 200
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=6)

T = TypeVar("T")


def next_attempt(now: datetime, attempts: int) -> datetime:
    """When to try again after so many attempts in vain: 2 min, doubled each time, at most six hours."""
    return now + min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What one run took up; ``failed`` items stay for the next run."""

    reconciled: int
    delivered: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Reconciles signals and delivers to receivers whose work item is older than two minutes.

    A signal that cannot be reconciled holds up no other, whatever its error: the attempt is noted on
    its item, and the next one waits longer each time. ``failed`` hears of it, and ``undelivered`` of a
    receiver whose delivery raised.
    """

    storage: Storage
    clock: Clock
    reconcile: Callable[[str], object]
    deliver: Callable[[str], object]
    time_left: Callable[[], bool]
    failed: Callable[[str, Exception], None] = lambda _signal_id, _error: None
    undelivered: Callable[[str, Exception], None] = lambda _receiver, _error: None

    def __call__(self) -> SweepReport:
        """Take up what is old enough, oldest first, until done or out of time."""
        moment = self.clock.now() - OLD_ENOUGH
        pending = self.storage.work.pending_before(moment, limit=MOST_AT_ONCE)
        reconciled, failed = self._each(pending, self._take_up, self._put_off)
        receivers = self.storage.work.receivers_due_before(moment, limit=MOST_AT_ONCE)
        delivered, undelivered = self._each(receivers, self.deliver, self.undelivered)
        return SweepReport(reconciled=reconciled, delivered=delivered, failed=failed + undelivered)

    def _take_up(self, work: PendingWork) -> None:
        self.reconcile(work.signal_id)

    def _put_off(self, work: PendingWork, error: Exception) -> None:
        self.failed(work.signal_id, error)
        until = next_attempt(self.clock.now(), work.attempts + 1)
        try:
            self.storage.work.put_off(work, type(error).__name__, until)
        except StorageBusy:
            return  # it stays as it was, for the next run

    def _each(
        self, items: Iterable[T], act: Callable[[T], object], failed: Callable[[T, Exception], None]
    ) -> tuple[int, int]:
        done = failures = 0
        for item in items:
            if not self.time_left():
                break
            try:
                act(item)
            except Exception as error:  # noqa: BLE001 - whatever it is, the others must not wait for one
                failures += 1
                failed(item, error)
            else:
                done += 1
        return done, failures
