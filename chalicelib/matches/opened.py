"""Reading signals for what they say of their youth: one that is over need not open to hold nobody up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chalicelib.domain.signal import Signal
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import SignalStore


def opened(
    signals: SignalStore, wanted: Collection[str], today: date, *, subject: str | None = None
) -> dict[str, Signal]:
    """Those that exist, by id. One that does not open stays sealed when it is not active, nor ``subject``.

    Raises SealBroken for one that is evidence: nothing may be made or ended on half of it.
    """
    try:
        return signals.get_many(wanted)
    except SealBroken:
        return {name: held for one in wanted for name, held in _one(signals, one, today, subject).items()}


def _one(signals: SignalStore, wanted: str, today: date, subject: str | None) -> dict[str, Signal]:
    try:
        return signals.get_many([wanted])
    except SealBroken:
        found = signals.sealed([wanted])
        if any(one == subject or signal.is_active(today) for one, signal in found.items()):
            raise
        return found
