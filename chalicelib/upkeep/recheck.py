"""A new look at an address on the day on which the register begins or ceases to hold it (D13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.matches.anew import holders_of, match_anew
from chalicelib.ports.storage import Storage

MOST_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckAddresses:
    """Takes up what was asked for a day that has come; stopping anywhere and running again does no harm."""

    storage: Storage
    clock: Clock

    def __call__(self, *, budget: Callable[[], bool]) -> int:
        """Ask for a new look at all who live there; answers how many signals that are."""
        now, signals = self.clock.now(), 0
        for recheck in self.storage.work.rechecks_until(amsterdam_day(now), limit=MOST_AT_ONCE):
            if not budget():
                break
            signals += match_anew(self.storage, holders_of(self.storage, [recheck.key]), now)
            self.storage.work.recheck_done(recheck)
        return signals
