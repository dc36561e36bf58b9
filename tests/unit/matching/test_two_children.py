"""Two children, or one under two spellings: a household match claims different youths (D12, D18)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.matching import PartialDate, Sex, Verdict, Youth, decide
from tests.unit.matching.people import MODEL, PROFILE, TIM, record

BARE = replace(TIM, bsn=None, given_names="Tim", parents=())
UNDATED = replace(BARE, birth_date=None)


def households(one: Youth, other: Youth, *verdicts: Verdict) -> int:
    """How many matches come of two signals."""
    decision = decide([record("a", one), record("b", other)], verdicts=verdicts, model=MODEL, profile=PROFILE)
    return len(decision.matches)


@pytest.mark.rule("D12")
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(BARE, given_names="Tom"), id="two names that people bear"),
        pytest.param(replace(BARE, given_names="Zzoef", sex=Sex.FEMALE), id="twin sister of a rare name"),
        pytest.param(
            replace(BARE, given_names="Zzoef", birth_date=PartialDate(2011, 7, 28)), id="other date"
        ),
        pytest.param(replace(BARE, given_names="Eva", birth_date=None, sex=Sex.FEMALE), id="no date"),
    ],
)
def test_these_are_two_children_of_one_household(other: Youth) -> None:
    """Something tells them apart that no slip of the pen explains."""
    assert households(BARE, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(BARE, replace(BARE, given_names="Tjmx"), id="a name that nobody bears"),
        pytest.param(
            replace(BARE, given_names="Maud", initials="M.N.", sex=Sex.FEMALE),
            replace(BARE, given_names="Nikki", sex=Sex.FEMALE),
            id="perhaps called by her second name",
        ),
        pytest.param(BARE, replace(BARE, given_names=None, initials="B."), id="another initial alone"),
    ],
)
def test_who_may_be_one_child_gets_no_household_match(one: Youth, other: Youth) -> None:
    """The notice would tell of a sibling who does not exist."""
    assert households(one, other) == 0


@pytest.mark.rule("D12")
def test_the_word_of_a_person_makes_two_children() -> None:
    """Whoever knows them decides."""
    other = replace(BARE, given_names="Tjmx")

    assert households(BARE, other, Verdict("a", "b", same=False)) == 1


def test_a_father_and_a_son_of_one_name_are_two_youths() -> None:
    """So many years are no slip of the pen."""
    father = replace(BARE, birth_date=PartialDate(2004, 10, 2))

    assert households(father, replace(father, birth_date=PartialDate(2025, 7, 31))) == 1
    assert households(father, replace(father, birth_date=PartialDate(2013, 7, 31))) == 0
