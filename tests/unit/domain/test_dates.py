"""When a signal ends, in Amsterdam days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.dates import (
    amsterdam_day,
    archived_until,
    birthday,
    ends_on,
    latest_planned_end,
    over_since,
    utc,
)
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.matching import PartialDate

GIVEN = date(2026, 11, 22)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 22, 22, 59, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 11, 22, 23, 0, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 11, 22, 23, 30, tzinfo=timezone(timedelta(hours=-5))), date(2026, 11, 23)),
    ],
)
def test_the_day_of_a_moment_is_the_dutch_day(moment: datetime, day: date) -> None:
    """In winter as in summer, wherever the moment was noted."""
    assert amsterdam_day(moment) == day


def test_a_moment_without_offset_is_refused() -> None:
    """It could be any."""
    naive = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - what is tested

    with pytest.raises(ValueError, match="offset"):
        amsterdam_day(naive)
    with pytest.raises(ValueError, match="offset"):
        utc(naive)


def test_a_moment_in_utc_is_the_same_moment() -> None:
    """In another notation."""
    moment = datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=1)))

    assert utc(moment) == moment
    assert utc(moment).tzinfo is UTC


@pytest.mark.rule("D7")
@pytest.mark.parametrize(
    ("given_on", "latest"),
    [
        (date(2026, 11, 22), date(2028, 11, 22)),
        (date(2024, 2, 29), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28)),
    ],
)
def test_two_years_end_on_the_same_day_of_the_year(given_on: date, latest: date) -> None:
    """Or on 28 February, when that year has no 29th."""
    assert latest_planned_end(given_on, 2) == latest


@pytest.mark.rule("D1")
@pytest.mark.parametrize(
    ("born", "day"),
    [
        (PartialDate(2004, 3, 9), date(2027, 3, 9)),
        (PartialDate(2004, 2, 29), date(2027, 3, 1)),
        (PartialDate(2004, 3), date(2027, 3, 1)),
        (PartialDate(2004), date(2027, 1, 1)),
    ],
)
def test_somebody_turns_23_on_the_earliest_day_it_can_be(born: PartialDate, day: date) -> None:
    """Leap day included: nobody is held beyond the limit."""
    assert birthday(born, 23) == day


@pytest.mark.rule("D1")
def test_somebody_born_on_leap_day_has_a_birthday_in_leap_years() -> None:
    """On the day itself."""
    assert birthday(PartialDate(2004, 2, 29), 24) == date(2028, 2, 29)


@pytest.mark.rule("D34")
@pytest.mark.parametrize(
    ("planned", "born", "day"),
    [
        (date(2027, 7, 31), PartialDate(2014, 3, 9), date(2027, 7, 31)),
        (date(2027, 7, 31), None, date(2027, 7, 31)),
        (date(2030, 1, 1), None, date(2028, 11, 22)),
        (date(2027, 7, 31), PartialDate(2004, 3, 9), date(2027, 3, 8)),
        (date(2027, 7, 31), PartialDate(2004, 2, 29), date(2027, 2, 28)),
    ],
)
def test_the_earliest_of_three_limits_counts(planned: date, born: PartialDate | None, day: date) -> None:
    """Plan, two years, and the day before the 23rd birthday."""
    assert ends_on(given=GIVEN, planned_end=planned, born=born, legal=DUTCH_DEFAULT) == day


@given(given_on=days, planned=days, born=days)
def test_no_signal_outlives_any_limit(given_on: date, planned: date, born: date) -> None:
    """Whatever the dates are."""
    born_on = PartialDate(born.year, born.month, born.day)
    last = ends_on(given=given_on, planned_end=planned, born=born_on, legal=DUTCH_DEFAULT)

    assert last <= planned
    assert last <= given_on + timedelta(days=731)
    assert last.year - born.year - ((last.month, last.day) < (born.month, born.day)) < 23


@pytest.mark.rule("D35")
@pytest.mark.parametrize(
    ("ended", "born", "day"),
    [
        (date(2026, 11, 22), None, date(2031, 11, 22)),
        (date(2026, 11, 22), PartialDate(2014, 3, 9), date(2031, 11, 22)),
        (date(2024, 2, 29), None, date(2029, 2, 28)),
        (date(2026, 11, 22), PartialDate(2006, 11, 22), date(2029, 11, 21)),
        (date(2026, 11, 22), PartialDate(2004, 2, 29), date(2027, 2, 28)),
        (date(2026, 11, 22), PartialDate(2006, 5), date(2029, 4, 30)),
        (date(2026, 11, 22), PartialDate(2006), date(2028, 12, 31)),
        (date(2026, 11, 22), PartialDate(2003, 11, 22), date(2026, 11, 21)),
    ],
)
def test_the_archive_keeps_for_five_years_or_until_the_23rd_birthday(
    ended: date, born: PartialDate | None, day: date
) -> None:
    """Whichever comes first; of an incomplete birth date the first day that it can be."""
    assert archived_until(ended=ended, born=born, legal=DUTCH_DEFAULT) == day


@pytest.mark.rule("D35")
@given(ended=days, born=days, years=st.integers(1, 20), age=st.integers(18, 27))
def test_the_archive_outlives_neither_its_years_nor_the_age_limit(
    ended: date, born: date, years: int, age: int
) -> None:
    """Whatever the dates and the profile are, leap days among them; and it keeps up to one of the two."""
    legal = LegalProfile(archive_years=years, age_limit=age)
    last = archived_until(ended=ended, born=PartialDate(born.year, born.month, born.day), legal=legal)

    after = last + timedelta(days=1)
    assert _whole_years(ended, last) <= years
    assert _whole_years(born, last) < age
    assert _whole_years(ended, after) == years or _whole_years(born, after) == age


@pytest.mark.parametrize(
    ("last_day", "moment"),
    [
        (date(2026, 11, 22), datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, 0, tzinfo=UTC)),
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_signal_is_over_at_the_midnight_after_its_last_day(last_day: date, moment: datetime) -> None:
    """In Amsterdam, also on the days around which the clock moves."""
    assert over_since(last_day) == moment


@given(last_day=days)
def test_the_last_day_is_over_when_the_next_begins(last_day: date) -> None:
    """Not a moment sooner or later."""
    over = over_since(last_day)

    assert amsterdam_day(over) == last_day + timedelta(days=1)
    assert amsterdam_day(over - timedelta(milliseconds=1)) == last_day


def _whole_years(start: date, day: date) -> int:
    """Birthdays between two days, as people count them."""
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))
