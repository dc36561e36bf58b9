"""Erasure, put together."""

from __future__ import annotations

from collections.abc import Callable

from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.erasing import FinishErasures
from chalicelib.wiring import base


def erase_signal() -> EraseSignal:
    """Erasing signals of this stage under its law."""
    return EraseSignal(
        storage=base.storage(), names=base.names(), clock=base.clock(), legal=base.settings().legal
    )


def finish_erasures(time_left: Callable[[], bool]) -> FinishErasures:
    """Removing what outlives the record of an erased signal; stops when time runs out."""
    return FinishErasures(storage=base.storage(), clock=base.clock(), time_left=time_left)
