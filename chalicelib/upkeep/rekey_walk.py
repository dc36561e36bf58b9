"""The walk of a change of key set that writes: each signal gets other keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import Storage
from chalicelib.upkeep.progress import Progress, found_signals

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyReport:
    """What a walk did; counts and ids only.

    Attributes:
        signals: how many were seen, since the walk began.
        rewritten: how many of them got other keys.
        addresses: entries of the register that were written anew, or rows of it that went.
        failed: ids that could not be rewritten now.
        missed: how many could not since the walk began; then it has to be made again.
    """

    signals: int
    rewritten: int
    addresses: int
    failed: tuple[str, ...]
    missed: int


@dataclass(slots=True)
class RekeyWalk:
    """A walk over all that is found; it can stop anywhere, and goes on there with what it had counted."""

    storage: Storage
    name: str
    progress: Progress = field(init=False)
    failed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.progress = Progress.resumed(self.storage.settings, self.name)

    def over(self, keys_of: Callable[[Signal], frozenset[IndexKey]]) -> None:
        """Give each signal the keys that this says."""
        for signal in found_signals(self.storage, self.progress):
            self.progress.counts["signals"] += 1
            self.progress.counts["rewritten"] += self._rekeyed(signal, keys_of)

    def let_go(self, signal: Signal) -> None:
        """Take the keys by which a signal that is over was found; what fails is counted, as of the others."""
        try:
            self.storage.census.shed(signal)
        except (Stale, StorageBusy):
            self._miss(signal)

    def report(self, addresses: int) -> RekeyReport:
        """What was done, with so many addresses beside it."""
        counts = self.progress.counts
        return RekeyReport(
            signals=counts["signals"],
            rewritten=counts["rewritten"],
            addresses=addresses,
            failed=tuple(self.failed),
            missed=counts["missed"],
        )

    def _rekeyed(self, signal: Signal, keys_of: Callable[[Signal], frozenset[IndexKey]]) -> bool:
        """Whether it got other keys; who changes it meanwhile is read again."""
        current: Signal | None = signal
        for _ in range(ATTEMPTS):
            if current is None or (current.ended_at is not None and current.archived is None):
                return False
            try:
                keys = keys_of(current)
                if keys == current.found_by:
                    return False
                self.storage.census.rekey(current, keys)
            except Stale:
                current = self.storage.signals.sealed([signal.id]).get(signal.id)
                continue
            except (StorageBusy, SealBroken):
                break
            return True
        self._miss(signal)
        return False

    def _miss(self, signal: Signal) -> None:
        self.failed.append(signal.id)
        self.progress.counts["missed"] += 1
