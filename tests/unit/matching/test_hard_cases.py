"""Hard cases from Dutch life, each with the decision it should get."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest
from _pytest.mark import ParameterSet

from chalicelib.matching import (
    Basis,
    Decision,
    MatchKind,
    Outcome,
    Youth,
    decide,
    fold,
    lookup_keys,
    match_keys,
)
from tests.unit.matching.hard_cases.addresses import ADDRESSES
from tests.unit.matching.hard_cases.case import NO, STREET, Case
from tests.unit.matching.hard_cases.families import FAMILIES
from tests.unit.matching.hard_cases.names import NAMES
from tests.unit.matching.hard_cases.numbers import NUMBERS
from tests.unit.matching.hard_cases.turned import ALI, HASSAN, TURNED_ROUND, TWO_CHILDREN
from tests.unit.matching.hard_cases.unknown import UNKNOWN
from tests.unit.matching.people import MODEL, PROFILE, record

CASES: Final = (*NAMES, *TURNED_ROUND, *NUMBERS, *FAMILIES, *ADDRESSES, *UNKNOWN)


def parameter(case: Case) -> ParameterSet:
    """A case by its name."""
    return pytest.param(case, id=case.name)


def decided(one: Youth, other: Youth, excluded: frozenset[str]) -> Decision:
    """What is decided of two signals."""
    return decide([record("a", one), record("b", other)], excluded=excluded, model=MODEL, profile=PROFILE)


def person(decision: Decision) -> Outcome:
    """What it says about the person."""
    if len(decision.groups) == 1:
        return Outcome.MATCH
    return Outcome.POSSIBLE if decision.possible else Outcome.NO


def household(decision: Decision) -> frozenset[Basis]:
    """What makes the two one household."""
    bases = [match.basis for match in decision.matches if match.kind is MatchKind.HOUSEHOLD]
    return bases[0] if bases else frozenset()


@pytest.mark.parametrize("case", [parameter(case) for case in CASES])
def test_a_hard_case_gets_its_decision(case: Case) -> None:
    """The same from either side, for the reason given with the case."""
    for one, other in ((case.one, case.other), (case.other, case.one)):
        decision = decided(one, other, case.excluded)

        assert (person(decision), household(decision)) == (case.person, case.household), case.why


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in CASES if case.person is not NO or case.household]
)
def test_a_hard_case_is_found_by_its_keys(case: Case) -> None:
    """Whichever of the two signals comes last."""
    one, other = fold(case.one), fold(case.other)

    assert lookup_keys(one) & match_keys(other)
    assert lookup_keys(other) & match_keys(one)


@pytest.mark.parametrize(("one", "other"), TWO_CHILDREN.values(), ids=TWO_CHILDREN)
def test_two_children_of_whom_each_is_called_by_the_others_surname_are_never_joined(
    one: Youth, other: Youth
) -> None:
    """A doubt is fine."""
    assert person(decided(one, other, frozenset())) is not Outcome.MATCH
    assert person(decided(other, one, frozenset())) is not Outcome.MATCH


def test_a_doubt_about_names_turned_round_ends_with_a_record_that_has_them_so_at_home() -> None:
    """It agrees with one by the home, with the other by the name as it stands."""
    at_home, turned = replace(ALI, address=STREET), replace(HASSAN, address=STREET)
    records = [record("a", at_home), record("b", HASSAN), record("c", turned)]

    decision = decide(records, model=MODEL, profile=PROFILE)

    assert decision.groups == (("a", "b", "c"),)


def test_there_are_as_many_as_the_goal_asks_for_and_each_once() -> None:
    """At least seventy-eight, by name."""
    assert len({case.name for case in CASES}) == len(CASES) >= 78
