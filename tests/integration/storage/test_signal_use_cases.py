"""The life of signals by their use cases, over the real stores as in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import IdempotencyMismatch, ReferenceInUse, SignalAlreadyEnded, SignalErased
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import PartialDate
from chalicelib.security.cursors import Cursors
from chalicelib.signals.end import EndSignal
from chalicelib.signals.expire import ExpireSignals
from chalicelib.signals.expiry_report import ExpiryReport
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.read import ReadSignals
from chalicelib.signals.request import GivenSignal, SignalRequest
from tests.builders import TODAY, make_youth
from tests.fakes import FakeHasher, FakeNames, FakePseudonyms
from tests.signal_requests import archiving_of, make_caller, make_request

if TYPE_CHECKING:
    from tests.integration.storage.conftest import Region

CALLER = make_caller()


@dataclass(frozen=True, slots=True)
class School:
    """What the school's system can do, over one region's stores."""

    region: Region
    names: FakeNames

    def give(self, request: SignalRequest, key: str | None = None) -> GivenSignal:
        """Give a signal."""
        use_case = GiveSignal(
            storage=self.region.storage,
            hasher=FakeHasher(),
            pseudonyms=FakePseudonyms(),
            names=self.names,
            clock=self.region.clock,
        )
        return use_case(CALLER, request, key)

    @property
    def ending(self) -> EndSignal:
        """Close and retract."""
        storage = self.region.storage
        return EndSignal(
            storage=storage, names=self.names, clock=self.region.clock, archiving=archiving_of(storage)
        )

    @property
    def reading(self) -> ReadSignals:
        """Read its own."""
        cursors = Cursors(FakePseudonyms())
        return ReadSignals(
            storage=self.region.storage, cursors=cursors, names=self.names, clock=self.region.clock
        )

    def expire(self) -> ExpiryReport:
        """The scheduled run."""
        storage = self.region.storage
        use_case = ExpireSignals(
            storage=storage, names=self.names, clock=self.region.clock, archiving=archiving_of(storage)
        )
        return use_case(budget=lambda: True)


@pytest.fixture
def school(region: Region) -> School:
    """The school, in a region without any rows."""
    return School(region, FakeNames())


def test_a_given_signal_reads_back_as_it_was_answered(school: School) -> None:
    """Person record, keys, professional and all."""
    given = school.give(make_request())

    assert school.reading.one(CALLER, given.signal.id).signal == given.signal


def test_a_replay_is_known_before_its_reference_is(school: School) -> None:
    """Both names are taken; the request's own key says that it is the same request."""
    given = school.give(make_request(), "3f1c")

    assert school.give(make_request(), "3f1c") == given
    assert school.give(make_request(), "other") == replace(given, created=False)
    with pytest.raises(IdempotencyMismatch):
        school.give(make_request(reference="another"), "3f1c")
    with pytest.raises(ReferenceInUse):
        school.give(make_request(planned_end_date=date(2027, 8, 1)))


def test_a_key_is_free_again_after_a_day(school: School) -> None:
    """Its row may still be there: its own time is what counts."""
    school.give(make_request(), "3f1c")
    school.region.clock.advance(timedelta(hours=24))

    assert school.give(make_request(reference="another"), "3f1c").created


@pytest.mark.parametrize("end", ["close", "retract"])
def test_an_ended_signal_is_found_by_nothing_and_frees_its_reference(school: School, end: str) -> None:
    """Its keys go, and the next signal takes its name."""
    given = school.give(make_request())
    ended = getattr(school.ending, end)(CALLER, given.signal.id)

    holders = school.region.storage.signals.holders(given.signal.keys)
    assert {holder for held in holders.values() for holder in held} == set()
    assert school.reading.one(CALLER, given.signal.id).signal == shown(ended.signal)
    assert getattr(school.ending, end)(CALLER, given.signal.id) == ended
    assert school.give(make_request()).created
    assert (ended.signal.youth is None) is (end == "retract")


def shown(signal: Signal) -> Signal:
    """What its organisation sees of an ended signal: nothing that the archive keeps (D36)."""
    return replace(signal, youth=None, informed=None, archived=None)


def test_what_is_over_expires_and_is_over_before_it_does(school: School) -> None:
    """The three limits, told apart in the report."""
    planned = school.give(make_request(reference="planned", planned_end_date=TODAY))
    grown = make_youth(birth_date=PartialDate(2003, 11, 23))
    aged = school.give(make_request(reference="aged", youth=grown))
    stays = school.give(make_request(reference="stays"))
    school.region.clock.advance(timedelta(days=1))

    before = [school.reading.one(CALLER, one.signal.id).signal for one in (planned, aged, stays)]
    with pytest.raises(SignalAlreadyEnded):
        school.ending.close(CALLER, planned.signal.id)
    assert school.expire() == ExpiryReport(ended={"plannedEnd": 1, "age": 1})
    after = [school.reading.one(CALLER, one.signal.id).signal for one in (planned, stays)]

    assert [before[0], before[2]] == after
    assert [one.state for one in before] == [SignalState.EXPIRED, SignalState.EXPIRED, SignalState.ACTIVE]
    assert [one.youth is None for one in before] == [True, True, False]
    with pytest.raises(SignalErased):
        school.reading.one(CALLER, aged.signal.id)
    assert school.expire() == ExpiryReport()


def test_an_overdue_holder_makes_way_for_a_new_signal(school: School) -> None:
    """Though the expiry run has yet to come."""
    old = school.give(make_request(planned_end_date=TODAY))
    school.region.clock.advance(timedelta(days=1))

    assert school.give(make_request()).created
    assert school.reading.one(CALLER, old.signal.id).signal.state is SignalState.EXPIRED


def test_pages_show_every_signal_once(school: School) -> None:
    """From new to old."""
    for reference in ("a", "b", "c", "d", "e"):
        school.give(make_request(reference=reference))
        school.region.clock.advance(timedelta(seconds=1))

    seen, cursor = [], None
    while True:
        page = school.reading.page(CALLER, state=None, reference=None, limit=2, cursor=cursor)
        seen += [item.signal.reference for item in page.items]
        cursor = page.cursor
        if cursor is None:
            break

    assert seen == ["e", "d", "c", "b", "a"]
