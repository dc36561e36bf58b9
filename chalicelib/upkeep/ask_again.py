"""Asking for a reconcile of signals that did not change: some, those of a day, or all of a region."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.ports.storage import Storage
from chalicelib.upkeep.progress import Progress, running_signals
from chalicelib.upkeep.sweep import OLD_ENOUGH

REPORT: Final = "run#reconcile"
"""Before the day, or ``all``, in the names of the stored reports."""

_OF_NOTHING = 1
"""The revision asked for when there is no signal: any item that is there already is as late."""
_ASKED = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """Puts pending items, old enough for the next sweep; harmless to repeat."""

    storage: Storage
    clock: Clock

    def __call__(self, signal_ids: Collection[str]) -> int:
        """Ask for each, whether it exists or not; answers how many. Raises StorageBusy."""
        found = self.storage.signals.sealed(signal_ids)
        for signal_id in signal_ids:
            signal = found.get(signal_id)
            self._put(signal_id, signal.revision if signal is not None else _OF_NOTHING)
        return len(signal_ids)

    def region(self, day: date | None, *, from_start: bool = False) -> int:
        """Ask for every signal that has not ended, given on a day or ever; answers how many by now.

        Page by page, from where an earlier walk was interrupted. Raises StorageBusy; what was asked
        for by then stays asked for. Matches of ended signals are settled from their other side.
        """
        settings, name = self.storage.settings, _report_of(day)
        progress = Progress(settings, name) if from_start else Progress.resumed(settings, name)
        for signal in running_signals(self.storage, progress):
            if day in {None, amsterdam_day(signal.created_at)}:
                self._put(signal.id, signal.revision)
                progress.counts[_ASKED] += 1
        return progress.counts[_ASKED]

    def goes_on(self, day: date | None) -> bool:
        """Whether an earlier walk of this kind was interrupted, so that one from now on goes on there."""
        return Progress.resumed(self.storage.settings, _report_of(day)).cursor is not None

    def _put(self, signal_id: str, revision: int) -> None:
        self.storage.work.add_pending(signal_id, revision, self.clock.now() - 2 * OLD_ENOUGH)


def _report_of(day: date | None) -> str:
    return f"{REPORT}#{day.isoformat() if day else 'all'}"
