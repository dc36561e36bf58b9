"""A handler's office: a region in memory, a youth with two signals, and what can be done with a request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.organisation import OrganisationKind, Scope
from chalicelib.domain.rights import (
    Ground,
    IdentityCheck,
    Requester,
    RequesterRole,
    RequestKind,
    RightsRequest,
    Ruling,
)
from chalicelib.domain.signal import Signal
from chalicelib.rights.file import NewRequest
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from tests.builders import TODAY, WrittenOut, make_organisation, make_signal, make_youth
from tests.rights_cases import memory_finder, memory_rights
from tests.unit.matches.world import World

ADMINISTRATION = make_organisation(
    "region", kind=OrganisationKind.ADMINISTRATION, scopes=frozenset({Scope.RIGHTS_HANDLE})
)
HANDLER = Caller(organisation=ADMINISTRATION, scopes=ADMINISTRATION.scopes, professional_id="handler-1")
SCHOOL = make_signal("lo-1", "school")
NURSE = make_signal("lo-2", "ggd")


def caller_of(organisation: str) -> Caller:
    """Somebody of a reporting organisation."""
    held = make_organisation(organisation)
    return Caller(organisation=held, scopes=held.scopes, professional_id="p1")


def make_new(kind: RequestKind = RequestKind.ERASURE, **changes: Any) -> NewRequest:
    """A request by the youth of :func:`make_youth`, who is twelve, received today."""
    new = NewRequest(
        kind=kind,
        received_on=TODAY,
        requester=Requester(
            role=RequesterRole.YOUTH, checked_on=TODAY, checked_how=IdentityCheck.IDENTITY_DOCUMENT
        ),
        youth=make_youth(),
        signal_ids=None,
        hides=False,
    )
    return replace(new, **changes)


def granted(*measures: GivenMeasure) -> GivenDecision:
    """A decision that grants all that was asked."""
    return GivenDecision(ruling=Ruling.GRANTED, ground=None, measures=measures)


def refused(ground: Ground = Ground.SIGNAL_JUSTIFIED) -> GivenDecision:
    """A decision that grants nothing."""
    return GivenDecision(ruling=Ruling.REFUSED, ground=ground, measures=())


class Office:
    """The use cases over a region in which two organisations gave a signal about one youth."""

    def __init__(self, *signals: Signal) -> None:
        self.world = World()
        self.state = self.world.storage.state
        for organisation in ("school", "ggd"):
            self.state.organisations[organisation] = make_organisation(organisation)
        self.state.organisations["region"] = ADMINISTRATION
        self.world.arrive(*(signals or (SCHOOL, NURSE)))
        storage, clock, hasher = self.world.storage, self.world.clock, WrittenOut()
        cases = memory_rights(storage, clock, self.world.names, hasher)
        self.find = memory_finder(storage, clock, hasher)
        self.file, self.read, self.change = cases.file, cases.read, cases.change
        self.decide, self.advise, self.carry_out = cases.decide, cases.advise, cases.file.carry_out
        self.answer = cases.answer

    def filed(self, kind: RequestKind = RequestKind.ERASURE, **changes: Any) -> RightsRequest:
        """A request that was filed, and everything that followed reconciled."""
        request = self.file(HANDLER, make_new(kind, **changes))
        self.world.work()
        return request

    def decided(self, request: RightsRequest, given: GivenDecision) -> RightsRequest:
        """The request, decided, and everything that followed reconciled."""
        over = self.decide(HANDLER, request.id, given, None)
        self.world.work()
        return over

    def signal(self, signal_id: str) -> Signal:
        """A signal as it is stored."""
        return self.state.signals[signal_id]

    def request(self, request_id: str) -> RightsRequest:
        """A request as it is stored."""
        return self.state.requests[request_id]

    def acts(self, organisation: str = "region") -> list[Act]:
        """What an organisation did, in order."""
        entries = sorted(
            (entry for (whose, _), entry in self.state.audit.items() if whose == organisation),
            key=lambda entry: entry.id,
        )
        return [entry.act for entry in entries]
