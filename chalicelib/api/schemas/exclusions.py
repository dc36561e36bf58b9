"""The register of addresses that make no household match (D13), for who keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.text import (
    HouseLetter,
    HouseNumberAddition,
    IsoDate,
    OneOf,
    PlaceName,
    PostalCode,
)
from chalicelib.matching import Address
from chalicelib.organisations.exclude_address import Exclusion, Level
from chalicelib.ports.storage import ExcludedAddress


class PlaceBody(Body):
    """Where it is."""

    postal_code: PostalCode
    house_number: Annotated[int, Field(ge=1, le=99999)]
    house_letter: HouseLetter | None = None
    house_number_addition: HouseNumberAddition | None = None


class NewExclusionBody(Body):
    """An address to put into the register: what lives there, who says so, and from when to when."""

    address: PlaceBody
    level: Annotated[
        OneOf[Level],
        Field(description="NUMBER: all at the house number. EXACT: just this letter and addition."),
    ] = Level.NUMBER
    kind: Annotated[
        str,
        StringConstraints(pattern="^[A-Z][A-Z_]{0,39}$"),
        Field(description="What lives there: SHELTER, CARE, PRISON, CHILD_PROTECTION…"),
    ]
    source: Annotated[PlaceName, Field(description="Who says so.")]
    valid_from: Annotated[IsoDate, Field(description="The first day.")]
    valid_until: Annotated[IsoDate | None, Field(description="The last day; null for none.")] = None


class SeenPlaceBody(Body):
    """Where it is, as it is kept."""

    postal_code: str | None
    house_number: int | None
    house_letter: str | None
    house_number_addition: str | None


class ExclusionBody(Body):
    """An entry of the register."""

    id: Annotated[str, Field(description="Of this entry: what takes its place has another.")]
    address: SeenPlaceBody
    level: Level
    kind: str
    source: str
    valid_from: date
    valid_until: date | None


class ExclusionListBody(Body):
    """A page of the register, by id; the ``Link`` header leads to the next."""

    items: list[ExclusionBody]


class RemovedExclusionBody(Body):
    """What taking an address out brought about."""

    signals: Annotated[int, Field(description="How many signals are matched anew.")]


def exclusion_of(body: NewExclusionBody) -> Exclusion:
    """The use case's entry."""
    return Exclusion(
        address=Address(**dict(body.address)),
        level=body.level,
        kind=body.kind,
        source=body.source,
        valid_from=body.valid_from,
        valid_until=body.valid_until,
    )


def exclusion_body(entry: ExcludedAddress) -> ExclusionBody:
    """One entry."""
    address = entry.address
    return ExclusionBody(
        id=entry.id,
        address=SeenPlaceBody(
            postal_code=address.postal_code,
            house_number=address.house_number,
            house_letter=address.house_letter,
            house_number_addition=address.house_number_addition,
        ),
        level=Level(entry.level),
        kind=entry.kind,
        source=entry.source,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )


def exclusion_list(entries: Iterable[ExcludedAddress]) -> ExclusionListBody:
    """A page of the register."""
    return ExclusionListBody(items=[exclusion_body(entry) for entry in entries])
