"""Two folds at once: what is stored and looked up finds the same signals by either, from either side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from chalicelib.matching import (
    FOLD_VERSION,
    FOLDS,
    FoldedYouth,
    MatchKey,
    Parent,
    PartialDate,
    Youth,
    archive_keys,
    archive_lookup_keys,
    fold,
    is_in_fold,
    looked_up_archive_keys,
    looked_up_keys,
    looked_up_person_keys,
    lookup_keys,
    match_keys,
    person_keys,
    stored_archive_keys,
    stored_keys,
)
from tests.unit.matching.people import TIM
from tests.unit.matching.strategies import youths

FORMER, *_ = FOLDS
NAMES_IN_ORDER = {
    MatchKey(family, f"{before}mr|{name}")
    for family, before in (("birthday-name", "03-09|"), ("name", ""), ("year-name", "2014|"))
    for name in ("tm", "tmt", "tmts")
}
"""Of :data:`TIM`, as folds before this one made them."""


def of(version: str, keys: frozenset[MatchKey]) -> frozenset[MatchKey]:
    """Those that a fold has."""
    return frozenset(key for key in keys if is_in_fold(key.family, version))


def find_each_other(one: FoldedYouth, other: FoldedYouth, version: str) -> bool:
    """Whether the second is found when the first looks, by the keys of one fold."""
    return bool(of(version, looked_up_keys(one)) & of(version, stored_keys(other)))


def test_the_oldest_fold_has_these_keys_of_its_own() -> None:
    """As they were stored, so that a region which was not moved yet finds its signals."""
    own = of(FORMER, stored_keys(fold(TIM))) - match_keys(fold(TIM))

    assert sorted(key for key in own if key not in NAMES_IN_ORDER) == [
        MatchKey("birthday-surname", "03-09|mr|t"),
        MatchKey("parent-day", "1985-01-02|a"),
        MatchKey("parent-name", "bkr|an|mr"),
    ]


@pytest.mark.parametrize("version", FOLDS[:-1])
def test_the_former_folds_have_the_names_in_the_order_of_their_fields(version: str) -> None:
    """As they were stored; the oldest had no key of the birthday and both names."""
    kept = of(version, stored_keys(fold(TIM)))

    expected = {key for key in NAMES_IN_ORDER if version != FORMER or key.family != "birthday-name"}
    assert {key for key in kept if key.family in {"birthday-name", "name", "year-name"}} == expected


def test_the_fold_before_has_all_other_keys_of_this_one() -> None:
    """Only the names are joined otherwise."""
    folded = fold(TIM)

    assert {key.family for key in match_keys(folded) - of("5", stored_keys(folded))} == {
        "birthday-names",
        "names",
        "year-names",
    }


def test_the_fold_before_that_has_no_key_of_area_and_number() -> None:
    """It came with the next."""
    assert "family-area" not in {key.family for key in of("4", stored_keys(fold(TIM)))}


@pytest.mark.parametrize("version", FOLDS)
def test_names_turned_round_are_found_by_this_fold_alone(version: str) -> None:
    """A region that was not moved yet goes on as it did."""
    one = fold(Youth(given_names="Fatima", surname="Yilmaz", birth_date=PartialDate(2015, 10, 21)))
    turned = fold(Youth(given_names="Yilmaz", surname="Fatima", birth_date=PartialDate(2015, 10, 21)))

    assert find_each_other(one, turned, version) is (version == FOLD_VERSION)


@pytest.mark.parametrize("version", FOLDS)
def test_who_has_no_birth_date_is_found_by_name_alone(version: str) -> None:
    """From either side, and two that have different ones are not."""
    dated = fold(Youth(given_names="Tim", surname="Jansen", birth_date=PartialDate(2014, 3, 9)))
    undated = fold(Youth(given_names="Tim", surname="Jansen"))
    another = fold(Youth(given_names="Tim", surname="Jansen", birth_date=PartialDate(2009, 6, 1)))

    assert find_each_other(dated, undated, version)
    assert find_each_other(undated, dated, version)
    assert not find_each_other(dated, another, version)


@given(youths)
def test_this_codes_fold_is_what_decisions_ask_for(youth: Youth) -> None:
    """Nothing of the former fold is stored or looked up under its name."""
    folded = fold(youth)

    assert of(FOLD_VERSION, stored_keys(folded)) == match_keys(folded)
    assert of(FOLD_VERSION, looked_up_keys(folded)) == lookup_keys(folded)
    assert of(FOLD_VERSION, stored_archive_keys(folded)) == archive_keys(folded)
    assert of(FOLD_VERSION, looked_up_archive_keys(folded)) == archive_lookup_keys(folded)


@pytest.mark.parametrize("version", FOLDS)
@given(youths, youths)
def test_looking_up_is_symmetric_by_either_fold(version: str, one: Youth, other: Youth) -> None:
    """Reconcile meets the same candidates from both ends, before, during and after a move."""
    a, b = fold(one), fold(other)

    assert find_each_other(a, b, version) is find_each_other(b, a, version)


@given(youths)
def test_keys_of_the_youth_are_looked_up_apart_from_those_of_the_household(youth: Youth) -> None:
    """A request of a family finds signals about the youth, and nobody by a parent or an address alone."""
    folded = fold(youth)

    found = looked_up_person_keys(folded)

    assert of(FOLD_VERSION, found) <= person_keys(folded) | lookup_keys(folded)
    assert not {key.family for key in found} & {"address", "parent", "parent-day", "parent-name"}


@pytest.mark.parametrize("version", FOLDS)
@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(TIM, bsn=None, birth_date=PartialDate(2004, 3, 9), address=None), id="year"),
        pytest.param(
            Youth(
                given_names="Sanne",
                surname="Meer",
                birth_date=PartialDate(2011, 6, 1),
                parents=(Parent(given_names="Anna", surname="Bakker", birth_date=PartialDate(1985, 1, 2)),),
            ),
            id="sister elsewhere",
        ),
    ],
)
def test_both_folds_find_who_slipped_and_who_is_family(version: str, other: Youth) -> None:
    """The families that changed went for narrower ones of the same fields."""
    assert find_each_other(fold(TIM), fold(other), version)
