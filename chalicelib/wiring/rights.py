"""The rights of families, put together."""

from __future__ import annotations

from chalicelib.api.rights_cases import RightsCases
from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.rights.access_answer import AnswerAccess
from chalicelib.rights.advise import AdviseOnRequest
from chalicelib.rights.change import ChangeRequest
from chalicelib.rights.decide import DecideRequest
from chalicelib.rights.file import FileRequest
from chalicelib.rights.read import ReadRequests
from chalicelib.security.cursors import Cursors
from chalicelib.wiring import base
from chalicelib.wiring.carrying_out import carrying_out
from chalicelib.wiring.finding import find_signals


def rights_cases(pseudonyms: Pseudonyms, hasher: IndexHasher) -> RightsCases:
    """What the interface can do with requests of families of this stage."""
    storage, names, clock, legal = base.storage(), base.names(), base.clock(), base.settings().legal
    find = find_signals(hasher)
    carry_out = carrying_out(pseudonyms, hasher)
    return RightsCases(
        file=FileRequest(
            storage=storage,
            find=find,
            carry_out=carry_out,
            pseudonyms=pseudonyms,
            names=names,
            clock=clock,
            legal=legal,
        ),
        read=ReadRequests(storage=storage, cursors=Cursors(pseudonyms), names=names, clock=clock),
        change=ChangeRequest(storage=storage, carry_out=carry_out, names=names, clock=clock, legal=legal),
        decide=DecideRequest(
            storage=storage, find=find, carry_out=carry_out, names=names, clock=clock, legal=legal
        ),
        advise=AdviseOnRequest(storage=storage, names=names, clock=clock),
        answer=AnswerAccess(storage=storage, names=names, clock=clock, legal=legal),
        organisations=storage.organisations,
    )
