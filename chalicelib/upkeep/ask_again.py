"""Asking for a reconcile of signals that did not change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.ports.storage import Storage
from chalicelib.upkeep.sweep import OLD_ENOUGH

_OF_NOTHING = 1
"""The revision asked for when there is no signal: any item that is there already is as late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """Puts pending items, old enough for the next sweep; harmless to repeat."""

    storage: Storage
    clock: Clock

    def __call__(self, signal_ids: Collection[str]) -> int:
        """Ask for each; answers how many. Raises StorageBusy."""
        found = self.storage.signals.sealed(signal_ids)
        since = self.clock.now() - 2 * OLD_ENOUGH
        for signal_id in signal_ids:
            signal = found.get(signal_id)
            revision = signal.revision if signal is not None else _OF_NOTHING
            self.storage.work.add_pending(signal_id, revision, since)
        return len(signal_ids)
