"""Expiry, put together."""

from __future__ import annotations

from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.remind import RemindOfEnds
from chalicelib.signals.remind_informing import RemindOfInforming
from chalicelib.upkeep.recheck import RecheckAddresses
from chalicelib.wiring import base


def expire() -> ExpireSignals:
    """The run that ends signals past their last day."""
    return ExpireSignals(
        storage=base.storage(), names=base.names(), clock=base.clock(), legal=base.settings().legal
    )


def remind() -> RemindOfEnds:
    """The run that tells professionals that a signal of theirs ends soon."""
    return RemindOfEnds(
        storage=base.storage(), names=base.names(), clock=base.clock(), legal=base.settings().legal
    )


def remind_of_informing() -> RemindOfInforming:
    """The run that tells professionals that a family still has to be told of a signal of theirs."""
    return RemindOfInforming(
        storage=base.storage(), names=base.names(), clock=base.clock(), legal=base.settings().legal
    )


def recheck() -> RecheckAddresses:
    """The run that looks anew at addresses whose day in the register has come."""
    return RecheckAddresses(storage=base.storage(), clock=base.clock())
