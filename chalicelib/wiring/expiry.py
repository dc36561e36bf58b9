"""Expiry, put together."""

from __future__ import annotations

from chalicelib.security.hashing import index_hasher
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.let_go import LetGo
from chalicelib.signals.remind import RemindOfEnds
from chalicelib.signals.remind_informing import RemindOfInforming
from chalicelib.upkeep.recheck import RecheckAddresses
from chalicelib.wiring import base


def expire() -> ExpireSignals:
    """The run that ends signals past their last day."""
    return ExpireSignals(
        storage=base.storage(), names=base.names(), clock=base.clock(), archiving=archiving()
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


def archiving() -> Archiving:
    """What this stage's archive keeps."""
    settings = base.settings()
    return Archiving(
        settings=base.storage().settings,
        hasher=index_hasher(settings.index_secret, base.clock()),
        legal=settings.legal,
    )


def let_go() -> LetGo:
    """The run that lets signals go from the archive."""
    storage, names, clock = base.storage(), base.names(), base.clock()
    erase = EraseSignal(storage=storage, names=names, clock=clock, legal=base.settings().legal)
    return LetGo(storage=storage, names=names, clock=clock, erase=erase)


def recheck() -> RecheckAddresses:
    """The run that looks anew at addresses whose day in the register has come."""
    return RecheckAddresses(storage=base.storage(), clock=base.clock())
