"""Another law brings last days forward, or leaves them: never later than the family was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.dates import amsterdam_day, birthday, ends_on
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Archived, Signal, SignalState
from chalicelib.matching import PartialDate
from chalicelib.signals.redate import ending_earlier, last_day_of, leaving_earlier
from tests.builders import make_signal, make_youth

DAY = timedelta(days=1)
laws = st.builds(
    LegalProfile,
    age_limit=st.integers(18, 27),
    longest_years=st.integers(1, 5),
    archive=st.booleans(),
    archive_years=st.integers(1, 20),
)
moments = st.integers(0, 3 * 366 * 24 * 60).map(
    lambda minutes: datetime(2024, 2, 27, tzinfo=UTC) + timedelta(minutes=minutes)
)
births = st.dates(date(2003, 1, 1), date(2024, 2, 29))


def given_signal(at: datetime, born: date, days: int) -> Signal:
    """A running signal under Dutch law, planned to last so many days."""
    birth, today = PartialDate(born.year, born.month, born.day), amsterdam_day(at)
    planned = today + timedelta(days=days)
    return make_signal(
        created_at=at,
        planned_end_date=planned,
        ends_on=ends_on(given=today, planned_end=planned, born=birth, legal=DUTCH_DEFAULT),
        youth=make_youth(birth_date=birth),
    )


@pytest.mark.rule("D7")
@given(at=moments, born=births, days=st.integers(0, 800), later=st.integers(0, 900), law=laws)
def test_a_running_signal_never_lasts_longer(
    at: datetime, born: date, days: int, later: int, law: LegalProfile
) -> None:
    """Nor does it end before yesterday, nor beyond any limit of the new law that is still to come."""
    signal, today = given_signal(at, born, days), amsterdam_day(at) + timedelta(days=later)

    redated = ending_earlier(signal, law, today)

    if redated is None:
        assert signal.ends_on <= max(_limit(signal, born, law), today - DAY)
    else:
        assert today - DAY <= redated.ends_on < signal.ends_on
        assert redated.ends_on <= max(_limit(signal, born, law), today - DAY)


@pytest.mark.rule("D35")
@given(at=moments, born=births, kept=st.integers(0, 1900), later=st.integers(0, 2000), law=laws)
def test_an_archived_signal_never_stays_longer(
    at: datetime, born: date, kept: int, later: int, law: LegalProfile
) -> None:
    """And where there is no archive it goes at once."""
    until, today = amsterdam_day(at) + timedelta(days=kept), amsterdam_day(at) + timedelta(days=later)
    closed = make_signal(
        state=SignalState.CLOSED,
        ended_at=at,
        archived=Archived(frozenset(), until),
        youth=make_youth(birth_date=PartialDate(born.year, born.month, born.day)),
    )

    redated = leaving_earlier(closed, law, today)

    last = until if redated is None or redated.archived is None else redated.archived.until
    assert last <= until
    assert last >= min(until, today - DAY)
    assert law.archive or last <= max(today - DAY, min(until, today - DAY))


def test_what_has_ended_and_is_in_no_archive_has_no_day() -> None:
    """There is nothing left to bring forward."""
    over = make_signal(state=SignalState.RETRACTED, ended_at=datetime(2026, 11, 22, tzinfo=UTC))

    assert ending_earlier(over, DUTCH_DEFAULT, date(2026, 11, 22)) is None
    assert leaving_earlier(over, DUTCH_DEFAULT, date(2026, 11, 22)) is None


def _limit(signal: Signal, born: date, law: LegalProfile) -> date:
    """The last day that the age limit of a law allows."""
    return min(
        signal.planned_end_date, birthday(PartialDate(born.year, born.month, born.day), law.age_limit) - DAY
    )


@pytest.mark.rule("D7")
def test_a_signal_that_an_earlier_law_had_end_sooner_stays_as_short_when_it_is_changed() -> None:
    """The family was told of that day; another word on the youth is no new law."""
    signal = make_signal(
        planned_end_date=date(2028, 6, 1), ends_on=date(2027, 11, 22), youth=make_youth(birth_date=None)
    )

    day = last_day_of(
        signal, DUTCH_DEFAULT, planned_end=signal.planned_end_date, born=PartialDate(2014, 3, 9)
    )

    assert day == date(2027, 11, 22)


@pytest.mark.rule("D1")
def test_a_birth_date_that_is_corrected_moves_the_last_day_both_ways() -> None:
    """Nobody was promised an end that rested on a mistake; the law is the same."""
    planned = date(2028, 6, 1)
    older = make_signal(
        planned_end_date=planned,
        ends_on=date(2027, 5, 4),
        youth=make_youth(birth_date=PartialDate(2004, 5, 5)),
    )

    later = last_day_of(older, DUTCH_DEFAULT, planned_end=planned, born=PartialDate(2014, 5, 5))
    sooner = last_day_of(older, DUTCH_DEFAULT, planned_end=planned, born=PartialDate(2004, 2, 2))

    assert (later, sooner) == (planned, date(2027, 2, 1))
