"""What is written where nothing is known: words that are no names, dates and addresses of nobody."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chalicelib.matching import Address, Parent, PartialDate, Sex, Youth
from tests.unit.matching.hard_cases.case import (
    BARE,
    BAS,
    ELSEWHERE,
    FLEUR,
    NONE,
    STREET,
    UNNUMBERED,
    Case,
    apart,
    doubt,
    same,
)

NOBODY = Youth(given_names="onbekend", surname="onbekend", birth_date=BAS.birth_date, sex=Sex.MALE)
NEWBORN = Youth(
    given_names="baby", surname="Bakker", birth_date=PartialDate(2024, 5, 2), sex=Sex.MALE, address=STREET
)
COMMON = Youth(given_names="Jan", surname="Jansen", sex=Sex.MALE)
NOWHERE = Address(postal_code="9999XX", house_number=1)
BOX = Address(postal_code="3500AB", house_number=1200, street="Postbus", city="Utrecht")
UNKNOWN_PARENT = Parent(given_names="onbekend", surname="onbekend", birth_date=PartialDate(1900, 1, 1))

UNKNOWN: Final[tuple[Case, ...]] = (
    *(
        doubt(
            f"a child that is called {word}",
            replace(BARE, given_names=word),
            BARE,
            "no given name yet: it, or its twin",
        )
        for word in ("baby", "Baby 1", "NN", "N.N.", "onbekend", "nog niet bekend", "?", "xxx", "Pasgeborene")
    ),
    *(
        doubt(
            f"{word} of one name and day in two cities",
            replace(NEWBORN, given_names=word),
            replace(NEWBORN, given_names=word, address=ELSEWHERE),
            "that both have no name yet is no name in common",
        )
        for word in ("baby", "Ongeboren kind", "kind van Anna", "Baby Bakker", "NN")
    ),
    same(
        "initials beside a name that is none",
        replace(BARE, given_names="onbekend", initials="S.J."),
        BARE,
        "the initials are known",
    ),
    doubt(
        "an initial of a name that is none",
        replace(BARE, given_names="onbekend", initials="O."),
        BARE,
        "it is made of the word onbekend",
    ),
    same(
        "a surname that is none",
        replace(BAS, bsn=None, surname="onbekend", surname_prefix=None),
        BAS,
        "missing",
    ),
    apart("two of whom no name is known", NOBODY, NOBODY, NONE, "one word, one day, and nobody"),
    doubt(
        "two of whom no surname is known",
        replace(NOBODY, given_names="Ali", address=STREET),
        replace(NOBODY, given_names="Ali", address=ELSEWHERE),
        "a given name and a day",
    ),
    same(
        "a number beside names that are none",
        BAS,
        Youth(bsn=BAS.bsn, given_names="NN", surname="onbekend", birth_date=BAS.birth_date),
        "they do not contradict it",
    ),
    same(
        "a date that systems fill in",
        UNNUMBERED,
        replace(UNNUMBERED, birth_date=PartialDate(1900, 1, 1)),
        "missing, not another child's",
    ),
    apart(
        "one date that systems fill in",
        replace(FLEUR, bsn=None, birth_date=PartialDate(1900, 1, 1)),
        replace(COMMON, birth_date=PartialDate(1900, 1, 1)),
        NONE,
        "nobody's birthday",
    ),
    apart(
        "a postal code that systems fill in",
        replace(BARE, address=NOWHERE),
        replace(FLEUR, address=NOWHERE),
        NONE,
        "no home",
    ),
    apart(
        "a PO box given as a street",
        replace(BARE, address=BOX),
        replace(FLEUR, surname="van der Meer", address=BOX),
        NONE,
        "nobody lives there (D13)",
    ),
    apart(
        "a freepost number given as a street",
        replace(BARE, address=replace(BOX, street="Antwoordnummer 1200")),
        replace(FLEUR, address=replace(BOX, street="Antwoordnummer 1200")),
        NONE,
        "nobody lives there (D13)",
    ),
    apart(
        "parents of whom nothing is known",
        replace(BARE, parents=(UNKNOWN_PARENT,)),
        replace(FLEUR, address=ELSEWHERE, parents=(UNKNOWN_PARENT,)),
        NONE,
        "nobody in common",
    ),
)
