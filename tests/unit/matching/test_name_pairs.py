"""Names as people in the Netherlands bear, shorten, spell and turn them: what is decided of two records.

The tables are written from knowledge of names, not from what the core makes of them. Two records share birth
date, sex and all of the name but what a table is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import pytest

from chalicelib.matching import (
    Address,
    Outcome,
    PartialDate,
    Sex,
    Youth,
    decide,
    fold,
    lookup_keys,
    match_keys,
)
from tests.unit.matching.name_pairs.dutch import DUTCH
from tests.unit.matching.name_pairs.dutch_surnames import DUTCH_SURNAMES
from tests.unit.matching.name_pairs.europe import EUROPE
from tests.unit.matching.name_pairs.further import FURTHER
from tests.unit.matching.name_pairs.more_dutch import MORE_DUTCH
from tests.unit.matching.name_pairs.other_surnames import OTHER_SURNAMES
from tests.unit.matching.name_pairs.two_children import TWO_CHILDREN
from tests.unit.matching.name_pairs.whole_names import DOUBTFUL, WHOLE_NAMES
from tests.unit.matching.people import MODEL, PROFILE, record

HOME: Final = Address(postal_code="3511AB", house_number=12, street="Lange Nieuwstraat", city="Utrecht")
ELSEWHERE: Final = Address(postal_code="6211CD", house_number=40, city="Maastricht")
CHILD: Final = Youth(
    given_names="Boaz",
    surname="Zuidgeest",
    birth_date=PartialDate(2015, 10, 21),
    sex=Sex.MALE,
    address=HOME,
)
GIVEN_NAMES: Final = DUTCH | MORE_DUTCH | EUROPE | FURTHER
SURNAMES: Final = DUTCH_SURNAMES | OTHER_SURNAMES

Pair = tuple[str, str]


def pairs(table: str) -> Iterator[Pair]:
    """Each name before the sign with each behind it."""
    for line in table.strip().splitlines():
        one, others = line.strip().split(" = ")
        yield from ((one, other) for other in others.split(", "))


def called(name: str) -> Youth:
    """The child by this given name."""
    return replace(CHILD, given_names=name)


def surnamed(name: str) -> Youth:
    """The child by this surname."""
    return replace(CHILD, surname=name)


def named(name: str) -> Youth:
    """The child by this given name and surname, a point for none."""
    given, surname = name.split(" / ")
    return replace(CHILD, given_names=given, surname=None if surname == "." else surname)


def decided(one: Youth, other: Youth) -> Outcome:
    """What is decided of two signals."""
    decision = decide([record("a", one), record("b", other)], model=MODEL, profile=PROFILE)
    if len(decision.groups) == 1:
        return Outcome.MATCH
    return Outcome.POSSIBLE if decision.possible else Outcome.NO


def decided_otherwise(
    table: str, child: Callable[[str], Youth], *expected: Outcome, other_home: Address = HOME
) -> list[Pair]:
    """The pairs of a table of which, from either side, something else is decided than expected."""
    return [
        pair
        for pair in pairs(table)
        for one, other in (pair, pair[::-1])
        if decided(child(one), replace(child(other), address=other_home)) not in expected
    ]


@pytest.mark.parametrize("table", GIVEN_NAMES.values(), ids=GIVEN_NAMES)
def test_a_child_is_one_by_either_given_name(table: str) -> None:
    """At one address, born on one day."""
    assert decided_otherwise(table, called, Outcome.MATCH) == []


@pytest.mark.parametrize("table", SURNAMES.values(), ids=SURNAMES)
def test_a_child_is_one_by_either_surname(table: str) -> None:
    """Even where it has moved, for the given name is equal and rare."""
    assert decided_otherwise(table, surnamed, Outcome.MATCH, other_home=ELSEWHERE) == []


@pytest.mark.parametrize("table", WHOLE_NAMES.values(), ids=WHOLE_NAMES)
def test_a_child_is_one_by_either_whole_name(table: str) -> None:
    """Whichever part a clerk took for the surname."""
    assert decided_otherwise(table, named, Outcome.MATCH) == []


@pytest.mark.parametrize("table", DOUBTFUL.values(), ids=DOUBTFUL)
def test_two_names_that_may_be_one_are_left_to_people(table: str) -> None:
    """A call name that other children are registered with may be a twin's."""
    assert decided_otherwise(table, called, Outcome.POSSIBLE) == []


@pytest.mark.parametrize("table", TWO_CHILDREN.values(), ids=TWO_CHILDREN)
def test_two_children_of_like_names_are_never_joined(table: str) -> None:
    """However alike the names look: they may be twins, and nothing else tells them apart."""
    assert decided_otherwise(table, called, Outcome.NO, Outcome.POSSIBLE) == []


@pytest.mark.parametrize("table", (GIVEN_NAMES | SURNAMES).values(), ids=GIVEN_NAMES | SURNAMES)
def test_who_is_named_otherwise_and_has_moved_is_found(table: str) -> None:
    """Some key is shared from either side, for only one half of the name was written in another way."""
    child = called if table in GIVEN_NAMES.values() else surnamed

    unfound = [
        (one, other)
        for one, other in pairs(table)
        if lookup_keys(fold(child(one))).isdisjoint(
            match_keys(fold(replace(child(other), address=ELSEWHERE)))
        )
    ]

    assert unfound == []


def test_there_are_more_than_the_lists_of_the_generator_could_teach() -> None:
    """Well over two thousand pairs of one child's names, and two hundred of two children's."""
    one_child = sum(1 for table in (GIVEN_NAMES | SURNAMES).values() for _ in pairs(table))

    assert one_child > 2_000
    assert sum(1 for table in TWO_CHILDREN.values() for _ in pairs(table)) > 200
