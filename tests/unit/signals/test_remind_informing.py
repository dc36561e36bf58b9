"""Professionals hear in time, and again after it, that the family has to be told (D30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.domain.signal import Informed, NotYetGround, Signal, SignalState
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals import remind_informing
from chalicelib.signals.remind_informing import RemindOfInforming
from tests.builders import TODAY, make_organisation, make_signal
from tests.fakes import FakeNames, FakeStorage, FixedClock

NEAR, OVERDUE = NoticeKind.INFORMING_NEAR, NoticeKind.INFORMING_OVERDUE
POSTPONED = Informed(whom=frozenset(), on=None, how=None, not_yet=NotYetGround.SAFETY_OF_YOUTH)

pytestmark = pytest.mark.rule("D30")


def always() -> bool:
    """Time enough."""
    return True


def by(days: int) -> date:
    """A term that ends so many days from today."""
    return TODAY + timedelta(days=days)


class Desk:
    """A region with a school and a health service, on 22 November 2026."""

    def __init__(self, *signals: Signal, **differences: object) -> None:
        self.clock = FixedClock()
        self.storage = FakeStorage(self.clock)
        self.storage.state.organisations.update(
            {one: make_organisation(one) for one in ("ggd", "nobody", "school")}
        )
        self.storage.state.signals.update({signal.id: signal for signal in signals})
        self.remind = RemindOfInforming(
            storage=self.storage, names=FakeNames(), clock=self.clock, legal=LegalProfile.of(differences)
        )

    def told(self) -> list[tuple[str | None, NoticeKind, date | None]]:
        """Of which signals, how, and of which day."""
        notices = sorted(self.storage.state.notices.values(), key=lambda one: one.id)
        return [(notice.signal_id, notice.kind, notice.day) for notice in notices]


@pytest.mark.parametrize(
    ("days", "kinds"),
    [(8, []), (7, [NEAR]), (0, [NEAR]), (-1, [OVERDUE]), (-7, [OVERDUE]), (-8, [])],
)
def test_a_week_before_the_term_ends_and_after_it(days: int, kinds: list[NoticeKind]) -> None:
    """Not earlier, and not for ever."""
    desk = Desk(make_signal(inform_by=by(days)))

    assert desk.remind(budget=always) == len(kinds)
    assert desk.told() == [("lo-s1", kind, by(days)) for kind in kinds]


def test_each_is_said_once() -> None:
    """Whatever the day, until the family is told: once before and once after."""
    desk = Desk(make_signal(inform_by=by(7)))

    for _ in range(30):
        desk.remind(budget=always)
        desk.remind(budget=always)
        for notice in list(desk.storage.state.notices.values()):
            desk.storage.state.notices[notice.id] = replace(notice, state=NoticeState.SENT)
        desk.clock.advance(timedelta(days=1))

    assert desk.told() == [("lo-s1", NEAR, by(7)), ("lo-s1", OVERDUE, by(7))]


@pytest.mark.parametrize(
    "signal",
    [
        make_signal(inform_by=None),
        make_signal(inform_by=by(1), informed=POSTPONED),
        make_signal(inform_by=by(1), state=SignalState.RESTRICTED),
        make_signal(inform_by=by(1), ends_on=by(-1)),
    ],
    ids=["all were told", "postponed on a lawful ground", "restricted", "past its last day"],
)
def test_who_need_not_tell_anybody_is_not_reminded(signal: Signal) -> None:
    """A reminder is for somebody who can do something."""
    desk = Desk(signal)

    assert (desk.remind(budget=always), desk.told()) == (0, [])


def test_the_profile_says_how_long_before() -> None:
    """Another region reminds two weeks before."""
    desk = Desk(make_signal(inform_by=by(14)), remind_before_inform_days=14)

    assert desk.remind(budget=always) == 1


def test_a_round_that_stops_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over organisations and pages; and then no more that day."""
    monkeypatch.setattr(remind_informing, "PAGE", 2)
    desk = Desk(
        *(make_signal(f"lo-s{number}", inform_by=by(1)) for number in range(5)),
        *(make_signal(f"lo-g{number}", "ggd", inform_by=by(1)) for number in range(3)),
    )

    def stopped_after_each_page() -> int:
        once = iter([True])
        return desk.remind(budget=lambda: next(once, False))

    assert [stopped_after_each_page() for _ in range(8)] == [2, 1, 0, 2, 2, 1, 0, 0]
    assert desk.storage.state.reports == {
        "run#remind-informing#2026-11-22": {"reminded": 8, "organisation": "", "after": ""}
    }


def test_a_run_that_fails_reminds_of_what_is_left_the_next_time() -> None:
    """Nothing is written twice and nothing is left out."""
    desk = Desk(make_signal(inform_by=by(1)))
    faults = iter([StorageBusy("settings")])

    def reports_are_busy(operation: str) -> None:
        fault = next(faults, None) if operation == "settings.put_report" else None
        if fault is not None:
            raise fault

    desk.storage.state.before = reports_are_busy
    with pytest.raises(StorageBusy):
        desk.remind(budget=always)
    desk.remind(budget=always)

    assert desk.told() == [("lo-s1", NEAR, by(1))]


def test_two_runs_do_not_run_at_once() -> None:
    """The other one does it."""
    desk = Desk(make_signal(inform_by=by(1)))
    now = desk.clock.now()
    desk.storage.leases.acquire(remind_informing.LEASE, "another", now=now, until=now + timedelta(minutes=1))

    assert desk.remind(budget=always) == 0


def test_a_region_without_organisations_has_nobody_to_remind() -> None:
    """The round is done at once."""
    desk = Desk()
    desk.storage.state.organisations.clear()

    assert desk.remind(budget=always) == 0
