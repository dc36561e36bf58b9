"""Contact cards of an organisation's own professionals (D28)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field, model_validator

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.api.schemas.sites import one_site
from chalicelib.api.schemas.text import CardText, Email, OneOf, Reference, Telephone
from chalicelib.domain.organisation import Language, MailTrouble, Professional
from chalicelib.signals.request import ProfessionalCard


class CardBody(Body):
    """What others see of a professional; who it is stands in the path."""

    name: CardText
    function: CardText | None = None
    site: Annotated[CardText | None, Field(description="Where they work, in words of this card.")] = None
    site_id: Annotated[
        Reference | None,
        Field(description="A site of the organisation, shown as it is called now; instead of `site`."),
    ] = None
    email: Email
    telephone: Telephone | None = None
    language: Annotated[
        OneOf[Language] | None, Field(description="Of mails; left out: that of the organisation.")
    ] = None

    _one_site = model_validator(mode="after")(one_site)


class OwnProfessionalBody(Body):
    """An own professional's card as it is shown to others, and whether mail arrives."""

    id: str
    name: str
    function: str | None
    site: str | None
    site_id: str | None
    email: str
    telephone: str | None
    language: Language
    left_at: Annotated[
        UtcMoment | None,
        Field(description="Since when no new signal may name them (D28)."),
    ]
    mail_trouble: Annotated[
        MailTrouble | None, Field(description="Why nothing more is sent to this address; null when it is.")
    ]


class OwnProfessionalListBody(Body):
    """A page of own professionals, by id; the ``Link`` header leads to the next."""

    items: list[OwnProfessionalBody]


def card_of(body: CardBody, professional_id: str) -> ProfessionalCard:
    """The use case's card."""
    return ProfessionalCard(id=professional_id, **dict(body))


def card_as_given(held: Professional) -> dict[str, Any]:
    """The card as the JSON that a change is merged into; what is missing is left out."""
    body = CardBody.model_construct(**{name: getattr(held, name) for name in CardBody.model_fields})
    return body.model_dump(mode="json", by_alias=True, exclude_none=True)


def own_professional(held: Professional) -> OwnProfessionalBody:
    """One own professional."""
    trouble = held.mailbox.trouble if held.mailbox is not None and held.is_unreachable else None
    return OwnProfessionalBody(
        id=held.id,
        name=held.name,
        function=held.function,
        site=held.site,
        site_id=held.site_id,
        email=held.email,
        telephone=held.telephone,
        language=held.language,
        left_at=held.left_at,
        mail_trouble=trouble,
    )


def own_professionals(cards: Iterable[Professional]) -> OwnProfessionalListBody:
    """A page of own professionals."""
    return OwnProfessionalListBody(items=[own_professional(card) for card in cards])


FIXED = {field.alias or "" for field in OwnProfessionalBody.model_fields.values()} - {
    field.alias or "" for field in CardBody.model_fields.values()
}
"""Members of a card that no change may name."""
