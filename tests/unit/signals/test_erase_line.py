"""Erasing reaches the whole line of renewals: to the family that is one signal (D7, D33, D35, D38)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest

from chalicelib.domain.audit import Act, IndexItself
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.errors import SignalAlreadyEnded, SignalErased, SignalNotFound
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.request import RenewalRequest
from tests.builders import make_organisation
from tests.signal_requests import Region, make_caller, make_request

pytestmark = [pytest.mark.rule("D7"), pytest.mark.rule("D33"), pytest.mark.rule("D38")]

ERASED = SignalState.ERASED


def with_line(length: int = 3) -> tuple[Region, list[str]]:
    """A signal that was renewed, and renewed again; the ids, the first one first."""
    region = Region()
    line = [region.give(key="once").signal.id]
    for _ in range(length - 1):
        line.append(renewed(region, line[-1]).id)
    return region, line


def renewed(region: Region, signal_id: str) -> Signal:
    """What took the place of a signal, a week later."""
    region.clock.advance(timedelta(days=7))
    wanted = RenewalRequest(planned_end_date=date(2028, 7, 31), informed=None, reference=None)
    return region.renewing(make_caller(), signal_id, wanted).signal


def erasing(region: Region) -> EraseSignal:
    """Erasing in this region."""
    return EraseSignal(storage=region.storage, names=region.names, clock=region.clock)


def erase(region: Region, signal_id: str) -> ErasureCertificate:
    """Have a right granted."""
    return erasing(region)(signal_id, ErasureGround.RIGHT, IndexItself())


def states(region: Region, line: list[str]) -> list[SignalState]:
    """What became of each."""
    return [region.storage.state.signals[one].state for one in line]


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_whichever_is_erased_all_of_its_line_are(asked: int) -> None:
    """No record, and no reference of the organisation's own, is left of any."""
    region, line = with_line()

    erase(region, line[asked])

    assert states(region, line) == [ERASED, ERASED, ERASED]
    assert {region.storage.state.signals[one].reference for one in line} == {""}


def test_each_has_a_certificate_that_names_the_others() -> None:
    """So that either leads to all of what went."""
    region, line = with_line()

    told = erase(region, line[2])

    held = [region.storage.erasures.get(one) for one in line]
    assert [one.line if one is not None else None for one in held] == [
        frozenset(line) - {one} for one in line
    ]
    assert told == held[2]
    assert [one.ground if one is not None else None for one in held] == [ErasureGround.RIGHT] * 3


def test_the_request_that_gave_the_first_of_it_is_answered_no_more() -> None:
    """A late repeat under its key hears that it was erased, and renders nothing anew."""
    region, line = with_line(2)

    erase(region, line[1])

    region.clock.advance(timedelta(days=-7))
    with pytest.raises(SignalErased):
        region.give(make_request(), key="once")


def test_an_erasure_that_stops_half_way_is_gone_on_with() -> None:
    """The first of the line go first, so that the one asked for is erased only when they are."""
    region, line = with_line()
    writes = iter(range(9))

    def fail_at_the_third(operation: str) -> None:
        if operation == "signals.change" and next(writes) == 2:
            raise StorageBusy("in between")

    region.storage.state.before = fail_at_the_third
    with pytest.raises(StorageBusy):
        erase(region, line[2])
    assert states(region, line) == [ERASED, ERASED, SignalState.ACTIVE]

    erase(region, line[2])

    assert states(region, line) == [ERASED, ERASED, ERASED]


def test_what_renews_it_in_the_meantime_is_erased_too() -> None:
    """Whoever is quicker cannot carry the record away."""
    region, line = with_line(1)
    quicker = renews_once(region, line)

    region.storage.state.before = lambda operation: next(quicker) if operation == "signals.change" else None
    erase(region, line[0])

    assert len(line) == 2
    assert states(region, line) == [ERASED, ERASED]


def renews_once(region: Region, line: list[str]) -> Iterator[None]:
    """Somebody renews the signal just before the first write."""
    line.append(renewed(region, line[0]).id)
    while True:
        yield


@pytest.mark.rule("D35")
def test_what_was_renewed_goes_with_the_one_that_is_retracted() -> None:
    """It was wrongly made; what it took over was so too. The trail says each, for the ledger (D38)."""
    region, line = with_line()

    region.ending.retract(make_caller(), line[2])

    assert states(region, line) == [ERASED, ERASED, SignalState.RETRACTED]
    held = region.storage.erasures.get(line[0])
    assert held is not None
    assert (held.ground, held.line) == (ErasureGround.RETRACTED, frozenset(line[1:]))
    assert region.storage.state.erasures[line[2]].line == frozenset(line[:2])
    erased = [one.resource for one in region.storage.state.audit.values() if one.act is Act.SIGNAL_ERASED]
    assert erased == line[:2]


@pytest.mark.rule("D35")
@pytest.mark.parametrize("missing", [1, 2])
def test_no_signal_is_retracted_while_something_of_what_it_renewed_is_left(missing: int) -> None:
    """A process that ends in between leaves it running, so that whoever asked asks again."""
    region, line = with_line()
    region.storage.state.before = fails_at(3 - missing)
    with pytest.raises(StorageBusy):
        region.ending.retract(make_caller(), line[2])
    region.storage.state.before = lambda _: None
    half_way = states(region, line)

    region.ending.retract(make_caller(), line[2])

    assert half_way[-missing:] == [SignalState.CLOSED, SignalState.ACTIVE][-missing:]
    assert states(region, line) == [ERASED, ERASED, SignalState.RETRACTED]


@pytest.mark.rule("D35")
def test_repeating_a_retraction_erases_what_an_earlier_one_left() -> None:
    """The answer got lost before anybody knew of the signals that were renewed."""
    region, line = with_line(2)
    held = region.storage.state.signals[line[1]]
    region.storage.state.signals[line[1]] = replace(
        held, state=SignalState.RETRACTED, youth=None, keys=frozenset()
    )

    region.ending.retract(make_caller(), line[1])

    assert states(region, line) == [ERASED, SignalState.RETRACTED]


@pytest.mark.rule("D34")
def test_a_retraction_that_is_refused_erases_nothing() -> None:
    """Neither of a signal that ended otherwise, nor for somebody else."""
    region, line = with_line(2)
    with pytest.raises(SignalNotFound):
        region.ending.retract(make_caller(make_organisation("ggd")), line[1])
    region.ending.close(make_caller(), line[1])

    with pytest.raises(SignalAlreadyEnded):
        region.ending.retract(make_caller(), line[1])

    assert states(region, line) == [SignalState.CLOSED, SignalState.CLOSED]


def fails_at(nth: int) -> Callable[[str], None]:
    """The process ends just before it writes a signal the nth time, counted from 1."""
    writes = count(1)

    def before(operation: str) -> None:
        if operation == "signals.change" and next(writes) == nth:
            raise StorageBusy("stopped")

    return before


@pytest.mark.rule("D35")
def test_closing_leaves_what_was_renewed_as_it_is() -> None:
    """It holds nothing of the youth, and its organisation sees how it went on."""
    region, line = with_line(2)

    region.ending.close(make_caller(), line[1])

    assert states(region, line) == [SignalState.CLOSED, SignalState.CLOSED]
    before = region.storage.state.signals[line[0]]
    assert before == replace(before, youth=None, renewed_by=line[1])
