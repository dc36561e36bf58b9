"""The answer to a request for access: all that D32 lists; no number, no parent, no other youth."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.api.schemas.person import PartialBirthDateBody, birth_date_body
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.organisation import Domain
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, NotYetGround, SignalState
from chalicelib.matching import Address, AddressKind, MatchKind, Sex, Youth
from chalicelib.rights.access_answer import AccessAnswer
from chalicelib.rights.held import HeldSignal, NotShown
from chalicelib.rights.names import Person
from chalicelib.rights.recipients import Recipient
from chalicelib.rights.trail import Deed, Look

PURPOSE: Final = (
    "Professionals who are involved with the same youth or household learn of each other, so that they can "
    "align their help in time (Jeugdwet, chapter 7.1). The index holds who is involved, never why."
)


class PersonBody(Body):
    """A professional, by the name they have now; null for the index itself."""

    organisation: str | None
    domain: Domain | None
    name: str | None
    function: str | None


class HeldAddressBody(Body):
    """An address that is not secret (D21)."""

    kind: AddressKind
    postal_code: str | None
    house_number: int | None
    house_letter: str | None
    house_number_addition: str | None
    street: str | None
    city: str | None
    municipality_code: str | None
    addressable_object_id: str | None


class HeldYouthBody(Body):
    """What is held about the youth; never the BSN (D4), and nothing of a parent (D20)."""

    given_names: str | None
    initials: str | None
    surname_prefix: str | None
    surname: str | None
    birth_date: date | PartialBirthDateBody | None
    sex: Sex | None
    address: HeldAddressBody | None
    previous_address: HeldAddressBody | None


class HeldInformedBody(Body):
    """Who was told of the signal, or why nobody was yet (D30)."""

    whom: list[InformedPerson]
    on: date | None
    how: InformedHow | None
    not_yet: NotYetGround | None


class RecipientBody(Body):
    """Who was told, and when; null for the professional of another youth of the household."""

    who: PersonBody | None
    match: MatchKind
    told: Annotated[NoticeKind, Field(description="STARTED: that somebody is involved. ENDED: no longer.")]
    at: UtcMoment


class LookBody(Body):
    """Who looked, or did something, and when: a line of the audit trail; null as of a recipient."""

    who: PersonBody | None
    deed: Deed
    act: str
    at: UtcMoment


class HeldSignalBody(Body):
    """A signal: what it holds, where it came from, until when, who was told and who looked."""

    signal_number: str
    state: SignalState
    reference: str
    source: PersonBody
    given_at: UtcMoment
    planned_end_date: date
    ended_at: UtcMoment | None
    kept_until: date
    youth: HeldYouthBody
    not_shown: Annotated[
        list[NotShown], Field(description="Held to recognise the youth, and never shown (D4, D20, D21).")
    ]
    informed: HeldInformedBody | None
    recipients: list[RecipientBody]
    looks: list[LookBody]


class AccessAnswerBody(Body):
    """The answer to a request for access, as things are now."""

    request_id: str
    made_at: UtcMoment
    purpose: str
    signals: list[HeldSignalBody]


def access_answer_body(answer: AccessAnswer) -> AccessAnswerBody:
    """The answer as JSON."""
    return AccessAnswerBody(
        request_id=answer.request.id,
        made_at=answer.made_at,
        purpose=PURPOSE,
        signals=[_signal(one) for one in answer.signals],
    )


def _signal(held: HeldSignal) -> HeldSignalBody:
    return HeldSignalBody(
        signal_number=held.number,
        state=held.state,
        reference=held.reference,
        source=_person(held.source),
        given_at=held.given_at,
        planned_end_date=held.planned_end,
        ended_at=held.ended_at,
        kept_until=held.until,
        youth=_youth(held.youth),
        not_shown=list(held.not_shown),
        informed=_informed(held.informed),
        recipients=[_recipient(one) for one in held.recipients],
        looks=[_look(one) for one in held.looks],
    )


def _youth(youth: Youth) -> HeldYouthBody:
    return HeldYouthBody(
        given_names=youth.given_names,
        initials=youth.initials,
        surname_prefix=youth.surname_prefix,
        surname=youth.surname,
        birth_date=birth_date_body(youth.birth_date),
        sex=youth.sex,
        address=_address(youth.address),
        previous_address=_address(youth.previous_address),
    )


def _address(address: Address | None) -> HeldAddressBody | None:
    if address is None:
        return None
    return HeldAddressBody(
        kind=address.kind,
        postal_code=address.postal_code,
        house_number=address.house_number,
        house_letter=address.house_letter,
        house_number_addition=address.house_number_addition,
        street=address.street,
        city=address.city,
        municipality_code=address.municipality_code,
        addressable_object_id=address.addressable_object_id,
    )


def _informed(informed: Informed | None) -> HeldInformedBody | None:
    if informed is None:
        return None
    return HeldInformedBody(
        whom=sorted(informed.whom), on=informed.on, how=informed.how, not_yet=informed.not_yet
    )


def _recipient(one: Recipient) -> RecipientBody:
    who = _person(one.who) if one.who is not None else None
    return RecipientBody(who=who, match=one.kind, told=one.told, at=one.at)


def _look(one: Look) -> LookBody:
    who = _person(one.who) if one.who is not None else None
    return LookBody(who=who, deed=one.deed, act=one.act.value, at=one.at)


def _person(person: Person) -> PersonBody:
    return PersonBody(
        organisation=person.organisation,
        domain=person.domain,
        name=person.name,
        function=person.function,
    )
