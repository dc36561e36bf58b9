"""Addresses: the same door in other words, other doors, and places where no family lives."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chalicelib.matching import Address, AddressKind, Youth
from tests.unit.matching.hard_cases.case import (
    ADDRESS,
    BARE,
    BAS,
    ELSEWHERE,
    FLEUR,
    NO,
    NONE,
    STREET,
    Case,
    apart,
    same,
)


def at(address: Address) -> Youth:
    """Fleur, of another family, at this address."""
    return replace(FLEUR, address=address)


def door(number: int, letter: str | None = None, addition: str | None = None) -> Address:
    """A door in the street where Bas lives."""
    return replace(STREET, house_number=number, house_letter=letter, house_number_addition=addition)


BIS = replace(BARE, address=door(12, None, "bis"))
GROUND = replace(BARE, address=door(12, None, "hs"))
FIRST = replace(BARE, address=door(12, None, "1hoog"))
HOUSE = replace(BARE, address=door(14))
SHELTER = frozenset({"3511AB|14"})

ADDRESSES: Final[tuple[Case, ...]] = (
    apart(
        "letter and addition in one field",
        BARE,
        at(door(12, None, "A-2")),
        ADDRESS,
        "12A-2 written otherwise",
    ),
    apart("small letters and a dash", BARE, at(door(12, None, "a2")), ADDRESS, "12-a2 is 12A-2"),
    apart("addition that repeats the number", BARE, at(door(12, None, "12-A2")), ADDRESS, "read it once"),
    apart("another addition", BARE, at(door(12, "A", "3")), NONE, "the flat next door"),
    apart("another letter", BARE, at(door(12, "B", "2")), NONE, "the house next door"),
    apart("bis", BIS, at(door(12, "b", "is")), ADDRESS, "bis is an addition"),
    apart("bis and no bis", BIS, at(door(12)), NONE, "upstairs and downstairs are two homes"),
    apart("hs and huis", GROUND, at(door(12, None, "huis")), ADDRESS, "the ground floor, twice"),
    apart("hs and the first floor", GROUND, at(door(12, None, "1hoog")), NONE, "two floors, two homes"),
    apart("1hoog and 1", FIRST, at(door(12, None, "1")), ADDRESS, "the first floor, twice"),
    apart("roman floor", FIRST, at(door(12, None, "I")), ADDRESS, "the first floor, in Amsterdam"),
    apart(
        "postal code with a space and small letters",
        HOUSE,
        at(replace(door(14), postal_code="3511 ab")),
        ADDRESS,
        "one code",
    ),
    apart(
        "a PO box",
        replace(HOUSE, address=replace(door(14), kind=AddressKind.POSTAL)),
        at(replace(door(14), kind=AddressKind.POSTAL)),
        NONE,
        "nobody lives there",
    ),
    apart(
        "a secret address",
        replace(HOUSE, address=replace(door(14), secret=True)),
        at(door(14)),
        ADDRESS,
        "it may match, and is never shown",
    ),
    Case("an institution", HOUSE, at(door(14)), NO, NONE, "the register knows it, by number", SHELTER),
    Case("a shelter, with a room", HOUSE, at(door(14, None, "7")), NO, NONE, "all rooms of it", SHELTER),
    Case(
        "an asylum seekers' centre, one surname",
        replace(HOUSE, surname_prefix=None, surname="Ali"),
        replace(at(door(14)), surname="Ali"),
        NO,
        NONE,
        "a common name in a place of many",
        SHELTER,
    ),
    Case(
        "an excluded room alone",
        replace(HOUSE, address=door(14, None, "7")),
        at(door(14, None, "7")),
        NO,
        NONE,
        "excluded exactly",
        frozenset({"3511AB|14|7"}),
    ),
    apart(
        "where the other lived before",
        replace(HOUSE, address=ELSEWHERE, previous_address=door(14)),
        at(door(14)),
        NONE,
        "other people live there now",
    ),
    apart("the postal code alone", HOUSE, at(Address(postal_code="3511AB")), NONE, "a street is no home"),
    apart(
        "the street without its postal code",
        replace(HOUSE, address=replace(door(14), postal_code=None)),
        replace(at(replace(door(14), postal_code=None)), surname="van der Meer"),
        ADDRESS,
        "one surname at one number of one street",
    ),
    same("moved", BAS, replace(BAS, address=ELSEWHERE), "number, names, birth date and parents"),
    same(
        "moved, with the old address",
        BARE,
        replace(BARE, address=ELSEWHERE, previous_address=STREET),
        "the previous address says it is he",
    ),
    same(
        "The Hague",
        replace(HOUSE, address=replace(door(14), postal_code=None, city="Den Haag")),
        replace(HOUSE, address=replace(door(14), postal_code=None, city="'s-Gravenhage")),
        "one city",
    ),
)
