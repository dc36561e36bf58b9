"""Expiry, put together."""

from __future__ import annotations

from chalicelib.signals.expire import ExpireSignals
from chalicelib.wiring import base


def expire() -> ExpireSignals:
    """The run that ends signals past their last day."""
    return ExpireSignals(storage=base.storage(), names=base.names(), clock=base.clock())
