"""The scheduled run that ends what is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.audit import SYSTEM, Act
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import SignalErased
from chalicelib.domain.signal import Archived, SignalState
from chalicelib.matching import PartialDate
from chalicelib.ports.errors import StorageBusy
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals import expire
from chalicelib.signals.expiry_report import ExpiryReport
from chalicelib.signals.index_keys import keys_for_archive
from tests.builders import make_signal, make_youth
from tests.signal_requests import Region, make_caller, make_request

PLAN_PAST = make_signal("lo-plan", planned_end_date=date(2026, 11, 20), ends_on=date(2026, 11, 20))
TWO_YEARS_PAST = make_signal(
    "lo-long",
    created_at=datetime(2024, 11, 21, 9, 0, tzinfo=UTC),
    planned_end_date=date(2026, 11, 21),
    ends_on=date(2026, 11, 21),
)
GROWN_UP = make_signal(
    "lo-grown", youth=make_youth(birth_date=PartialDate(2003, 11, 22)), ends_on=date(2026, 11, 21)
)
LAST_DAY_TODAY = make_signal("lo-today", ends_on=date(2026, 11, 22))
OVERDUE = (PLAN_PAST, TWO_YEARS_PAST, GROWN_UP)
ENDED = {"plannedEnd": 1, "twoYears": 1, "age": 1}


def with_overdue() -> Region:
    """A region on 22 November 2026 with a signal over for each reason, and one not yet over."""
    region = Region()
    for signal in (*OVERDUE, LAST_DAY_TODAY):
        region.storage.state.signals[signal.id] = signal
        for key in signal.keys:
            region.storage.state.keys[key].add(signal.id)
    return region


def always() -> bool:
    """Time enough."""
    return True


def only(rounds: int) -> Callable[[], bool]:
    """Time for so many questions whether there is time."""
    answers = iter([True] * rounds)
    return lambda: next(answers, False)


def states(region: Region) -> dict[str, SignalState]:
    """Each signal's state."""
    return {signal.id: signal.state for signal in region.storage.state.signals.values()}


def test_what_is_over_expires_and_what_is_not_stays() -> None:
    """Plan, two years and age alike; the last day itself still counts."""
    region = with_overdue()

    report = region.expiry(budget=always)

    assert report == ExpiryReport(ended=ENDED)
    assert states(region) == {
        "lo-plan": SignalState.EXPIRED,
        "lo-long": SignalState.EXPIRED,
        "lo-grown": SignalState.ERASED,
        "lo-today": SignalState.ACTIVE,
    }


@pytest.mark.rule("D35")
def test_an_expired_signal_keeps_its_record_for_the_archive() -> None:
    """It ended as its last day did, whenever the run came."""
    region = with_overdue()

    region.expiry(budget=always)

    assert region.storage.state.signals["lo-plan"] == replace(
        PLAN_PAST,
        state=SignalState.EXPIRED,
        revision=2,
        ended_at=datetime(2026, 11, 20, 23, 0, tzinfo=UTC),
        keys=frozenset(),
        archived=Archived(keys_for_archive(make_youth(), region.hasher, (FIRST_KEYSET,)), date(2031, 11, 21)),
    )


@pytest.mark.rule("D35")
def test_the_23rd_birthday_leaves_nothing_of_the_person() -> None:
    """No record, no hash of what it held, no reference and no day of it: only that it is gone."""
    region = with_overdue()

    region.expiry(budget=always)

    assert region.storage.state.signals["lo-grown"] == replace(
        GROWN_UP,
        state=SignalState.ERASED,
        revision=2,
        ended_at=region.clock.now(),
        reference="",
        planned_end_date=date(2026, 11, 22),
        ends_on=date(2026, 11, 22),
        keys=frozenset(),
        digest="",
        youth=None,
    )


@pytest.mark.rule("D1")
@pytest.mark.rule("D38")
def test_who_comes_of_age_has_a_certificate() -> None:
    """And what expired goes to the archive without one."""
    region = with_overdue()

    region.expiry(budget=always)

    assert {one: held.ground for one, held in region.storage.state.erasures.items()} == {
        "lo-grown": ErasureGround.AGE
    }
    assert region.storage.erasures.unfinished(limit=10) == ("lo-grown",)


