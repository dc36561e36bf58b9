"""What requests of families still want, put together; for the interface and for the hourly run."""

from __future__ import annotations

from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.measures import TakeMeasures
from chalicelib.rights.run import WorkOffAgenda
from chalicelib.security.hashing import index_hasher, pseudonyms
from chalicelib.signals.archiving import Archiving
from chalicelib.wiring import base
from chalicelib.wiring.erasing import erase_signal


def carrying_out(hashed: Pseudonyms, hasher: IndexHasher) -> CarryOut:
    """Doing what requests still want."""
    storage, names, clock, legal = base.storage(), base.names(), base.clock(), base.settings().legal
    measures = TakeMeasures(
        storage=storage,
        hasher=hasher,
        pseudonyms=hashed,
        names=names,
        clock=clock,
        legal=legal,
        archiving=Archiving(settings=storage.settings, hasher=hasher, legal=legal),
    )
    return CarryOut(storage=storage, measures=measures, erase=erase_signal(), clock=clock, legal=legal)


def work_off_agenda() -> WorkOffAgenda:
    """The run that works off what is due for requests."""
    settings, clock = base.settings(), base.clock()
    carry_out = carrying_out(
        pseudonyms(settings.pseudonym_secret, clock), index_hasher(settings.index_secret, clock)
    )
    return WorkOffAgenda(
        storage=base.storage(), carry_out=carry_out, names=base.names(), clock=clock, legal=settings.legal
    )
