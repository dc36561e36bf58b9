"""Requests of families as they are filed, decided and shown: ids, codes and days (D31 to D33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from chalicelib.api.corrections import YouthPatch
from chalicelib.api.queries import SIGNAL_ID
from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.api.schemas.person import YouthBody, youth_of
from chalicelib.api.schemas.text import IsoDate, OneOf
from chalicelib.domain.rights import (
    Advice,
    Concerned,
    GivenAdvice,
    Ground,
    IdentityCheck,
    Measure,
    Requester,
    RequesterRole,
    RequestKind,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.rights.advise import AskedAdvice
from chalicelib.rights.file import NewRequest
from chalicelib.rights.rulings import GivenDecision, GivenMeasure

MOST_SIGNALS = 100
_Id = Annotated[str, StringConstraints(pattern=f"^{SIGNAL_ID.pattern}$"), Field(description="A signal's id.")]


class IdentityCheckedBody(Body):
    """When and how it was made sure that the requester is who they say."""

    on: Annotated[IsoDate, Field(description="Today or earlier.")]
    how: OneOf[IdentityCheck]


class RequesterBody(Body):
    """Who asks: the youth from 12, the legal representative until 16 (D31); no name is kept."""

    role: OneOf[RequesterRole]
    identity_checked: IdentityCheckedBody


class NewRequestBody(Body):
    """A request to file. Who the youth is serves to find the signals, and goes when it is done."""

    kind: OneOf[RequestKind]
    received_on: Annotated[IsoDate, Field(description="The day from which the four weeks run.")]
    requester: RequesterBody
    youth: YouthBody
    signals: Annotated[
        list[_Id] | None,
        Field(min_length=1, max_length=MOST_SIGNALS, description="Those that are meant; null for all."),
    ] = None
    restrict: Annotated[
        bool, Field(description="Hide the signals from matching while it is decided (D33).")
    ] = False


class ConcernsBody(Body):
    """Whether a signal is about the youth of the request."""

    concerns: bool


class SignalMeasureBody(Body):
    """What is done about one signal; `youth` goes with CORRECTED alone, a merge patch of what it says."""

    signal_id: _Id
    measure: OneOf[Measure]
    youth: dict[str, Any] | None = None


class DecisionBody(Body):
    """A decision; what is not granted, wholly or partly, is refused on a ground (D33)."""

    ruling: OneOf[Ruling]
    ground: OneOf[Ground] | None = None
    measures: Annotated[list[SignalMeasureBody], Field(max_length=MOST_SIGNALS)] = Field(default_factory=list)


class SignalAdviceBody(Body):
    """An advice on one own signal; REFUSE with a ground."""

    signal_id: _Id
    advice: OneOf[Advice]
    ground: OneOf[Ground] | None = None


class GivenAdviceBody(Body):
    """Advice on own signals."""

    signals: Annotated[list[SignalAdviceBody], Field(min_length=1, max_length=MOST_SIGNALS)]


class SeenAdviceBody(Body):
    """An advice that was given, and when."""

    advice: Advice
    ground: Ground | None
    given_at: UtcMoment


class RequestOrganisationBody(Body):
    """An organisation, by the name it has now (D9)."""

    id: str
    name: str | None


class RequestEvidenceBody(Body):
    """How well a doubtful signal agrees with the request in one field: never a value (D22)."""

    field: str
    level: str


class RequestSignalBody(Body):
    """A signal that the request concerns, or may concern."""

    signal_id: str
    organisation: RequestOrganisationBody
    concerns: Annotated[
        bool | None, Field(description="Null for a doubtful one of which nobody has said it yet.")
    ]
    evidence: list[RequestEvidenceBody]
    asked_at: Annotated[UtcMoment | None, Field(description="When its professional was asked for advice.")]
    advice: SeenAdviceBody | None
    hidden: Annotated[bool, Field(description="Whether the request hides it from matching now (D33).")]
    measure: Measure | None
    carried_out: bool


class SeenDecisionBody(Body):
    """What was decided, and when."""

    ruling: Ruling
    ground: Ground | None
    decided_at: UtcMoment


class RequestBody(Body):
    """A request of a family, for who handles it; nothing in it says who the youth is."""

    id: str
    kind: RequestKind
    state: Annotated[
        RequestState, Field(description="DECIDED: still being carried out, or a restriction that lasts.")
    ]
    received_on: date
    due_on: Annotated[date, Field(description="The last day on which it is answered in time (D31).")]
    created_at: UtcMoment
    requester: RequesterBody
    restrict: bool
    signals: list[RequestSignalBody]
    decision: SeenDecisionBody | None
    done_at: UtcMoment | None


class RequestListBody(Body):
    """A page of requests, first due first; the ``Link`` header leads to the next."""

    items: list[RequestBody]


class AskedSignalBody(Body):
    """An own signal, and the advice that was given on it."""

    signal_id: str
    advice: SeenAdviceBody | None


class AskedAdviceBody(Body):
    """A request on which advice is asked; of other signals nothing is told."""

    request_id: str
    kind: RequestKind
    received_on: date
    due_on: date
    open: Annotated[bool, Field(description="Whether advice is still taken.")]
    signals: list[AskedSignalBody]


def new_request(body: NewRequestBody) -> NewRequest:
    """The use case's request."""
    check = body.requester.identity_checked
    return NewRequest(
        kind=body.kind,
        received_on=body.received_on,
        requester=Requester(role=body.requester.role, checked_on=check.on, checked_how=check.how),
        youth=youth_of(body.youth),
        signal_ids=tuple(body.signals) if body.signals is not None else None,
        hides=body.restrict,
    )


