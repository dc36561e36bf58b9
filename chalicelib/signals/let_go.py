"""The end of the archive: the scheduled run that lets signals go on their day there (D35, D38)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, IndexItself
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.daily_run import PAGE, DailyRun
from chalicelib.signals.ending import forgotten
from chalicelib.signals.expiry_report import ExpiryReport

COUNTED: Final = "archive"
"""The name of the report's count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """Takes from the archive what is past its last day, page by page; harmless to repeat."""

    storage: Storage
    names: Names
    clock: Clock

    def __call__(self, *, budget: Callable[[], bool]) -> ExpiryReport:
        """Let go of what is over while ``budget`` says there is time, and report what this run did.

        No person record is opened. Each signal is read again first, for the list may lag.
        """
        run = DailyRun(job="archive", storage=self.storage, names=self.names, clock=self.clock)
        return run(self._over, self._let_go, budget=budget)

    def _over(self, today: date, after: str | None) -> Page[str]:
        return self.storage.archive.over(today, limit=PAGE, after=after)

    def _let_go(self, signal_id: str, today: date) -> str | None:
        signal = self.storage.signals.sealed([signal_id]).get(signal_id)
        if signal is None or signal.archived is None or signal.is_archived(today):
            return None
        audit = IndexItself().entry(
            Act.SIGNAL_LEFT_ARCHIVE,
            signal_id,
            at=self.clock.now(),
            token=self.names.token(),
            youth=signal.pseudonym,
        )
        gone = replace(forgotten(signal), revision=signal.revision + 1)
        self.storage.archive.let_go(signal, gone, audit)
        return COUNTED
