"""Two records compared: who is one youth, who is not, and who has to be looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from chalicelib.matching import Outcome, PartialDate, Sex, Youth, compare, fold, match_keys
from tests.unit.matching.people import HOME, MODEL, MOTHER, TIM
from tests.unit.matching.strategies import youths

NO_BSN = replace(TIM, bsn=None)
OTHER_BSN = "999994712"


def outcome(one: Youth, other: Youth) -> Outcome:
    """What comparing the two says about the person."""
    return compare(fold(one), fold(other), MODEL).person


@pytest.mark.rule("D5")
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(TIM, surname="Bakker", address=None), id="same number, other surname"),
        pytest.param(Youth(bsn=TIM.bsn), id="only the number"),
        pytest.param(replace(NO_BSN, address=None, parents=()), id="name and birth date"),
        pytest.param(
            replace(NO_BSN, given_names=None, initials="T.J.", parents=()), id="initials and address"
        ),
        pytest.param(replace(NO_BSN, surname="MEER", surname_prefix="v.d."), id="prefix shortened"),
        pytest.param(replace(NO_BSN, birth_date=PartialDate(2014, 9, 3)), id="day and month swapped"),
        pytest.param(replace(TIM, bsn="999990343"), id="number miswritten"),
    ],
)
def test_the_same_youth_matches(other: Youth) -> None:
    """One person, written down twice (D11)."""
    assert outcome(TIM, other) is Outcome.MATCH


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(NO_BSN, given_names="Tom Willem"), id="twin with one initial"),
        pytest.param(replace(NO_BSN, given_names="Eva", sex=Sex.FEMALE), id="twin sister"),
        pytest.param(replace(TIM, bsn=OTHER_BSN, given_names="Tom"), id="twin with a number"),
        pytest.param(
            replace(NO_BSN, given_names="Eva", sex=Sex.FEMALE, birth_date=PartialDate(2016, 5, 1)),
            id="sister",
        ),
        pytest.param(
            replace(NO_BSN, birth_date=PartialDate(1984, 7, 20), parents=()), id="father of the same name"
        ),
        pytest.param(replace(TIM, bsn=OTHER_BSN), id="another valid number"),
    ],
)
def test_another_child_does_not_match(other: Youth) -> None:
    """Twins, brothers and sisters, father and son, and other numbers."""
    assert outcome(TIM, other) is Outcome.NO


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(TIM, given_names="Tom"), id="twin with the number of the other"),
        pytest.param(replace(TIM, given_names="Eva", sex=Sex.FEMALE), id="sister with his number"),
        pytest.param(
            replace(TIM, birth_date=PartialDate(1984, 7, 20)), id="son with the number of the father"
        ),
        pytest.param(replace(TIM, bsn="999990354"), id="a valid number one slip away"),
        pytest.param(replace(NO_BSN, given_names=None), id="no given name: he may have a twin"),
    ],
)
def test_strong_evidence_that_conflicts_is_left_to_people(other: Youth) -> None:
    """Never averaged away."""
    assert outcome(TIM, other) is Outcome.POSSIBLE


JAN = Youth(given_names="Jan", surname="Jansen", birth_date=PartialDate(2012, 5, 5), sex=Sex.MALE)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        pytest.param(JAN, replace(JAN, address=HOME), Outcome.POSSIBLE, id="name and birth date"),
        pytest.param(replace(JAN, address=HOME), replace(JAN, address=HOME), Outcome.MATCH, id="and address"),
        pytest.param(
            replace(JAN, parents=(MOTHER,)), replace(JAN, parents=(MOTHER,)), Outcome.MATCH, id="and mother"
        ),
        pytest.param(
            replace(JAN, given_names="Yfke", surname="Uilenspiegel"),
            replace(JAN, given_names="Yfke", surname="Uilenspiegel", address=HOME),
            Outcome.MATCH,
            id="rare name and birth date",
        ),
    ],
)
def test_a_common_name_needs_more_beside_it_than_a_rare_one(one: Youth, other: Youth, said: Outcome) -> None:
    """There may be two Jan Jansens of one day."""
    assert outcome(one, other) is said


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(NO_BSN, given_names=None, initials=None), id="no given name"),
        pytest.param(
            replace(NO_BSN, given_names=None, initials="T.", birth_date=None), id="an initial, no birth date"
        ),
    ],
)
def test_without_a_name_no_family_evidence_is_enough(other: Youth) -> None:
    """Number, name or date must tell a child from its brother; parents and address cannot."""
    assert outcome(NO_BSN, other) is Outcome.POSSIBLE


def test_an_address_shared_without_a_name_is_no_person() -> None:
    """The whole family lives there."""
    assert outcome(Youth(address=HOME), Youth(address=HOME)) is Outcome.NO


@given(youths, youths)
def test_comparing_is_symmetric(one: Youth, other: Youth) -> None:
    """The order of two signals says nothing about them."""
    a, b = fold(one), fold(other)

    assert compare(a, b, MODEL) == compare(b, a, MODEL)


@pytest.mark.rule("D22")
@given(youths, youths)
def test_the_explanation_adds_up(one: Youth, other: Youth) -> None:
    """The weights of the evidence are the score."""
    explanation = compare(fold(one), fold(other), MODEL).explanation

    assert sum(line.weight for line in explanation.evidence) == pytest.approx(explanation.total)


@given(youths, youths)
def test_records_worth_comparing_share_a_key(one: Youth, other: Youth) -> None:
    """Else no storage would ever bring them together."""
    a, b = fold(one), fold(other)
    comparison = compare(a, b, MODEL)

    if comparison.person is not Outcome.NO or comparison.household:
        assert match_keys(a) & match_keys(b)
