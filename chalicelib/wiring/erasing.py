"""Erasure, put together."""

from __future__ import annotations

from chalicelib.signals.erase import EraseSignal
from chalicelib.wiring import base


def erase_signal() -> EraseSignal:
    """Erasing signals of this stage under its law."""
    return EraseSignal(
        storage=base.storage(), names=base.names(), clock=base.clock(), legal=base.settings().legal
    )
