"""Stored moments sort as time does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none

MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001 - the zone is drawn apart
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - as above
    timezones=st.just(UTC) | st.just(timezone(timedelta(hours=2))),
).map(lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000))


@given(MOMENTS)
def test_moment_reads_back(moment: datetime) -> None:
    """To the millisecond, in UTC."""
    assert moment_of(stored(moment)) == moment
    assert stored(moment).endswith("Z")
    assert len(stored(moment)) == len("2026-11-22T09:30:00.000Z")


@given(MOMENTS, MOMENTS)
def test_text_sorts_as_time(one: datetime, other: datetime) -> None:
    """So that a range key is a point in time."""
    assert (stored(one) < stored(other)) is (one < other)


def test_naive_moment_is_refused() -> None:
    """Nobody can say which moment it is."""
    with pytest.raises(ValueError, match="offset"):
        stored(datetime(2026, 11, 22))  # noqa: DTZ001 - the point of the test


def test_missing_stays_missing() -> None:
    """None is neither stored nor read as a moment."""
    assert stored_or_none(None) is None
    assert moment_or_none(None) is None
