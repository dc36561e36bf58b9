"""Rows spread over buckets, and buckets take turns."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.models.buckets import WORK_BUCKETS, bucket_of, in_turns


def test_bucket_stays_the_same() -> None:
    """Rows written by one release are found by the next."""
    assert bucket_of("lo-s1", WORK_BUCKETS) == 8


def test_buckets_fill_evenly() -> None:
    """No bucket holds twice its share."""
    counted = Counter(bucket_of(f"lo-{number:032x}", WORK_BUCKETS) for number in range(16_000))

    assert len(counted) == WORK_BUCKETS
    assert max(counted.values()) < 2_000


def test_turns_are_taken() -> None:
    """The first of each, then the second of each."""
    assert list(in_turns([[1, 2, 3], [], [4], [5, 6]])) == [1, 4, 5, 2, 6, 3]


@given(st.lists(st.lists(st.none() | st.integers(), max_size=4), max_size=4))
def test_nothing_is_lost_in_turns(buckets: list[list[int | None]]) -> None:
    """Everything comes once, whatever it is."""
    assert Counter(in_turns(buckets)) == Counter(one for bucket in buckets for one in bucket)