def decision_of(body: DecisionBody) -> GivenDecision:
    """The use case's decision."""
    measures = (_measure(one, f"/measures/{at}/youth") for at, one in enumerate(body.measures))
    return GivenDecision(ruling=body.ruling, ground=body.ground, measures=tuple(measures))


def _measure(body: SignalMeasureBody, place: str) -> GivenMeasure:
    edit = YouthPatch(body.youth, place) if body.youth is not None else None
    return GivenMeasure(signal_id=body.signal_id, measure=body.measure, edit=edit)


def request_body(request: RightsRequest, names: Mapping[str, str]) -> RequestBody:
    """One request, with the names that organisations have now."""
    asks, decision = request.requester, request.decision
    return RequestBody(
        id=request.id,
        kind=request.kind,
        state=request.state,
        received_on=request.received_on,
        due_on=request.due_on,
        created_at=request.created_at,
        requester=RequesterBody(
            role=asks.role,
            identity_checked=IdentityCheckedBody.model_construct(on=asks.checked_on, how=asks.checked_how),
        ),
        restrict=request.hides,
        signals=[_signal(one, names) for one in request.concerned],
        decision=SeenDecisionBody(ruling=decision.ruling, ground=decision.ground, decided_at=decision.at)
        if decision is not None
        else None,
        done_at=request.done_at,
    )


def request_list(requests: Iterable[RightsRequest], names: Mapping[str, str]) -> RequestListBody:
    """A page of requests."""
    return RequestListBody(items=[request_body(request, names) for request in requests])


def asked_advice(asked: AskedAdvice) -> AskedAdviceBody:
    """What an organisation is asked."""
    return AskedAdviceBody(
        request_id=asked.request_id,
        kind=asked.kind,
        received_on=asked.received_on,
        due_on=asked.due_on,
        open=asked.is_open,
        signals=[AskedSignalBody(signal_id=one, advice=_advice(given)) for one, given in asked.signals],
    )


def _signal(one: Concerned, names: Mapping[str, str]) -> RequestSignalBody:
    return RequestSignalBody(
        signal_id=one.signal_id,
        organisation=RequestOrganisationBody(id=one.organisation_id, name=names.get(one.organisation_id)),
        concerns=one.concerns,
        evidence=[RequestEvidenceBody(field=field, level=level) for field, level in one.evidence],
        asked_at=one.asked_at,
        advice=_advice(one.advice),
        hidden=one.hidden,
        measure=one.measure,
        carried_out=one.carried_out,
    )


def _advice(given: GivenAdvice | None) -> SeenAdviceBody | None:
    if given is None:
        return None
    return SeenAdviceBody(advice=given.advice, ground=given.ground, given_at=given.at)
