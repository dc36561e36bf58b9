"""The end of the archive: the scheduled run that lets signals go on their day there (D35, D38)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import IndexItself
from chalicelib.domain.erasure import ErasureGround
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.daily_run import PAGE, DailyRun
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.expiry_report import ExpiryReport

COUNTED: Final = "archive"
"""The name of the report's count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetGo:
    """Erases what is past its last day in the archive, page by page; harmless to repeat."""

    storage: Storage
    names: Names
    clock: Clock
    erase: EraseSignal

    def __call__(self, *, budget: Callable[[], bool]) -> ExpiryReport:
        """Let go of what is over while ``budget`` says there is time, and report what this run did.

        Each has a certificate of its own. Each is read again first, for the list may lag.
        """
        run = DailyRun(job="archive", storage=self.storage, names=self.names, clock=self.clock)
        return run(self._over, self._let_go, budget=budget)

    def _over(self, today: date, after: str | None) -> Page[str]:
        return self.storage.archive.over(today, limit=PAGE, after=after)

    def _let_go(self, signal_id: str, today: date) -> str | None:
        signal = self.storage.signals.sealed([signal_id]).get(signal_id)
        if signal is None or signal.archived is None or signal.is_archived(today):
            return None
        self.erase(signal_id, ErasureGround.RETENTION, IndexItself())
        return COUNTED
