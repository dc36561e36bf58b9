"""A hard case: two records from Dutch life, what should be decided of them, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from chalicelib.matching import Address, Basis, Outcome, Parent, PartialDate, Sex, Youth

MATCH: Final = Outcome.MATCH
POSSIBLE: Final = Outcome.POSSIBLE
NO: Final = Outcome.NO
PARENT: Final = frozenset({Basis.SHARED_PARENT})
ADDRESS: Final = frozenset({Basis.SHARED_ADDRESS})
BOTH: Final = frozenset(Basis)
NONE: Final[frozenset[Basis]] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """Two youths, the decision on the person, the bases of a household match, and the argument."""

    name: str
    one: Youth
    other: Youth
    person: Outcome
    household: frozenset[Basis]
    why: str
    excluded: frozenset[str] = frozenset()


def same(name: str, one: Youth, other: Youth, why: str) -> Case:
    """One child, to be joined at once."""
    return Case(name, one, other, MATCH, NONE, why)


def doubt(name: str, one: Youth, other: Youth, why: str) -> Case:
    """Perhaps one child: a person has to look, and no household is claimed until then."""
    return Case(name, one, other, POSSIBLE, NONE, why)


def apart(name: str, one: Youth, other: Youth, household: frozenset[Basis], why: str) -> Case:
    """Two children, of one household or of none."""
    return Case(name, one, other, NO, household, why)


STREET: Final = Address(
    postal_code="3511AB",
    house_number=12,
    house_letter="A",
    house_number_addition="2",
    street="Lange Nieuwstraat",
    city="Utrecht",
)
ELSEWHERE: Final = Address(postal_code="6211CD", house_number=40, street="Brusselsestraat", city="Maastricht")
MOTHER: Final = Parent(given_names="Anna Maria", surname="Bakker", birth_date=PartialDate(1985, 1, 12))
FATHER: Final = Parent(
    given_names="Kees", surname_prefix="van der", surname="Meer", birth_date=PartialDate(1983, 6, 14)
)
BAS: Final = Youth(
    bsn="999990342",
    given_names="Sebastiaan Johannes",
    surname_prefix="van der",
    surname="Meer",
    birth_date=PartialDate(2014, 3, 9),
    sex=Sex.MALE,
    address=STREET,
    parents=(MOTHER, FATHER),
)
UNNUMBERED: Final = replace(BAS, bsn=None)
BARE: Final = replace(UNNUMBERED, parents=())
FLEUR: Final = Youth(
    bsn="999994724",
    given_names="Fleur",
    surname="Jansen",
    birth_date=PartialDate(2011, 11, 25),
    sex=Sex.FEMALE,
    address=STREET,
)
"""A child of another family, who lives at the same address."""
