"""Matches and notices have one id each, whoever makes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.match import match_id
from chalicelib.domain.notice import NoticeKind, notice_id
from chalicelib.matching import MatchKind
from tests.builders import make_match, make_side, make_signal

SCHOOL, CARE = make_signal("lo-s1"), make_signal("lo-s2", "care")


@given(one=st.text(min_size=1), other=st.text(min_size=1))
def test_a_pair_has_one_id_whichever_comes_first(one: str, other: str) -> None:
    """So that it exists once."""
    assert match_id("lo", MatchKind.PERSON, one, other) == match_id("lo", MatchKind.PERSON, other, one)


def test_an_id_carries_the_stage_and_tells_pairs_and_kinds_apart() -> None:
    """Stage code and 32 hexadecimal digits."""
    ids = {
        match_id("lo", MatchKind.PERSON, "a", "b"),
        match_id("lo", MatchKind.HOUSEHOLD, "a", "b"),
        match_id("lo", MatchKind.PERSON, "a", "c"),
        match_id("mn", MatchKind.PERSON, "a", "b"),
    }

    assert len(ids) == 4
    assert match_id("lo", MatchKind.PERSON, "a", "b") == "lo-346aa7dc31262100435896c27b862b33"


def test_each_side_finds_itself_and_the_other() -> None:
    """By its signal."""
    match = make_match(SCHOOL, CARE)

    assert match.side_of("lo-s1") == match.other_side("lo-s2") == make_side(SCHOOL)
    assert match.side_of("lo-s2") == match.other_side("lo-s1") == make_side(CARE)


def test_a_match_concerns_its_two_signals() -> None:
    """And no other."""
    match = make_match(SCHOOL, CARE)

    assert [match.concerns(signal_id) for signal_id in ("lo-s1", "lo-s2", "lo-s3")] == [True, True, False]


def test_a_signal_that_is_not_in_the_match_finds_nothing() -> None:
    """It has no side."""
    with pytest.raises(KeyError):
        make_match(SCHOOL, CARE).other_side("lo-s3")


def test_a_notice_is_one_per_match_episode_kind_and_receiver() -> None:
    """None exists twice."""
    ids = {
        notice_id("m1", 1, NoticeKind.STARTED, "school#p1"),
        notice_id("m1", 1, NoticeKind.ENDED, "school#p1"),
        notice_id("m1", 2, NoticeKind.STARTED, "school#p1"),
        notice_id("m1", 1, NoticeKind.STARTED, "school#p2"),
        notice_id("m2", 1, NoticeKind.STARTED, "school#p1"),
    }

    assert len(ids) == 5
    assert notice_id("m1", 1, NoticeKind.STARTED, "school#p1").startswith("m1.1.STARTED.")
    assert "school" not in "".join(ids)
