"""The youths of the simulation: few, alike, and written down in different ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from chalicelib.matching.records import Address, Parent, PartialDate, Sex, Youth
from tests.builders import make_youth

MOTHER = Parent(given_names="Anna", surname="Bakker", birth_date=PartialDate(1985, 1, 2))
FATHER = Parent(given_names="Kees", surname="Visser", birth_date=PartialDate(1980, 7, 9))
HOME = Address(
    postal_code="3511AB",
    house_number=12,
    street="Lange Nieuwstraat",
    city="Utrecht",
    municipality_code="0344",
)
NORTH = Address(
    postal_code="9712AB", house_number=1, street="Ossenmarkt", city="Groningen", municipality_code="0014"
)
ADDRESSES = (HOME, NORTH)
ELSEWHERE = tuple(replace(NORTH, house_number=number) for number in (21, 23, 25))
"""Where nobody of the story lives."""
TWINS_BORN = PartialDate(2014, 3, 9)


@dataclass(frozen=True, slots=True)
class Child:
    """A child as it is, whatever organisations write."""

    name: str
    youth: Youth


def _child(
    name: str, surname: str, born: PartialDate, sex: Sex, *parents: Parent, bsn: str, address: Address
) -> Child:
    prefix, _, last = surname.rpartition(" ")
    youth = make_youth(
        bsn=bsn,
        given_names=name,
        initials=f"{name[0]}.",
        surname_prefix=prefix or None,
        surname=last,
        birth_date=born,
        sex=sex,
        address=address,
        parents=parents,
    )
    return Child(name, youth)


CHILDREN = (
    _child("Sebastiaan", "van der Meer", TWINS_BORN, Sex.MALE, MOTHER, bsn="999990342", address=HOME),
    _child(
        "Roos", "van der Meer", PartialDate(2016, 8, 21), Sex.FEMALE, MOTHER, bsn="999990019", address=HOME
    ),
    _child("Sander", "van der Meer", TWINS_BORN, Sex.MALE, MOTHER, bsn="999990123", address=HOME),
    _child("Femke", "Visser", PartialDate(2010, 5, 30), Sex.FEMALE, FATHER, bsn="999990202", address=NORTH),
    _child("Daan", "Bakker", PartialDate(2012, 2, 29), Sex.MALE, bsn="999990226", address=HOME),
    _child("Ruben", "Visser", PartialDate(2003, 11, 25), Sex.MALE, FATHER, bsn="999990238", address=NORTH),
)
"""A boy, his sister and his twin; two half families elsewhere; one who turns 23 three days later."""


def written(child: Child, chance: Random, *, with_bsn: bool) -> Youth:
    """The child as some organisation writes it down, now rightly, now not quite."""
    youth = chance.choice(_VARIANTS)(child.youth)
    if not with_bsn:
        return replace(youth, bsn=None, parents=tuple(replace(one, bsn=None) for one in youth.parents))
    if chance.random() < 0.12:
        return replace(youth, bsn=chance.choice(CHILDREN).youth.bsn)
    return youth


_VARIANTS: tuple[Callable[[Youth], Youth], ...] = (
    lambda youth: youth,
    lambda youth: youth,
    lambda youth: youth,
    lambda youth: replace(youth, parents=()),
    lambda youth: replace(youth, given_names=None, parents=()),
    lambda youth: replace(youth, surname="Bakker", surname_prefix=None),
    lambda youth: replace(youth, birth_date=_year(youth.birth_date)),
    lambda youth: replace(youth, address=NORTH),
    lambda youth: replace(youth, address=HOME),
    lambda youth: replace(youth, address=None, parents=(MOTHER,)),
    lambda youth: replace(youth, given_names="Bas", initials="B."),
)


def _year(born: PartialDate | None) -> PartialDate | None:
    return PartialDate(born.year) if born is not None else None
