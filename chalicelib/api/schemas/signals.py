"""Signals as they are given and as their own organisation sees them (D3, D4, D7, D10)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.api.schemas.base import WITHOUT_CARD, Body, UtcMoment
from chalicelib.api.schemas.person import PartialBirthDateBody, YouthBody, birth_date_body, youth_of
from chalicelib.api.schemas.professionals import CardBody
from chalicelib.api.schemas.text import IsoDate, OneOf, Reference
from chalicelib.domain.organisation import Language, Professional
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, NotYetGround, Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.signals.request import GivenSignal, OwnSignal, OwnSignals, ProfessionalCard, SignalRequest


class ProfessionalBody(CardBody):
    """The professional's contact card; ``id`` is the organisation's own staff id."""

    id: Reference


class ProfessionalSeenBody(ProfessionalBody):
    """The professional's contact card as others see it."""

    language: OneOf[Language]


class InformedBody(Body):
    """Who was told of the signal, when and how (D30): no consent is asked for (D2)."""

    whom: Annotated[list[OneOf[InformedPerson]], Field(min_length=1, max_length=2)]
    on: Annotated[IsoDate, Field(description="Today or earlier.")]
    how: OneOf[InformedHow]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if len(set(self.whom)) < len(self.whom):
            raise PydanticCustomError("named_twice", "Name each once.")
        return self


class NotYetInformedBody(Body):
    """The lawful ground for not yet telling somebody; no other reason is kept (D3, D30)."""

    ground: OneOf[NotYetGround]


class SignalContentBody(Body):
    """What a signal says, and a change may change; there is no field for a reason or a note (D3)."""

    youth: YouthBody
    professional: ProfessionalBody
    planned_end_date: Annotated[IsoDate, Field(description="From today to two years from today (D7).")]
    informed: InformedBody | None = None
    not_yet_informed: NotYetInformedBody | None = None


class NewSignalBody(SignalContentBody):
    """A signal to give; there is no field for a reason, a note or any free text (D3)."""

    reference: Reference


class YouthSeenBody(Body):
    """What the organisation itself gave and recognises the youth by; never a BSN or an address (D4, D21)."""

    given_names: str | None
    initials: str | None
    surname_prefix: str | None
    surname: str | None
    birth_date: date | PartialBirthDateBody | None


class BareSignalBody(Body):
    """An own signal, without whom it is about and who holds it."""

    id: str
    signal_number: Annotated[str, Field(description="What people write down: S-7KQ4-M2XD.")]
    state: SignalState
    reference: str
    created_at: UtcMoment
    planned_end_date: date
    ended_at: UtcMoment | None
    inform_by: Annotated[
        date | None,
        Field(description="The last day on which the family has to be told; null when all have been (D30)."),
    ]
    earlier_signals: Annotated[
        bool | None, Field(description="Null until it is known (D36), and once it ended.")
    ]
    renews: Annotated[str | None, Field(description="The id of the signal whose place it took (D7).")]
    renewed_by: Annotated[str | None, Field(description="The id of the signal that took its place (D7).")]


class SignalBody(BareSignalBody):
    """An own signal, without whom it is about."""

    professional: ProfessionalSeenBody


class SignalWithoutCardBody(BareSignalBody):
    """An own signal whose holder has no contact card that can be shown."""

    professional_id: Annotated[
        str,
        Field(
            description="The organisation's own staff id: store that card again "
            "(`PUT /v1/professionals/{professionalId}`)."
        ),
    ]


class SignalInFullBody(SignalBody):
    """An own signal with whom it is about; ``youth`` is null once it ended (D36)."""

    youth: YouthSeenBody | None
    informed: InformedBody | None
    not_yet_informed: NotYetInformedBody | None


class SignalListBody(Body):
    """A page of own signals, newest first; the ``Link`` header leads to the next."""

    items: list[SignalBody]
    without_card: Annotated[list[SignalWithoutCardBody], Field(description=WITHOUT_CARD)]


class EmptyBody(Body):
    """An object without fields; the body may be left out as well."""


def signal_request(body: NewSignalBody) -> SignalRequest:
    """The use case's request."""
    return content_request(body, body.reference)


def content_request(body: SignalContentBody, reference: str) -> SignalRequest:
    """The request that gives this content under a reference."""
    return SignalRequest(
        reference=reference,
        youth=youth_of(body.youth),
        professional=ProfessionalCard(**dict(body.professional)),
        planned_end_date=body.planned_end_date,
        informed=informed_of(body.informed, body.not_yet_informed),
    )


def signal_body(own: OwnSignal | GivenSignal) -> SignalBody:
    """An own signal without whom it is about."""
    return SignalBody(
        **dict(_bare(own.signal, earlier=own.earlier)), professional=_professional_body(own.professional)
    )


def _bare(signal: Signal, *, earlier: bool | None) -> BareSignalBody:
    return BareSignalBody(
        id=signal.id,
        signal_number=signal.number,
        state=signal.state,
        reference=signal.reference,
        created_at=signal.created_at,
        planned_end_date=signal.planned_end_date,
        ended_at=signal.ended_at,
        inform_by=signal.inform_by,
        earlier_signals=earlier,
        renews=signal.renews,
        renewed_by=signal.renewed_by,
    )


def signal_in_full(own: OwnSignal) -> SignalInFullBody:
    """An own signal with whom it is about."""
    told, not_yet = informed_bodies(own.signal.informed)
    return SignalInFullBody(
        **dict(signal_body(own)),
        youth=_youth_seen(own.signal.youth),
        informed=told,
        not_yet_informed=not_yet,
    )


def signal_list(page: OwnSignals) -> SignalListBody:
    """A page of own signals."""
    return SignalListBody(
        items=[signal_body(item) for item in page.items],
        without_card=[
            SignalWithoutCardBody(
                **dict(_bare(one.signal, earlier=one.earlier)), professional_id=one.signal.professional_id
            )
            for one in page.without_card
        ],
    )


def informed_bodies(informed: Informed | None) -> tuple[InformedBody | None, NotYetInformedBody | None]:
    """What is recorded of informing, as it was given: who was told, and the ground for not yet."""
    if informed is None:
        return None, None
    told = None
    if informed.on is not None and informed.how is not None:
        told = InformedBody.model_construct(whom=sorted(informed.whom), on=informed.on, how=informed.how)
    ground = informed.not_yet
    return told, None if ground is None else NotYetInformedBody.model_construct(ground=ground)


def informed_of(told: InformedBody | None, not_yet: NotYetInformedBody | None) -> Informed | None:
    """What is recorded of informing; None when nothing was said of it."""
    ground = None if not_yet is None else not_yet.ground
    if told is not None:
        return Informed(whom=frozenset(told.whom), on=told.on, how=told.how, not_yet=ground)
    return None if ground is None else Informed(whom=frozenset(), on=None, how=None, not_yet=ground)


def _professional_body(professional: Professional) -> ProfessionalSeenBody:
    return ProfessionalSeenBody.model_construct(
        id=professional.id,
        name=professional.name,
        function=professional.function,
        site=professional.site,
        site_id=professional.site_id,
        email=professional.email,
        telephone=professional.telephone,
        language=professional.language,
    )


def _youth_seen(youth: Youth | None) -> YouthSeenBody | None:
    if youth is None:
        return None
    return YouthSeenBody(
        given_names=youth.given_names,
        initials=youth.initials,
        surname_prefix=youth.surname_prefix,
        surname=youth.surname,
        birth_date=birth_date_body(youth.birth_date),
    )
