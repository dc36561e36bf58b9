"""Professionals hear in time that a signal of theirs ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.dates import AMSTERDAM, amsterdam_day, ends_on, latest_planned_end
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import PartialDate
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals import remind
from chalicelib.signals.remind import RemindOfEnds
from tests.builders import make_signal
from tests.fakes import FakeNames, FakeStorage, FixedClock

TODAY = date(2026, 11, 22)
SOON = TODAY + timedelta(days=14)
LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def always() -> bool:
    """Time enough."""
    return True


def make_ending(signal_id: str = "lo-s1", day: date = SOON, **changes: object) -> Signal:
    """A signal that ends on a day as planned, given long before."""
    planned = {"created_at": LONG_AGO, "planned_end_date": day, "ends_on": day}
    return make_signal(signal_id, **(planned | changes))  # type: ignore[arg-type] # parts of the signal


class Desk:
    """A region on 22 November 2026 with some signals."""

    def __init__(self, *signals: Signal, **differences: object) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.storage.state.signals.update({signal.id: signal for signal in signals})
        self.remind = RemindOfEnds(
            storage=self.storage, names=FakeNames(), clock=self.clock, legal=LegalProfile.of(differences)
        )

    def reminders(self) -> list[Notice]:
        """All that were written, by id."""
        return [notice for _, notice in sorted(self.storage.state.notices.items())]

    def reminded(self) -> list[tuple[str, date | None]]:
        """Of which signals and days."""
        return [(str(notice.signal_id), notice.day) for notice in self.reminders()]


@pytest.mark.rule("D34")
def test_who_holds_a_signal_that_ends_in_two_weeks_is_reminded() -> None:
    """A due notice about the own signal, which wakes delivery."""
    desk = Desk(make_ending())

    assert desk.remind(budget=always) == 1

    (notice,) = desk.reminders()
    assert (notice.kind, notice.state, notice.signal_id, notice.day, notice.receiver) == (
        NoticeKind.END_NEAR,
        NoticeState.PENDING,
        "lo-s1",
        SOON,
        "school#p1",
    )
    assert (set(desk.storage.state.due), desk.storage.state.wakes) == (
        {("school#p1", notice.id)},
        {"school#p1": 1},
    )


def test_one_more_day_is_too_early() -> None:
    """Two weeks are the profile's."""
    desk = Desk(make_ending(day=SOON + timedelta(days=1)))

    assert (desk.remind(budget=always), desk.reminders()) == (0, [])


def test_the_profile_says_how_long_before() -> None:
    """Another region reminds a month before."""
    desk = Desk(make_ending(day=TODAY + timedelta(days=30)), remind_before_end_days=30)

    assert desk.remind(budget=always) == 1


def test_nobody_is_reminded_twice_of_the_same_day() -> None:
    """Not in the next hour, and not on any day that follows."""
    desk = Desk(make_ending())
    desk.remind(budget=always)
    sent = replace(desk.reminders()[0], state=NoticeState.SENT)
    desk.storage.state.notices[sent.id] = sent

    for _ in range(15):
        assert desk.remind(budget=always) == 0
        desk.clock.advance(timedelta(days=1))

    assert desk.reminders() == [sent]


@pytest.mark.rule("D7")
def test_an_end_that_was_brought_forward_is_another_day() -> None:
    """It is never put back, so there is always something new to know."""
    signal = make_ending()
    desk = Desk(signal)
    desk.remind(budget=always)
    earlier = SOON - timedelta(days=3)
    desk.storage.state.signals[signal.id] = replace(signal, planned_end_date=earlier, ends_on=earlier)
    desk.clock.advance(timedelta(days=1))

    desk.remind(budget=always)

    assert sorted(desk.reminded()) == [("lo-s1", earlier), ("lo-s1", SOON)]


@pytest.mark.parametrize(
    "signal",
    [
        make_ending(state=SignalState.RESTRICTED),
        make_ending(day=SOON - timedelta(days=1), created_at=datetime(2026, 11, 22, 9, 0, tzinfo=UTC)),
        make_ending(planned_end_date=SOON + timedelta(days=100)),
    ],
    ids=["while a right is decided", "a period so short that they know", "at 23 there is nothing to renew"],
)
def test_who_can_do_nothing_with_it_is_not_reminded(signal: Signal) -> None:
    """A reminder is for somebody who can assess anew."""
    desk = Desk(signal)

    assert (desk.remind(budget=always), desk.reminders()) == (0, [])


def test_days_that_were_missed_are_made_up_for() -> None:
    """As long as the signal has not ended."""
    desk = Desk(make_ending(day=TODAY), make_ending("lo-s2", TODAY + timedelta(days=3)))

    assert desk.remind(budget=always) == 2


def test_a_round_that_stops_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, and then no more that day."""
    monkeypatch.setattr(remind, "PAGE", 2)
    desk = Desk(*(make_ending(f"lo-s{number}") for number in range(5)))
    rounds = iter([True, False])

    first = desk.remind(budget=lambda: next(rounds, False))
    rest = desk.remind(budget=always)
    again = desk.remind(budget=always)

    assert (first, rest, again) == (2, 3, 0)
    assert desk.storage.state.reports == {
        "run#remind#2026-11-22": {"reminded": 5, "cursor": "", "complete": 1}
    }


def test_a_run_that_fails_reminds_of_what_is_left_the_next_time() -> None:
    """Nothing is written twice and nothing is left out."""
    desk = Desk(make_ending())
    faults = iter([StorageBusy("settings")])

    def reports_are_busy(operation: str) -> None:
        fault = next(faults, None) if operation == "settings.put_report" else None
        if fault is not None:
            raise fault

    desk.storage.state.before = reports_are_busy

    with pytest.raises(StorageBusy):
        desk.remind(budget=always)

    assert desk.remind(budget=always) == 0
    assert desk.reminded() == [("lo-s1", SOON)]


def test_two_runs_do_not_run_at_once() -> None:
    """The other one does it."""
    desk = Desk(make_ending())
    now = desk.clock.now()
    desk.storage.leases.acquire(remind.LEASE, "another", now=now, until=now + timedelta(minutes=1))

    assert desk.remind(budget=always) == 0


@pytest.mark.rule("D7")
@pytest.mark.rule("D34")
@settings(max_examples=300, deadline=None)
@given(
    after=st.integers(0, 763 * 24 * 60),
    days=st.integers(0, 730),
    born=st.dates(date(2000, 2, 28), date(2024, 3, 1)),
    hour=st.integers(0, 23),
)
def test_each_signal_is_reminded_of_once_two_weeks_before_its_planned_end_and_never_at_23(
    after: int, days: int, born: date, hour: int
) -> None:
    """Whatever the day: 29 February, the nights on which the clock changes, birthdays."""
    given_at = datetime(2023, 2, 27, 22, 0, tzinfo=UTC) + timedelta(minutes=after)
    today = amsterdam_day(given_at)
    planned = min(today + timedelta(days=days), latest_planned_end(today, 2))
    birth = PartialDate(born.year, born.month, born.day)
    last = ends_on(given=today, planned_end=planned, born=birth, legal=DUTCH_DEFAULT)
    if last < today:
        return  # too old to be given
    desk = Desk(make_ending(day=last, created_at=given_at, planned_end_date=planned))
    reminded = []
    for before in range(15, -1, -1):
        day = last - timedelta(days=before)
        desk.clock.moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=AMSTERDAM).astimezone(UTC)
        if day >= today and desk.remind(budget=always):
            reminded.append(day)

    due = last - timedelta(days=14)
    assert reminded == ([due] if last == planned and today <= due else [])
