"""Carrying out stops anywhere and goes on: what was decided is done, once (D33)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from chalicelib.domain.rights import Measure, RequestKind, RequestState
from chalicelib.domain.signal import SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.rights.rulings import GivenMeasure
from tests.unit.rights.office import HANDLER, Office, granted, make_new, refused
from tests.unit.rights.test_requests import Renamed

pytestmark = pytest.mark.rule("D33")
WRITES = frozenset({"signals.change", "rights.commit"})


@dataclass(slots=True)
class Trouble:
    """Fails one write, before or after it was done, and lets all later ones pass."""

    at: int
    error: Callable[[str], Exception] = StorageBusy
    seen: int = 0

    def __call__(self, operation: str) -> None:
        """Count a write, and fail when it is its turn."""
        if operation in WRITES:
            self.seen += 1
            if self.seen == self.at:
                raise self.error("in between")


def decision(kind: RequestKind) -> tuple[GivenMeasure, ...]:
    """Something else about each of the two signals."""
    if kind is RequestKind.RECTIFICATION:
        return (
            GivenMeasure(signal_id="lo-1", measure=Measure.CORRECTED, edit=Renamed()),
            GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED),
        )
    return (
        GivenMeasure(signal_id="lo-1", measure=Measure.ERASED),
        GivenMeasure(signal_id="lo-2", measure=Measure.CLOSED),
    )


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", [RequestKind.RECTIFICATION, RequestKind.OBJECTION])
def test_a_decision_is_carried_out_whichever_write_fails(kind: RequestKind, when: str) -> None:
    """A repeat of it goes on where it stopped, and nothing is done twice."""
    for at in range(1, 12):
        office = Office()
        request = office.filed(kind, hides=True)
        trouble = Trouble(at)
        setattr(office.state, when, trouble)
        given = granted(*decision(kind))

        with_trouble = 0
        over = request
        while over.state is not RequestState.DONE and with_trouble < 3:
            try:
                over = office.decide(HANDLER, request.id, given, None)
            except StorageBusy:
                with_trouble += 1

        first = SignalState.ACTIVE if kind is RequestKind.RECTIFICATION else SignalState.ERASED
        assert over.state is RequestState.DONE
        assert (office.signal("lo-1").state, office.signal("lo-2").state) == (first, SignalState.CLOSED)
        assert all(one.carried_out and not one.hidden for one in over.concerned)
        if trouble.seen < at:
            break
    else:
        pytest.fail("there were more writes than were failed")


def test_filing_that_stops_half_way_is_gone_on_with() -> None:
    """By whoever carries out next: the agenda names it at once."""
    office = Office()
    office.state.after = Trouble(1)

    with pytest.raises(StorageBusy):
        office.file(HANDLER, make_new(hides=True))
    (request,) = office.state.requests.values()
    assert office.world.storage.rights.agenda(
        request.received_on, is_open=True, limit=9, after=None
    ).items == (request.id,)

    done = office.carry_out(request)

    assert [one.asked_at is not None for one in done.concerned] == [True, True]
    assert office.signal("lo-1").state is SignalState.RESTRICTED
    assert done.agenda_on > request.agenda_on


def test_who_carries_out_beside_another_reads_again() -> None:
    """Two at once do it once."""
    office = Office()
    request = office.file(HANDLER, make_new())
    undone = replace(
        request, concerned=tuple(replace(one, to_ask=True, asked_at=None) for one in request.concerned)
    )

    assert office.carry_out(replace(undone, revision=request.revision - 1)) == office.request(request.id)


def test_who_never_gets_a_turn_is_told_to_come_back() -> None:
    """What was done is not done again."""
    office = Office()
    request = office.filed()
    office.state.before = Trouble(0)

    def always(operation: str) -> None:
        if operation == "rights.commit":
            raise Stale("again")

    office.state.before = always

    with pytest.raises(StorageBusy):
        office.change.hide(HANDLER, request.id, None)


def test_who_is_slow_hides_nothing_that_was_decided_on_since() -> None:
    """Else a signal would stay hidden for ever, and no request would know."""
    office = Office()
    _meanwhile(office, lambda one: office.decide(HANDLER, one, refused(), None))

    done = office.file(HANDLER, make_new(hides=True))

    assert done.state is RequestState.DONE
    assert [office.signal(one).state for one in ("lo-1", "lo-2")] == [SignalState.ACTIVE] * 2
    assert not office.signal("lo-1").restricted_by


def test_who_is_slow_brings_back_nothing_that_is_to_be_hidden_again() -> None:
    """The last word on hiding counts, whoever writes last."""
    office = Office()
    request = office.filed(hides=True)
    _meanwhile(office, lambda one: office.change.hide(HANDLER, one, None))

    office.change.bring_back(HANDLER, request.id, None)

    assert [office.signal(one).state for one in ("lo-1", "lo-2")] == [SignalState.RESTRICTED] * 2
    assert all(one.hidden for one in office.request(request.id).concerned)


def test_what_was_hidden_and_not_yet_noted_is_brought_back_by_the_decision() -> None:
    """The process that hid it stopped before it could write that down."""
    office = Office()
    office.state.after = Trouble(3)  # the request, that its questions were asked, the first signal

    with pytest.raises(StorageBusy):
        office.file(HANDLER, make_new(hides=True))
    (request,) = office.state.requests.values()
    assert office.signal("lo-1").state is SignalState.RESTRICTED
    assert not request.concerned[0].hidden
    office.state.after = Trouble(0)
    office.decide(HANDLER, request.id, refused(), None)

    assert office.signal("lo-1").state is SignalState.ACTIVE


def _meanwhile(office: Office, act: Callable[[str], object]) -> None:
    """Have somebody else act on the one request just before a signal is first written."""

    def before(operation: str) -> None:
        if operation == "signals.change":
            office.state.before = lambda _: None
            act(next(iter(office.state.requests)))

    office.state.before = before
