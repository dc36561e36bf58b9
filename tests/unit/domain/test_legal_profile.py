"""The legal profile: the Dutch default, what may differ from it, and every mistake at once."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile, LegalProfileRefused

MISTAKES = {
    "age_limit": "a whole number from 18 to 27",
    "longest_years": "a whole number from 1 to 5",
    "archive": "true or false",
    "name": "a text of 1 to 80 characters",
}


def test_the_default_is_dutch_law_and_practice() -> None:
    """Each value as the rules D1 to D39 name it."""
    assert asdict(LegalProfile.of({})) == {
        "name": "Dutch default",
        "age_limit": 23,
        "longest_years": 2,
        "informs_youth_from": 12,
        "informs_youth_alone_from": 16,
        "inform_within_days": 28,
        "remind_before_inform_days": 7,
        "remind_before_end_days": 14,
        "archive": True,
        "archive_years": 5,
        "shown_ended_days": 28,
        "opening_within_days": 1,
        "answer_within_days": 28,
        "warn_before_answer_days": 7,
        "audit_years": 5,
        "backup_days": 35,
        "address_match": True,
        "address_alone": True,
        "same_organisation": False,
        "supervisor_notices": True,
        "end_notices": True,
    }


def test_a_region_names_only_what_differs() -> None:
    """The rest is the Dutch default."""
    assert LegalProfile.of({"archive": False, "age_limit": 21}) == replace(
        DUTCH_DEFAULT, archive=False, age_limit=21
    )


def test_every_mistake_is_named_at_once() -> None:
    """Unknown names, wrong types and numbers out of range together."""
    with pytest.raises(LegalProfileRefused) as refused:
        LegalProfile.of({"age": 23, "age_limit": 99, "longest_years": True, "archive": 1, "name": ""})

    told = {mistake.split(": ")[0]: mistake.split(": ")[1] for mistake in refused.value.mistakes}
    assert told == {"age": "there is no such setting", **MISTAKES}


@pytest.mark.parametrize(
    ("values", "mistake"),
    [
        (
            {"informs_youth_from": 17},
            "informs_youth_from: not above informs_youth_alone_from",
        ),
        ({"informs_youth_alone_from": 24}, "informs_youth_alone_from: not above age_limit"),
        ({"inform_within_days": 7}, "remind_before_inform_days: less than inform_within_days"),
        ({"warn_before_answer_days": 28}, "warn_before_answer_days: less than answer_within_days"),
    ],
)
def test_values_fit_each_other(values: dict[str, object], mistake: str) -> None:
    """Ages ascend, and a warning comes before the term it warns of."""
    with pytest.raises(LegalProfileRefused) as refused:
        LegalProfile.of(values)

    assert refused.value.mistakes == (mistake,)


def test_a_profile_made_by_hand_is_checked_as_well() -> None:
    """There is no way around the check."""
    with pytest.raises(LegalProfileRefused, match="backup_days: a whole number from 1 to 35"):
        replace(DUTCH_DEFAULT, backup_days=36)


@pytest.mark.parametrize(("text", "mistake"), [("{", "it is not JSON"), ("[]", "it is not an object")])
def test_a_text_that_is_no_profile_is_called_that(text: str, mistake: str) -> None:
    """Whatever an environment holds, it is told plainly."""
    with pytest.raises(LegalProfileRefused, match=mistake):
        LegalProfile.from_text(text)


@given(
    st.builds(
        LegalProfile,
        age_limit=st.integers(18, 27),
        archive_years=st.integers(1, 20),
        inform_within_days=st.integers(8, 365),
        archive=st.booleans(),
        end_notices=st.booleans(),
    )
)
def test_a_profile_reads_back_from_its_text(profile: LegalProfile) -> None:
    """And two profiles are the same when their texts are."""
    assert LegalProfile.from_text(profile.as_text()) == profile


def test_the_text_is_small_beside_what_a_function_may_be_told() -> None:
    """All environment variables of a function together have 4 KB."""
    text = replace(DUTCH_DEFAULT, name="n" * 80).as_text()

    assert len(text) < 680
    assert list(json.loads(text)) == sorted(json.loads(text))
