"""Two children, or one under two spellings: a household match claims different youths (D12, D18)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.matching import MatchKind, PartialDate, Sex, Verdict, Youth, decide
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
        pytest.param(BARE, replace(UNDATED, given_names=None, initials="B."), id="another initial, undated"),
        pytest.param(BARE, replace(UNDATED, given_names="Tjmx"), id="a name that nobody bears, undated"),
        pytest.param(BARE, replace(BARE, given_names=None, sex=Sex.FEMALE), id="another sex alone"),
        pytest.param(
            replace(BARE, given_names="Constantijn"),
            replace(BARE, given_names="Tijn", birth_date=PartialDate(2011, 7, 28)),
            id="two forms of one name, other date",
        ),
    ],
)
def test_who_may_be_one_child_gets_no_household_match(one: Youth, other: Youth) -> None:
    """The notice would tell of a sibling who does not exist."""
    assert households(one, other) == 0


def test_a_name_that_nobody_bears_is_one_when_several_signals_say_so() -> None:
    """No slip is made three times; and a match that rests on their number rests on all of them."""
    other = replace(UNDATED, given_names="Wdxm")
    several = [record(name, BARE) for name in ("a", "b", "c")]

    two = decide([*several[:2], record("z", other)], model=MODEL, profile=PROFILE)
    three = decide([*several, record("z", other)], model=MODEL, profile=PROFILE)

    assert [match for match in two.matches if match.kind is MatchKind.HOUSEHOLD] == []
    assert {match.rests_on for match in three.matches if match.kind is MatchKind.HOUSEHOLD} == {
        frozenset("abcz")
    }


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
