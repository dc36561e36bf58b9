"""Merging a patch into what is kept, and the entity tags that guard it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api.conditions import if_match
from chalicelib.api.merging import merge_patch
from chalicelib.api.problems import Problem
from chalicelib.api.schemas.changes import as_given
from chalicelib.api.schemas.signals import SignalContentBody, content_request
from chalicelib.api.schemas.validation import checked
from chalicelib.matching import Parent, PartialDate
from chalicelib.signals.request import KeptContent
from tests.builders import make_youth
from tests.signal_requests import make_request

ID, OTHER_ID = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["x", "y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("target", "patch", "merged"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_patches_merge_as_the_standard_says(target: Any, patch: Any, merged: Any) -> None:
    """The examples of RFC 7396, appendix A."""
    assert merge_patch(target, patch) == merged


@given(JSON, JSON)
def test_merging_twice_is_merging_once(target: Any, patch: Any) -> None:
    """A patch that arrives again changes nothing more."""
    once = merge_patch(target, patch)

    assert merge_patch(once, patch) == once


@pytest.mark.parametrize(
    "youth",
    [
        make_youth(),
        make_youth(birth_date=PartialDate(2014, 3), address=None),
        make_youth(
            birth_date=None,
            previous_address=make_youth().address,
            parents=(Parent(given_names="Anna", birth_date=PartialDate(1985)),),
        ),
    ],
)
def test_what_is_kept_reads_as_the_request_that_gave_it(youth: Any) -> None:
    """So an empty patch changes nothing."""
    request = make_request(youth=youth)
    kept = KeptContent(
        reference=request.reference,
        youth=request.youth,
        professional=request.professional,
        planned_end_date=request.planned_end_date,
        informed=request.informed,
    )

    assert content_request(checked(SignalContentBody, as_given(kept)), kept.reference) == request


@pytest.mark.parametrize(
    ("header", "revisions"),
    [
        ("*", None),
        (f'"{ID}.3"', {3}),
        (f'"{ID}.3", "{ID}.12" ,"x"', {3, 12}),
        (f'W/"{ID}.3"', set()),
        (f'"{OTHER_ID}.3"', set()),
        (f'"{ID}.0"', set()),
        ('""', set()),
    ],
)
def test_entity_tags_are_read(header: str, revisions: set[int] | None) -> None:
    """Only strong ones of this very signal fit (RFC 9110, section 13.1.1)."""
    assert if_match({"if-match": header}, ID) == revisions


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 428), ({"if-match": " "}, 428), ({"if-match": "3"}, 400), ({"if-match": '"a" "b"'}, 400)],
)
def test_a_change_needs_entity_tags(headers: dict[str, str], status: int) -> None:
    """428 without any (RFC 6585, section 3), 400 for what is none."""
    with pytest.raises(Problem) as refused:
        if_match(headers, ID)

    assert refused.value.kind.status == status
