"""How much work waits, and for how long: what the alarms look at each minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.ports.storage import Storage

MOST_COUNTED: Final = 1_000
TOO_LONG: Final = timedelta(minutes=15)
"""For somebody to wait for a notice that is due."""

_EVER: Final = timedelta(days=3_650)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits now; counts stop at a thousand.

    Attributes:
        failing: signals whose reconcile was tried in vain.
        oldest_seconds: since the longest waiting reconcile was asked for; 0 when none waits.
        receivers: who wait too long for a notice.
    """

    failing: int
    oldest_seconds: float
    receivers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtBacklog:
    """Reads the work items, also those that wait for their next attempt. Raises StorageBusy."""

    storage: Storage
    clock: Clock

    def __call__(self) -> Backlog:
        """What waits at this moment."""
        now = self.clock.now()
        pending = self.storage.work.pending_before(now + _EVER, limit=MOST_COUNTED)
        waits = [(now - work.since).total_seconds() for work in pending]
        return Backlog(
            failing=sum(bool(work.attempts) for work in pending),
            oldest_seconds=max(0.0, *waits) if waits else 0.0,
            receivers=len(self.storage.work.receivers_due_before(now - TOO_LONG, limit=MOST_COUNTED)),
        )