@pytest.mark.rule("D7")
@pytest.mark.rule("D35")
def test_what_was_renewed_goes_on_the_23rd_birthday_too() -> None:
    """And before it, with its reference: stopped in between, the next run goes on."""
    region = with_overdue()
    state = region.storage.state
    closed = replace(GROWN_UP, id="lo-before", state=SignalState.CLOSED, youth=None, keys=frozenset())
    state.signals["lo-before"] = replace(closed, renewed_by="lo-grown")
    state.signals["lo-grown"] = replace(GROWN_UP, renews="lo-before")
    once = iter(["the process ends in between"])

    def refuse_the_last(operation: str) -> None:
        half_done = states(region)["lo-before"] is SignalState.ERASED
        if operation == "signals.change" and half_done and next(once, None):
            raise StorageBusy

    state.before = refuse_the_last
    first = region.expiry(budget=always)
    state.before = lambda _: None
    half_way = states(region)
    region.expiry(budget=always)

    assert first.failed == ("lo-grown",)
    assert (half_way["lo-before"], half_way["lo-grown"]) == (SignalState.ERASED, SignalState.ACTIVE)
    assert states(region)["lo-grown"] is SignalState.ERASED
    assert state.signals["lo-before"].reference == ""
    assert state.erasures["lo-before"].line == {"lo-grown"}


@pytest.mark.parametrize(
    ("state", "left", "skipped"),
    [
        (SignalState.CLOSED, SignalState.ERASED, 0),
        (SignalState.RETRACTED, SignalState.RETRACTED, 1),
    ],
)
def test_a_signal_that_ends_while_its_youth_comes_of_age_leaves_as_little(
    state: SignalState, left: SignalState, skipped: int
) -> None:
    """What was closed a moment before midnight is past its day in the archive; a retracted one has gone."""
    region = with_overdue()
    held = region.storage.state.signals

    def ended_elsewhere(operation: str) -> None:
        if operation == "erasures.get" and held["lo-grown"].state is SignalState.ACTIVE:
            held["lo-grown"] = replace(GROWN_UP, revision=2, state=state)

    region.storage.state.before = ended_elsewhere

    assert region.expiry(budget=always).skipped == skipped
    assert states(region)["lo-grown"] is left


@pytest.mark.rule("D37")
def test_the_other_side_will_be_told() -> None:
    """Each expired signal waits for its reconcile, and nothing finds it any more."""
    region = with_overdue()

    region.expiry(budget=always)

    assert set(region.storage.state.pending) == {signal.id for signal in OVERDUE}
    assert {holder for held in region.storage.state.keys.values() for holder in held} == {"lo-today"}


@pytest.mark.rule("D39")
def test_expiry_is_an_act_of_the_index_itself() -> None:
    """No professional did it."""
    region = with_overdue()

    region.expiry(budget=always)

    entries = region.storage.state.audit.values()
    assert {(entry.act, entry.organisation_id, entry.resource) for entry in entries} == {
        (Act.SIGNAL_EXPIRED, SYSTEM, "lo-plan"),
        (Act.SIGNAL_EXPIRED, SYSTEM, "lo-long"),
        (Act.SIGNAL_ERASED, SYSTEM, "lo-grown"),
    }


@pytest.mark.rule("D38")
def test_the_days_report_adds_up_over_its_runs() -> None:
    """Each run adds what it did."""
    region = with_overdue()
    region.expiry(budget=always)
    late = make_signal("lo-late", ends_on=date(2026, 11, 19))
    region.storage.state.signals[late.id] = late

    region.expiry(budget=always)

    assert region.storage.state.reports == {
        "run#expire#2026-11-22": {
            "plannedEnd": 2,
            "twoYears": 1,
            "age": 1,
            "skipped": 0,
            "failed": 0,
            "cursor": "",
        }
    }


def test_a_second_run_finds_nothing_to_do() -> None:
    """Running twice is running once."""
    region = with_overdue()
    region.expiry(budget=always)
    after_one = dict(region.storage.state.signals)

    assert region.expiry(budget=always) == ExpiryReport()
    assert region.storage.state.signals == after_one


def test_a_run_without_time_does_nothing_and_says_so() -> None:
    """It is not complete."""
    region = with_overdue()

    assert region.expiry(budget=lambda: False) == ExpiryReport(complete=False)
    assert set(states(region).values()) == {SignalState.ACTIVE}


def test_an_interrupted_run_is_taken_up_by_the_next() -> None:
    """Within a page, which is seen again from its beginning."""
    region = with_overdue()

    first = region.expiry(budget=only(2))
    second = region.expiry(budget=always)

    assert (sum(first.ended.values()), first.complete) == (1, False)
    assert (sum(second.ended.values()), second.complete) == (2, True)


