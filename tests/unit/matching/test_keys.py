"""Match keys: what brings signals together, and how sparingly broad keys are looked up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from chalicelib.matching import (
    MatchKey,
    PartialDate,
    Youth,
    fold,
    household_keys,
    lookup_keys,
    match_keys,
    person_keys,
)
from tests.unit.matching.people import TIM
from tests.unit.matching.strategies import youths


def test_a_complete_youth_has_these_keys() -> None:
    """Every family with the fields it joins."""
    assert sorted(match_keys(fold(TIM))) == [
        MatchKey("address", "3511AB|12"),
        MatchKey("birthday-names", "03-09|mr|tm"),
        MatchKey("birthday-names", "03-09|mr|tmt"),
        MatchKey("birthday-names", "03-09|mr|tmts"),
        MatchKey("bsn", "999990342"),
        MatchKey("date-area", "2014-03-09|3511"),
        MatchKey("date-given", "2014-03-09|tm"),
        MatchKey("date-given", "2014-03-09|tmt"),
        MatchKey("date-given", "2014-03-09|tmts"),
        MatchKey("date-initial", "2014-03-09|t"),
        MatchKey("date-surname", "2014-03-09|mr"),
        MatchKey("family-area", "3511|12|mr"),
        MatchKey("family-postal-code", "3511AB|mr"),
        MatchKey("names", "mr|tm"),
        MatchKey("names", "mr|tmt"),
        MatchKey("names", "mr|tmts"),
        MatchKey("parent", "1985-01-02|bkr"),
        MatchKey("parent-bsn", "999994724"),
        MatchKey("parent-day-given", "1985-01-02|an"),
        MatchKey("parent-initial", "bkr|a|mr"),
        MatchKey("parent-name-region", "bkr|an|mr|35"),
        MatchKey("year-names", "2014|mr|tm"),
        MatchKey("year-names", "2014|mr|tmt"),
        MatchKey("year-names", "2014|mr|tmts"),
    ]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(TIM, bsn=None, surname="Mer"), id="slip in the surname"),
        pytest.param(replace(TIM, bsn=None, given_names="Timotheus"), id="official name"),
        pytest.param(replace(TIM, bsn=None, birth_date=PartialDate(2014, 9, 3)), id="swapped date"),
        pytest.param(
            Youth(given_names="Tim", surname="Meer", birth_date=PartialDate(2015, 3, 9)), id="year beside it"
        ),
        pytest.param(
            Youth(surname="Meers", birth_date=TIM.birth_date), id="surname with an s behind it, no given name"
        ),
        pytest.param(Youth(given_names="Tim", surname="van der Meer"), id="name alone"),
        pytest.param(
            Youth(given_names="van der Meer", surname="Tim", birth_date=TIM.birth_date), id="turned round"
        ),
        pytest.param(
            Youth(given_names="Vandermeer", surname="Tim Johannes", birth_date=PartialDate(2014, 9, 11)),
            id="turned round and another day of the year",
        ),
        pytest.param(
            Youth(given_names="Meers", surname="Timotheus", birth_date=PartialDate(2013, 3, 9)),
            id="turned round and the year beside it",
        ),
        pytest.param(Youth(given_names="van der Meer", surname="Tim"), id="turned round, the name alone"),
        pytest.param(Youth(initials="T.", birth_date=TIM.birth_date), id="initial and birth date"),
    ],
)
def test_records_of_one_youth_find_each_other_from_either_side(other: Youth) -> None:
    """Whoever comes last looks up what the other stored."""
    one, two = fold(TIM), fold(other)

    assert lookup_keys(one) & match_keys(two)
    assert lookup_keys(two) & match_keys(one)


@given(youths)
def test_names_turned_round_have_one_key(youth: Youth) -> None:
    """So that it costs none: a first given name and a surname of one word, whatever they are."""
    one = replace(youth, given_names="Bas", surname_prefix=None, surname="Yilmaz")
    turned = replace(youth, given_names="Yilmaz", surname_prefix=None, surname="Bas")
    names = {"names", "names-undated", "year-names", "birthday-names"}

    assert {key for key in person_keys(fold(turned)) if key.family in names} <= person_keys(fold(one))


@pytest.mark.parametrize("surname", [". Meer", "- Meer", "'", "van-der Meer", "v.d.", "1"])
def test_what_is_no_word_makes_no_half_of_a_key(surname: str) -> None:
    """Else strangers would share it."""
    keys = person_keys(fold(Youth(given_names="Tim", surname=surname, birth_date=TIM.birth_date)))

    assert not [key for key in keys if "" in key.value.split("|")]


def test_a_call_name_that_ends_in_s_keeps_it() -> None:
    """Thomas is not Tom, though Timmermans is Timmerman."""
    thomas = Youth(given_names="Thomas", surname="Timmermans", birth_date=PartialDate(2014, 3, 9))

    assert MatchKey("birthday-names", "03-09|tmrmn|tms") in person_keys(fold(thomas))


def test_a_common_name_alone_brings_complete_records_together_no_more() -> None:
    """Only a record without a birth date looks its name up among all."""
    one = fold(Youth(given_names="Tim", surname="Jansen", birth_date=PartialDate(2014, 3, 9)))
    two = fold(Youth(given_names="Tim", surname="Jansen", birth_date=PartialDate(2009, 6, 1)))

    assert match_keys(one) & match_keys(two)
    assert not lookup_keys(one) & match_keys(two)


@given(youths, youths)
def test_looking_up_is_symmetric(one: Youth, other: Youth) -> None:
    """Reconcile meets the same candidates from both ends."""
    a, b = fold(one), fold(other)

    assert bool(lookup_keys(a) & match_keys(b)) == bool(lookup_keys(b) & match_keys(a))


@given(youths)
def test_person_and_household_keys_make_up_all_keys(youth: Youth) -> None:
    """Storage writes both."""
    folded = fold(youth)

    assert match_keys(folded) == person_keys(folded) | household_keys(folded)


def test_a_youth_that_differs_has_keys_of_its_own() -> None:
    """Keys are made once and stay with the youth they were made of; they are no part of what it is."""
    folded = fold(TIM)
    made = match_keys(folded)

    other = replace(folded, bsn="999990019")

    assert match_keys(folded) is made
    assert MatchKey("bsn", "999990019") in match_keys(other)
    assert MatchKey("bsn", "999990342") not in match_keys(other)
    assert folded == fold(TIM)
    assert hash(folded) == hash(fold(TIM))
