"""Brothers, sisters, twins, parents of one name, and families that changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chalicelib.matching import Parent, PartialDate, Sex, Youth
from tests.unit.matching.hard_cases.case import (
    ADDRESS,
    BARE,
    BAS,
    BOTH,
    ELSEWHERE,
    FATHER,
    FLEUR,
    MOTHER,
    NONE,
    PARENT,
    UNNUMBERED,
    Case,
    apart,
    doubt,
    same,
)

TWIN = replace(UNNUMBERED, given_names="Sem Pieter")
SISTER = replace(UNNUMBERED, given_names="Emma", sex=Sex.FEMALE, birth_date=PartialDate(2016, 7, 28))
STEPFATHER = Parent(given_names="Rachid", surname="Amrani", birth_date=PartialDate(1980, 9, 9))
SENIOR = Youth(
    given_names="Jan", surname="Prins", birth_date=PartialDate(2005, 2, 3), sex=Sex.MALE, address=ELSEWHERE
)

FAMILIES: Final[tuple[Case, ...]] = (
    apart("twins of one initial", UNNUMBERED, TWIN, BOTH, "two given names on one day"),
    apart("twins with numbers", BAS, replace(TWIN, bsn="999990019"), BOTH, "two numbers, two names"),
    apart(
        "twins of two sexes",
        BARE,
        replace(BARE, given_names="Sofie", sex=Sex.FEMALE),
        ADDRESS,
        "two children",
    ),
    apart(
        "twins of whom one was born after midnight",
        UNNUMBERED,
        replace(TWIN, birth_date=PartialDate(2014, 3, 10)),
        BOTH,
        "a day is a slip, but the names are two and known in full",
    ),
    same(
        "an initial, at home",
        BARE,
        replace(BARE, given_names=None, initials="S."),
        "nobody knows of a twin",
    ),
    apart("brother and sister", BAS, SISTER, BOTH, "parents and address"),
    apart(
        "brothers far apart",
        BAS,
        replace(UNNUMBERED, given_names="Hugo", birth_date=PartialDate(2006, 8, 17)),
        BOTH,
        "parents and address",
    ),
    apart(
        "sister at the other parent's",
        BAS,
        replace(SISTER, address=ELSEWHERE),
        PARENT,
        "one parent is enough",
    ),
    apart(
        "half-sister of the mother",
        BAS,
        replace(
            SISTER, surname_prefix=None, surname="Amrani", address=ELSEWHERE, parents=(MOTHER, STEPFATHER)
        ),
        PARENT,
        "one parent in common, at any address",
    ),
    apart(
        "half-sister, mother by initials",
        BAS,
        replace(
            SISTER,
            surname_prefix=None,
            surname="Amrani",
            address=ELSEWHERE,
            parents=(replace(MOTHER, given_names=None, initials="A.M."),),
        ),
        PARENT,
        "initials, surname and birth date",
    ),
    apart(
        "half-brother, mother by number",
        replace(BAS, parents=(Parent(bsn="999994712"),)),
        replace(FLEUR, address=ELSEWHERE, parents=(Parent(bsn="999994712"),)),
        PARENT,
        "her number",
    ),
    apart(
        "mother under her husband's name",
        BAS,
        replace(SISTER, parents=(replace(MOTHER, surname_prefix="van der", surname="Meer-Bakker"),)),
        BOTH,
        "half of her name, and her birth date",
    ),
    apart(
        "stepsister at one address",
        BARE,
        replace(FLEUR, parents=(STEPFATHER,)),
        ADDRESS,
        "the address finds her",
    ),
    apart(
        "stepsister elsewhere",
        BAS,
        replace(FLEUR, address=ELSEWHERE, parents=(STEPFATHER,)),
        NONE,
        "no parent in common, and no address",
    ),
    apart(
        "foster child in the family",
        UNNUMBERED,
        replace(FLEUR, parents=()),
        ADDRESS,
        "the address finds them",
    ),
    apart(
        "cousins of one name and other dates",
        BARE,
        replace(BARE, birth_date=PartialDate(2011, 12, 24), address=ELSEWHERE),
        NONE,
        "named after one grandfather",
    ),
    apart(
        "father and son of one name",
        SENIOR,
        replace(SENIOR, birth_date=PartialDate(2025, 8, 17)),
        ADDRESS,
        "twenty years apart, at one address",
    ),
    apart(
        "son of a young father",
        SENIOR,
        replace(
            SENIOR,
            birth_date=PartialDate(2025, 8, 17),
            parents=(Parent(given_names="Jan", surname="Prins", birth_date=PartialDate(2005, 2, 3)),),
        ),
        ADDRESS,
        "he is a youth too, and not his own child",
    ),
    doubt(
        "namesakes of one day in two cities",
        Youth(given_names="Jan", surname="Jansen", birth_date=PartialDate(2012, 5, 5), sex=Sex.MALE),
        Youth(
            given_names="Jan",
            surname="Jansen",
            birth_date=PartialDate(2012, 5, 5),
            sex=Sex.MALE,
            address=ELSEWHERE,
        ),
        "common names and one date, and nothing of the family",
    ),
    apart(
        "two fathers of one common name",
        BAS,
        replace(FLEUR, address=ELSEWHERE, parents=(replace(FATHER, birth_date=PartialDate(1971, 11, 30)),)),
        NONE,
        "their birth dates are far apart",
    ),
    apart(
        "a name of a parent alone",
        BARE,
        replace(FLEUR, address=ELSEWHERE, parents=(Parent(surname="van der Meer"),)),
        NONE,
        "half a name",
    ),
    apart(
        "brothers both registered on 1 January of one year",
        replace(SENIOR, given_names="Filmon", birth_date=PartialDate(2010, 1, 1)),
        replace(SENIOR, given_names="Yonas", birth_date=PartialDate(2010, 1, 1)),
        ADDRESS,
        "two names that people bear, on a day that says little",
    ),
    apart(
        "sisters born on one day of two years",
        replace(SENIOR, given_names="Wietske", sex=Sex.FEMALE, birth_date=PartialDate(2010, 12, 8)),
        replace(SENIOR, given_names="Hanneke", sex=Sex.FEMALE, birth_date=PartialDate(2009, 12, 8)),
        ADDRESS,
        "the year could be a slip, the names could not",
    ),
)