def test_the_next_run_goes_on_after_the_pages_that_were_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that signals that fail at the front never keep the rest from its turn."""
    monkeypatch.setattr(expire, "PAGE", 1)
    region = with_overdue()
    region.storage.state.before = _refuse_first(region, "lo-plan")

    first = region.expiry(budget=only(2))
    cursor = region.storage.state.reports["run#expire#2026-11-22"]["cursor"]
    second = region.expiry(budget=always)
    third = region.expiry(budget=always)

    assert (first.failed, first.complete, cursor) == (("lo-plan",), False, "2026-11-20#lo-plan")
    assert (dict(second.ended), second.complete) == ({"twoYears": 1, "age": 1}, True)
    assert dict(third.ended) == {"plannedEnd": 1}


def test_one_that_fails_does_not_stop_the_others() -> None:
    """It is counted, and tried again by the next run."""
    region = with_overdue()
    region.storage.state.before = _refuse_first(region, "lo-plan")

    report = region.expiry(budget=always)

    assert report == ExpiryReport(ended={"twoYears": 1, "age": 1}, failed=("lo-plan",))
    assert region.storage.state.reports["run#expire#2026-11-22"]["failed"] == 1
    assert region.expiry(budget=always) == ExpiryReport(ended={"plannedEnd": 1})


def test_a_list_that_lags_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each signal is read again before it is ended."""
    region = with_overdue()
    listed = region.storage.signals.overdue(date(2026, 11, 22), limit=10, after=None)
    region.storage.state.signals["lo-plan"] = replace(PLAN_PAST, ends_on=date(2027, 1, 1))
    del region.storage.state.signals["lo-long"]
    monkeypatch.setattr(type(region.storage.signals), "overdue", lambda self, today, *, limit, after: listed)

    assert region.expiry(budget=always) == ExpiryReport(ended={"age": 1}, skipped=2)


def test_a_signal_that_somebody_ends_meanwhile_is_skipped() -> None:
    """Both wanted the same."""
    region = with_overdue()
    once = iter(["another process comes in between"])

    def ended_elsewhere(operation: str) -> None:
        if operation == "signals.change" and next(once, None):
            region.storage.state.signals["lo-plan"] = replace(PLAN_PAST, revision=2)

    region.storage.state.before = ended_elsewhere

    assert region.expiry(budget=always) == ExpiryReport(ended={"twoYears": 1, "age": 1}, skipped=1)


def test_two_runs_at_once_are_one() -> None:
    """The second leaves it to the first."""
    region = with_overdue()
    now = region.clock.now()
    region.storage.leases.acquire("job#expire", "another", now=now, until=now + timedelta(minutes=16))

    assert region.expiry(budget=always) == ExpiryReport(complete=False)
    assert region.storage.state.reports == {}


def test_a_run_that_breaks_off_leaves_room_for_the_next() -> None:
    """Its lease is given back."""
    region = with_overdue()
    faults = iter([StorageBusy()])

    def list_is_busy(operation: str) -> None:
        fault = next(faults, None) if operation == "signals.overdue" else None
        if fault is not None:
            raise fault

    region.storage.state.before = list_is_busy

    with pytest.raises(StorageBusy):
        region.expiry(budget=always)
    assert region.expiry(budget=always) == ExpiryReport(ended=ENDED)


@pytest.mark.rule("D1")
def test_someone_born_on_leap_day_is_23_on_the_first_of_march() -> None:
    """In a year without a 29 February the whole of the 28th still counts."""
    region = Region()
    region.clock.moment = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
    youth = make_youth(birth_date=PartialDate(2004, 2, 29))
    given = region.give(make_request(youth=youth, planned_end_date=date(2027, 7, 31)))

    region.clock.moment = datetime(2027, 2, 28, 22, 59, tzinfo=UTC)
    assert region.expiry(budget=always).ended == {}

    region.clock.moment = datetime(2027, 2, 28, 23, 0, tzinfo=UTC)
    assert region.expiry(budget=always).ended == {"age": 1}
    with pytest.raises(SignalErased):
        region.reading.one(make_caller(), given.signal.id)


def _refuse_first(region: Region, signal_id: str) -> Callable[[str], None]:
    """The store is busy the first time that a signal is changed, if it is that one's turn."""
    once = iter([StorageBusy()])

    def busy(operation: str) -> None:
        first_in_line = region.storage.state.signals[signal_id].state is SignalState.ACTIVE
        fault = next(once, None) if operation == "signals.change" and first_in_line else None
        if fault is not None:
            raise fault

    return busy
