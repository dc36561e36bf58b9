"""The minute function: takes up the work that a stream lost (architecture.md, 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.clock import Clock
from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.ports.errors import StorageError
from chalicelib.ports.storage import Storage

OLD_ENOUGH = timedelta(minutes=2)
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepReport:
    """What one run took up; ``failed`` items stay for the next run."""

    reconciled: int
    delivered: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Reconciles signals and delivers to receivers whose work item is older than two minutes."""

    storage: Storage
    clock: Clock
    reconcile: Callable[[str], object]
    deliver: Callable[[str], object]
    time_left: Callable[[], bool]

    def __call__(self) -> SweepReport:
        """Take up what is old enough, oldest first, until done or out of time."""
        moment = self.clock.now() - OLD_ENOUGH
        signals = [work.signal_id for work in self.storage.work.pending_before(moment, limit=MOST_AT_ONCE)]
        reconciled, failed = self._each(signals, self.reconcile)
        receivers = self.storage.work.receivers_due_before(moment, limit=MOST_AT_ONCE)
        delivered, undelivered = self._each(receivers, self.deliver)
        return SweepReport(reconciled=reconciled, delivered=delivered, failed=failed + undelivered)

    def _each(self, names: Iterable[str], act: Callable[[str], object]) -> tuple[int, int]:
        done = failed = 0
        for name in names:
            if not self.time_left():
                break
            try:
                act(name)
            except (StorageError, ClosureTooLarge):
                failed += 1  # its work item stays, and others must not wait for it
            else:
                done += 1
        return done, failed
