"""Signals whose reconcile keeps failing: who they are, trying them again, and giving them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from chalicelib.clock import Clock
from chalicelib.domain.audit import SYSTEM, Act, AuditEntry
from chalicelib.ports.storage import PendingWork, Storage
from chalicelib.ports.world import Names
from chalicelib.upkeep.ask_again import AskAgain

MOST_LISTED = 1_000
_EVER = timedelta(days=3_650)


class DiscardReason(StrEnum):
    """Why a reconcile is given up; words from this list only, for the trail holds no free text."""

    SETTLED_BY_HAND = "SETTLED_BY_HAND"
    RECORD_LOST = "RECORD_LOST"
    NOT_A_REAL_SIGNAL = "NOT_A_REAL_SIGNAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """What operators do about reconciles that failed; all from signal ids, however long ago."""

    storage: Storage
    names: Names
    clock: Clock

    def all(self) -> tuple[PendingWork, ...]:
        """Pending items that the sweep tried in vain, those that wait longest first."""
        tried = (work for work in self._pending() if work.attempts)
        return tuple(sorted(tried, key=lambda one: (one.since, one.signal_id)))

    def untried(self) -> int:
        """How many are pending that no sweep took up: on their way, or just given up by the stream."""
        return sum(not work.attempts for work in self._pending())

    def _pending(self) -> tuple[PendingWork, ...]:
        return self.storage.work.pending_before(self.clock.now() + _EVER, limit=MOST_LISTED)

    def redrive(self, signal_ids: Iterable[str], *, operator: str) -> int:
        """Ask for a reconcile of each, to be taken up by the next sweep, with nothing held against it.

        A signal need not be in the list, nor exist any more: one that is gone is reconciled from its
        stored matches. Answers how many were asked for.
        """
        ask = AskAgain(storage=self.storage, clock=self.clock)
        count = 0
        for signal_id in signal_ids:
            self._write_down(Act.WORK_REDRIVEN, signal_id, operator)
            count += ask((signal_id,))
        return count

    def discard(self, signal_id: str, reason: DiscardReason, *, operator: str) -> bool:
        """Give up a reconcile; False when none was pending. Its matches stay as they are."""
        work = self.storage.work.pending(signal_id)
        if work is None:
            return False
        self._write_down(Act.WORK_DISCARDED, f"{signal_id}#{reason}", operator)
        self.storage.work.done(work)
        return True

    def _write_down(self, act: Act, resource: str, operator: str) -> None:
        self.storage.audit.append(
            AuditEntry.of(
                act,
                resource,
                organisation_id=SYSTEM,
                professional_id=operator,
                at=self.clock.now(),
                token=self.names.token(),
            )
        )
