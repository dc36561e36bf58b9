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


def of(version: str, keys: frozenset[MatchKey]) -> frozenset[MatchKey]:
    """Those that a fold has."""
    return frozenset(key for key in keys if is_in_fold(key.family, version))


def find_each_other(one: FoldedYouth, other: FoldedYouth, version: str) -> bool:
    """Whether the second is found when the first looks, by the keys of one fold."""
    return bool(of(version, looked_up_keys(one)) & of(version, stored_keys(other)))


def test_the_oldest_fold_has_these_keys_of_its_own() -> None:
    """As they were stored, so that a region which was not moved yet finds its signals."""
    own = of(FORMER, stored_keys(fold(TIM))) - match_keys(fold(TIM))

    assert sorted(own) == [
        MatchKey("birthday-surname", "03-09|mr|t"),
        MatchKey("parent-day", "1985-01-02|a"),
        MatchKey("parent-name", "bkr|an|mr"),
    ]


def test_the_former_fold_has_no_key_of_area_and_number() -> None:
    """All its keys are this one's too."""
    folded = fold(TIM)

    assert {key.family for key in match_keys(folded) - of("4", stored_keys(folded))} == {"family-area"}
    assert of("4", stored_keys(folded)) < match_keys(folded)


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
