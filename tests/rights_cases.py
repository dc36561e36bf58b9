"""The use cases of requests of families over a region in memory."""

from __future__ import annotations

from chalicelib.api.rights_cases import RightsCases
from chalicelib.clock import Clock
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.matching import MatchingProfile, default_model
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher, Names
from chalicelib.rights.access_answer import AnswerAccess
from chalicelib.rights.advise import AdviseOnRequest
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.change import ChangeRequest
from chalicelib.rights.decide import DecideRequest
from chalicelib.rights.file import FileRequest
from chalicelib.rights.find import FindSignals
from chalicelib.rights.measures import TakeMeasures
from chalicelib.rights.read import ReadRequests
from chalicelib.security.cursors import Cursors
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.erase import EraseSignal
from tests.fakes import FakeHasher, FakePseudonyms


def memory_rights(
    storage: Storage,
    clock: Clock,
    names: Names,
    hasher: IndexHasher | None = None,
    *,
    profile: MatchingProfile | None = None,
    legal: LegalProfile = DUTCH_DEFAULT,
) -> RightsCases:
    """What can be done with requests over a storage, mostly one in memory."""
    pseudonyms, hashes = FakePseudonyms(), hasher or FakeHasher()
    find = memory_finder(storage, clock, hashes, profile)
    measures = TakeMeasures(
        storage=storage,
        hasher=hashes,
        pseudonyms=pseudonyms,
        names=names,
        clock=clock,
        legal=legal,
        archiving=Archiving(settings=storage.settings, hasher=hashes, legal=legal),
    )
    erase = EraseSignal(storage=storage, names=names, clock=clock, legal=legal)
    carry_out = CarryOut(storage=storage, measures=measures, erase=erase, clock=clock, legal=legal)
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


def memory_finder(
    storage: Storage, clock: Clock, hasher: IndexHasher, profile: MatchingProfile | None = None
) -> FindSignals:
    """Finds the signals of a request in memory."""
    return FindSignals(
        storage=storage,
        hasher=hasher,
        clock=clock,
        model=default_model(),
        profile=profile or MatchingProfile(),
    )
