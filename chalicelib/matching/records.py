"""What the matcher reads about a person: frozen values, as an organisation gave them.

Nothing here is normalised; folding is :mod:`chalicelib.matching.fold`'s work. Every field but
the signal's id may be missing, and missing is never the same as different.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sex(StrEnum):
    """Sex as the BRP codes it: M (male), V (female), O (unknown or other)."""

    MALE = "M"
    FEMALE = "V"
    OTHER = "O"


class AddressKind(StrEnum):
    """Whether people live at the address; a postal address never makes a match (D13)."""

    RESIDENTIAL = "RESIDENTIAL"
    POSTAL = "POSTAL"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A birth date as far as it is known: year, year and month, or the whole day (BRP)."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address as given; ``secret`` addresses may match but are never shown (D21)."""

    kind: AddressKind = AddressKind.RESIDENTIAL
    postal_code: str | None = None
    house_number: int | None = None
    house_letter: str | None = None
    house_number_addition: str | None = None
    street: str | None = None
    city: str | None = None
    municipality_code: str | None = None
    secret: bool = False
    addressable_object_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """What an organisation knows of a parent; serves the match alone and is never shown (D20)."""

    bsn: str | None = None
    given_names: str | None = None
    initials: str | None = None
    surname_prefix: str | None = None
    surname: str | None = None
    birth_date: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Youth:
    """Who a signal is about (D3, D5)."""

    bsn: str | None = None
    given_names: str | None = None
    initials: str | None = None
    surname_prefix: str | None = None
    surname: str | None = None
    birth_date: PartialDate | None = None
    sex: Sex | None = None
    address: Address | None = None
    previous_address: Address | None = None
    parents: tuple[Parent, ...] = ()
