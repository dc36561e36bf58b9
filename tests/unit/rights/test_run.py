"""The scheduled run over requests: warnings on their days, what is unfinished, and what goes (D31, D38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.rights import RequestKind, RequestState
from chalicelib.domain.signal import SignalState
from chalicelib.ports.errors import StorageBusy
from chalicelib.rights.run import LEASE, AgendaReport, WorkOffAgenda
from tests.builders import make_professional
from tests.unit.rights.office import HANDLER, Office, granted, make_new, refused

pytestmark = pytest.mark.rule("D31")


def run(office: Office, *, most: int = 10_000) -> AgendaReport:
    """One run, with time for so many requests."""
    left = iter(range(most))
    work = WorkOffAgenda(
        storage=office.world.storage,
        carry_out=office.carry_out,
        names=office.world.names,
        clock=office.world.clock,
        legal=DUTCH_DEFAULT,
    )
    return work(budget=lambda: next(left, None) is not None)


@pytest.fixture
def office() -> Office:
    """With a handler who has a card."""
    office = Office()
    office.state.professionals["region#handler-1"] = make_professional("region", "handler-1")
    return office


def days_warned(office: Office, until: date) -> list[date]:
    """The days on which the hourly run warns the handler."""
    warned: list[date] = []
    while amsterdam_day(office.world.clock.now()) <= until:
        if run(office).warned:
            warned.append(amsterdam_day(office.world.clock.now()))
        office.world.clock.advance(timedelta(hours=6))
    return warned


def test_the_handler_is_warned_a_week_before_the_term_and_when_it_is_over(office: Office) -> None:
    """Once each; then each week, until it is decided."""
    request = office.filed()

    warned = days_warned(office, request.due_on + timedelta(days=16))

    due = request.due_on
    assert warned == [
        due - timedelta(days=7),
        due + timedelta(days=1),
        due + timedelta(days=8),
        due + timedelta(days=15),
    ]
    told = [one for one in office.state.notices.values() if one.kind is NoticeKind.TERM]
    assert {(one.receiver, one.match_id, one.day) for one in told} == {("region#handler-1", request.id, due)}
    assert len(told) == 4


def test_days_are_those_of_amsterdam(office: Office) -> None:
    """Half past eleven in the evening in London is the next day, in summer as in winter."""
    request = office.filed()
    office.world.clock.moment = datetime(2026, 12, 12, 22, 59, tzinfo=UTC)
    assert run(office).warned == 0

    office.world.clock.moment = datetime(2026, 12, 12, 23, 0, tzinfo=UTC)

    assert run(office).warned == 1
    assert request.due_on == date(2026, 12, 20)


def test_what_is_decided_is_not_warned_of(office: Office) -> None:
    """Nor what only has to be shown."""
    request = office.filed()
    office.decided(request, refused())

    assert days_warned(office, request.due_on + timedelta(days=10)) == []


def test_a_handler_without_a_card_is_counted(office: Office) -> None:
    """Nobody can be written to; the list shows the term all the same."""
    del office.state.professionals["region#handler-1"]
    office.filed()
    office.world.clock.advance(timedelta(days=21))

    assert run(office) == AgendaReport(silent=1)


@pytest.mark.rule("D33")
def test_what_a_crash_left_is_carried_out(office: Office) -> None:
    """Without anybody asking again."""

    def fail(operation: str) -> None:
        if operation == "signals.change":
            raise StorageBusy("in between")

    request = office.filed(RequestKind.ERASURE)
    office.state.before = fail
    with pytest.raises(StorageBusy):
        office.decided(request, granted())
    office.state.before = lambda _: None
    assert office.request(request.id).state is RequestState.DECIDED

    assert run(office) == AgendaReport(carried=1)
    assert office.request(request.id).state is RequestState.DONE
    assert office.signal("lo-1").state is SignalState.ERASED


@pytest.mark.rule("D33")
def test_a_restriction_that_hides_nothing_any_more_is_done(office: Office) -> None:
    """Once what it hid has ended."""
    request = office.decided(office.filed(RequestKind.RESTRICTION), granted())
    for one in ("lo-1", "lo-2"):
        office.state.signals[one] = replace(office.signal(one), state=SignalState.EXPIRED)
    office.world.clock.advance(timedelta(days=27))
    assert run(office) == AgendaReport()

    office.world.clock.advance(timedelta(days=1))

    assert run(office) == AgendaReport(carried=1)
    assert office.request(request.id).state is RequestState.DONE


@pytest.mark.rule("D38")
def test_a_request_goes_when_the_trail_does(office: Office) -> None:
    """Five years after it was done, by an act of the index itself."""
    request = office.decided(office.filed(), refused())
    office.world.clock.moment = datetime(2031, 11, 21, 12, 0, tzinfo=UTC)
    assert run(office) == AgendaReport()

    office.world.clock.moment = datetime(2031, 11, 22, 12, 0, tzinfo=UTC)

    assert run(office) == AgendaReport(removed=1)
    assert request.id not in office.state.requests
    assert office.acts("system")[-1] is Act.REQUEST_REMOVED


def test_a_run_that_has_no_time_left_is_gone_on_with(office: Office) -> None:
    """Page by page, each request once; another run meanwhile does nothing."""
    for _ in range(3):
        office.file(HANDLER, make_new())
    office.world.clock.advance(timedelta(days=21))

    assert [run(office, most=2).warned, run(office).warned, run(office).warned] == [2, 1, 0]
    now = office.world.clock.now()
    office.world.storage.leases.acquire(LEASE, "another", now=now, until=now + timedelta(minutes=1))
    assert run(office) == AgendaReport()


def test_one_that_fails_does_not_stop_the_others(office: Office) -> None:
    """It is counted, and tried again the next hour."""
    first, second = (office.file(HANDLER, make_new()) for _ in range(2))
    office.world.clock.advance(timedelta(days=21))
    failing = iter([True])

    def fail(operation: str) -> None:
        if operation == "rights.commit" and next(failing, False):
            raise ValueError(operation)

    office.state.before = fail

    assert run(office) == AgendaReport(warned=1, failed=1)
    assert run(office) == AgendaReport(warned=1)
    assert {office.request(one.id).warned for one in (first, second)} == {1}
