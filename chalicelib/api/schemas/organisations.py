"""Organisations as they are registered, changed and shown (D4, D6, D9, D17, D19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.organisation_text import (
    Agb,
    AwsAccount,
    Brin,
    EmailDomain,
    Kvk,
    Oin,
    OrganisationId,
    OrganisationName,
)
from chalicelib.api.schemas.text import Email, MunicipalityCode, OneOf, Telephone
from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    RegisterNumbers,
    Scope,
)
from chalicelib.organisations.edit import Terms
from chalicelib.organisations.registration import Registration
from chalicelib.organisations.registration_rules import LOWEST_LIMIT

_HIGHEST_LIMIT = 1_000_000
"""Requests a minute that nobody needs, and every reader of JSON keeps exactly."""


class ContactPointBody(Body):
    """Shown instead of an organisation whose very name says something (D19)."""

    name: OrganisationName
    email: Email
    telephone: Telephone | None = None


class OrganisationTermsBody(Body):
    """On which terms an organisation takes part."""

    name: OrganisationName
    domains: Annotated[
        list[OneOf[Domain]],
        Field(max_length=7, description="Of work, the main one first (D6)."),
    ] = Field(default_factory=list)
    may_use_bsn: Annotated[
        bool, Field(description="Then a BSN is required in its signals, else refused (D4).")
    ] = False
    email_domains: Annotated[
        list[EmailDomain],
        Field(min_length=1, max_length=50, description="Where its professionals get mail."),
    ]
    scopes: Annotated[
        list[OneOf[Scope]] | None,
        Field(max_length=20, description="What its tokens may do; left out: what its kind needs."),
    ] = None
    oin: Oin | None = None
    kvk: Kvk | None = None
    brin: Brin | None = None
    agb: Agb | None = None
    contact_point: Annotated[
        ContactPointBody | None, Field(description="Others see this instead of its name and cards (D19).")
    ] = None
    municipalities: Annotated[
        list[MunicipalityCode],
        Field(max_length=400, description="That a supervisor watches over (D17)."),
    ] = Field(default_factory=list)
    aws_account: Annotated[
        AwsAccount | None, Field(description="May subscribe to the organisation's events, and no other may.")
    ] = None
    administrator: Annotated[
        Email | None, Field(description="Of who keeps its cards current, and hears of mail that fails (D28).")
    ] = None
    language: Annotated[
        OneOf[Language], Field(description="Of mails to professionals whose card names none.")
    ] = Language.DUTCH
    requests_per_minute: Annotated[
        int | None,
        Field(
            ge=LOWEST_LIMIT,
            le=_HIGHEST_LIMIT,
            description="Each signal of a batch is one; left out: as many as the stage allows each.",
        ),
    ] = None


class NewOrganisationBody(OrganisationTermsBody):
    """An organisation to register."""

    id: Annotated[
        OrganisationId | None, Field(description="Also its client id; made when it is left out.")
    ] = None
    kind: Annotated[
        OneOf[OrganisationKind], Field(description="REPORTING gives signals, SUPERVISION watches over.")
    ] = OrganisationKind.REPORTING


class ChangedOrganisationBody(OrganisationTermsBody):
    """An organisation with a change merged into it."""

    state: Annotated[
        OneOf[OrganisationState], Field(description="SUSPENDED shuts it out from its next request on.")
    ]


class ContactPointSeenBody(Body):
    """A contact point as it is shown."""

    name: str
    email: str
    telephone: str | None


class OrganisationBody(Body):
    """An organisation as it is stored."""

    id: str
    name: str
    kind: OrganisationKind
    state: OrganisationState
    domains: list[Domain]
    may_use_bsn: bool
    email_domains: list[str]
    scopes: list[Scope]
    oin: str | None
    kvk: str | None
    brin: str | None
    agb: str | None
    contact_point: ContactPointSeenBody | None
    municipalities: list[str]
    aws_account: str | None
    topic_arn: Annotated[str | None, Field(description="Of the topic with its events, for it alone.")]
    administrator: str | None
    language: Language
    requests_per_minute: int | None


class OrganisationListBody(Body):
    """A page of organisations, by id; the ``Link`` header leads to the next."""

    items: list[OrganisationBody]


def registration_of(body: NewOrganisationBody) -> Registration:
    """The use case's registration."""
    return _registration(body, body.id, body.kind)


def terms_of(body: ChangedOrganisationBody, held: Organisation) -> Terms:
    """What a changed organisation is to be."""
    return Terms(_registration(body, held.id, held.kind), body.state)


def as_registered(held: Organisation) -> dict[str, Any]:
    """The organisation as the JSON that a change is merged into; what is missing is left out."""
    told = organisation_body(held).model_dump(mode="json", by_alias=True, exclude_none=True)
    return {name: told[name] for name in _CHANGEABLE & told.keys()}


def organisation_body(held: Organisation) -> OrganisationBody:
    """One organisation."""
    point = held.contact_point
    return OrganisationBody(
        id=held.id,
        name=held.name,
        kind=held.kind,
        state=held.state,
        domains=list(held.domains),
        may_use_bsn=held.may_use_bsn,
        email_domains=list(held.email_domains),
        scopes=sorted(held.scopes),
        oin=held.oin,
        **asdict(held.numbers),
        contact_point=ContactPointSeenBody(**asdict(point)) if point is not None else None,
        municipalities=list(held.municipalities),
        aws_account=held.aws_account,
        topic_arn=held.topic_arn,
        administrator=held.administrator,
        language=held.language,
        requests_per_minute=held.requests_per_minute,
    )


def organisation_list(organisations: Iterable[Organisation]) -> OrganisationListBody:
    """A page of organisations."""
    return OrganisationListBody(items=[organisation_body(one) for one in organisations])


def _registration(
    body: OrganisationTermsBody, organisation_id: str | None, kind: OrganisationKind
) -> Registration:
    point = body.contact_point
    return Registration(
        id=organisation_id,
        name=body.name,
        kind=kind,
        domains=tuple(body.domains),
        may_use_bsn=body.may_use_bsn,
        email_domains=tuple(body.email_domains),
        scopes=None if body.scopes is None else frozenset(body.scopes),
        oin=body.oin,
        contact_point=None if point is None else ContactPoint(**dict(point)),
        municipalities=tuple(body.municipalities),
        aws_account=body.aws_account,
        administrator=body.administrator,
        numbers=RegisterNumbers(kvk=body.kvk, brin=body.brin, agb=body.agb),
        language=body.language,
        requests_per_minute=body.requests_per_minute,
    )


_CHANGEABLE = {field.alias or "" for field in ChangedOrganisationBody.model_fields.values()}
UNCHANGEABLE = {field.alias or "" for field in OrganisationBody.model_fields.values()} - _CHANGEABLE
"""Members of an organisation that no change may name."""
