"""Erasing again what a restore brought back (D38): the ledger outlives the tables it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.audit import IndexItself
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.storage import Storage
from chalicelib.signals.erase import EraseSignal

AT_ONCE: Final = 100
_LEFT_NOTHING: Final = frozenset({SignalState.ERASED, SignalState.RETRACTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReapplyReport:
    """How many lines of the ledger were looked at, and which signals had come back."""

    lines: int
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReapplyErasures:
    """Erases every signal of the ledger that holds anything again; safe to repeat, and to stop anywhere."""

    storage: Storage
    erase: EraseSignal

    def __call__(self, ledger: Iterable[str]) -> ReapplyReport:
        """``ledger`` are ids of signals that were erased or retracted before. Raises StorageBusy."""
        ids = sorted(set(ledger))
        back = [
            one for start in range(0, len(ids), AT_ONCE) for one in self._back(ids[start : start + AT_ONCE])
        ]
        for signal_id in back:
            self.erase(signal_id, ErasureGround.RESTORED, IndexItself())
        return ReapplyReport(lines=len(ids), erased=tuple(back))

    def _back(self, signal_ids: list[str]) -> list[str]:
        held = self.storage.signals.sealed(signal_ids)
        return [one for one in signal_ids if one in held and _is_left(held[one])]


def _is_left(signal: Signal) -> bool:
    """Whether anything is: a signal retracted before this index took its reference away keeps that."""
    return signal.state not in _LEFT_NOTHING or bool(signal.reference)
