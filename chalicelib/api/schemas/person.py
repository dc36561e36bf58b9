"""The youth, the address and the parents in a request."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.text import (
    AddressableObjectId,
    Bsn,
    HouseLetter,
    HouseNumberAddition,
    Initials,
    IsoDate,
    MunicipalityCode,
    OneOf,
    PersonName,
    PlaceName,
    PostalCode,
    SurnamePrefix,
)
from chalicelib.matching import Address, AddressKind, Parent, PartialDate, Sex, Youth

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100
MOST_PARENTS: Final = 6
"""Parents by birth, by law and by care; their keys fit in one transaction while two key sets are written."""
WHOLE, PARTS = "(whole)", "(parts)"


class PartialBirthDateBody(Body):
    """A birth date of which the day, or day and month, are not known."""

    year: Annotated[int, Field(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
    month: Annotated[int, Field(ge=1, le=12)] | None = None


BirthDate = Annotated[
    Annotated[IsoDate, Field(ge=date(EARLIEST_YEAR, 1, 1), le=date(LATEST_YEAR, 12, 31)), Tag(WHOLE)]
    | Annotated[PartialBirthDateBody, Tag(PARTS)],
    Discriminator(lambda value: PARTS if isinstance(value, dict | PartialBirthDateBody) else WHOLE),
]
"""A whole day, or as much as is known of it; left out when nothing is."""


class AddressBody(Body):
    """An address; one that is secret may match but is never shown (D21)."""

    kind: OneOf[AddressKind] = AddressKind.RESIDENTIAL
    postal_code: PostalCode | None = None
    house_number: Annotated[int, Field(ge=1, le=99999)] | None = None
    house_letter: HouseLetter | None = None
    house_number_addition: HouseNumberAddition | None = None
    street: PlaceName | None = None
    city: PlaceName | None = None
    municipality_code: MunicipalityCode | None = None
    secret: bool = False
    addressable_object_id: AddressableObjectId | None = None


class ParentBody(Body):
    """What is known of a parent; serves the match alone and is never shown (D20)."""

    bsn: Bsn | None = None
    given_names: PersonName | None = None
    initials: Initials | None = None
    surname_prefix: SurnamePrefix | None = None
    surname: PersonName | None = None
    birth_date: BirthDate | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if all(value is None for value in (self.bsn, self.given_names, self.surname, self.birth_date)):
            raise PydanticCustomError("parent_unusable", "A number, a name or a birth date is needed.")
        return self


class YouthBody(Body):
    """Who the signal is about (D3, D5)."""

    bsn: Bsn | None = None
    given_names: PersonName | None = None
    initials: Initials | None = None
    surname_prefix: SurnamePrefix | None = None
    surname: PersonName | None = None
    birth_date: BirthDate | None = None
    sex: OneOf[Sex] | None = None
    address: AddressBody | None = None
    previous_address: AddressBody | None = None
    parents: Annotated[list[ParentBody], Field(max_length=MOST_PARENTS)] = Field(default_factory=list)


def youth_of(body: YouthBody) -> Youth:
    """The domain's value."""
    return Youth(
        bsn=body.bsn,
        given_names=body.given_names,
        initials=body.initials,
        surname_prefix=body.surname_prefix,
        surname=body.surname,
        birth_date=_partial_date(body.birth_date),
        sex=body.sex,
        address=_address(body.address),
        previous_address=_address(body.previous_address),
        parents=tuple(_parent(parent) for parent in body.parents),
    )


def birth_date_body(born: PartialDate | None) -> date | PartialBirthDateBody | None:
    """A birth date as it was given."""
    if born is None:
        return None
    if born.month is not None and born.day is not None:
        return date(born.year, born.month, born.day)
    return PartialBirthDateBody(year=born.year, month=born.month)


def _partial_date(body: date | PartialBirthDateBody | None) -> PartialDate | None:
    if body is None:
        return None
    if isinstance(body, date):
        return PartialDate(body.year, body.month, body.day)
    return PartialDate(body.year, body.month)


def _address(body: AddressBody | None) -> Address | None:
    return Address(**dict(body)) if body is not None else None


def _parent(body: ParentBody) -> Parent:
    return Parent(**dict(body) | {"birth_date": _partial_date(body.birth_date)})
