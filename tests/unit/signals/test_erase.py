"""Erasing a signal: what is left of it, what its certificate says, and what becomes of who asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act, IndexItself
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.errors import SignalErased, SignalNotFound
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.signals.erase import EraseSignal
from tests.builders import TODAY
from tests.signal_requests import Region, make_caller, make_request
from tests.unit.signals.test_change import youth_with

pytestmark = [pytest.mark.rule("D33"), pytest.mark.rule("D38")]


def erasing(region: Region) -> EraseSignal:
    """Erasing in this region."""
    return EraseSignal(storage=region.storage, names=region.names, clock=region.clock)


def erase(region: Region, signal: Signal, ground: ErasureGround = ErasureGround.RIGHT) -> ErasureCertificate:
    """Have the index erase a signal."""
    return erasing(region)(signal.id, ground, IndexItself())


def test_an_erased_signal_is_an_id_and_its_dates() -> None:
    """No record, no key, no reference, no hash; its reference is free."""
    region = Region()
    signal = region.give().signal

    erase(region, signal)

    state = region.storage.state
    assert state.signals[signal.id] == replace(
        signal,
        state=SignalState.ERASED,
        revision=2,
        ended_at=region.clock.now(),
        reference="",
        planned_end_date=TODAY,
        ends_on=TODAY,
        digest="",
        keys=frozenset(),
        informed=None,
        youth=None,
        pseudonym=None,
        inform_by=None,
    )
    assert not any(state.keys.values())
    assert set(state.names) == {f"signal-number#{signal.number}"}


def test_the_certificate_says_what_went_and_until_when_a_backup_has_it() -> None:
    """Counts and ids only; the trail knows whose it was by the pseudonym."""
    region = Region()
    signal = region.give().signal
    region.clock.advance(timedelta(days=3))

    certificate = erase(region, signal)

    now = region.clock.now()
    assert certificate == ErasureCertificate(
        signal_id=signal.id,
        organisation_id="school",
        ground=ErasureGround.RIGHT,
        erased_at=now,
        backup_until=now + timedelta(days=35),
        counts={"personRecords": 1, "keys": len(signal.keys), "references": 1},
    )
    assert region.storage.erasures.get(signal.id) == certificate
    entry = list(region.storage.state.audit.values())[-1]
    assert (entry.act, entry.resource, entry.youth) == (Act.SIGNAL_ERASED, signal.id, signal.pseudonym)


def test_erasing_again_changes_nothing() -> None:
    """The first certificate is the certificate."""
    region = Region()
    signal = region.give().signal
    first = erase(region, signal)
    region.clock.advance(timedelta(days=1))

    assert erase(region, signal, ErasureGround.DEATH) == first
    assert region.storage.state.signals[signal.id].revision == 2


def test_a_certificate_that_is_kept_no_longer_is_not_made_anew() -> None:
    """The signal stays what it is: erased."""
    region = Region()
    signal = region.give().signal
    erase(region, signal)
    region.clock.advance(timedelta(days=6 * 365))

    with pytest.raises(SignalErased):
        erase(region, signal)


def test_a_record_that_does_not_open_is_erased_all_the_same() -> None:
    """Nobody need read what goes, and its certificate counts it."""
    region = Region()
    signal = region.give().signal
    broken = ["signals.get"]

    def break_seal(operation: str) -> None:
        if operation in broken:
            raise SealBroken

    region.storage.state.before = break_seal
    certificate = erase(region, signal)

    broken.clear()
    assert region.storage.state.signals[signal.id].state is SignalState.ERASED
    assert certificate.counts == {"personRecords": 1, "keys": len(signal.keys), "references": 1}


@pytest.mark.parametrize("ended", ["close", "retract"])
def test_a_signal_that_ended_is_erased_too(ended: str) -> None:
    """Whatever it still keeps; its reference may be another's by now, and stays that one's."""
    region = Region()
    signal = region.give().signal
    getattr(region.ending, ended)(make_caller(), signal.id)
    again = region.give().signal

    certificate = erase(region, signal)

    assert region.storage.state.signals[signal.id].state is SignalState.ERASED
    assert certificate.counts.get("references", 0) == (ended == "retract")  # by the retraction, once
    assert region.storage.state.names[f"reference#school#{again.reference}"].target == again.id


def test_a_right_after_a_retraction_keeps_what_the_first_certificate_says() -> None:
    """What went then has gone; the rest is looked at anew."""
    region = Region()
    signal = region.give().signal
    region.ending.retract(make_caller(), signal.id)
    first = region.storage.state.erasures[signal.id].with_gone("matches", 1, "lo-m1")
    region.storage.erasures.save(replace(first, completed_at=region.clock.now()))
    region.clock.advance(timedelta(days=3))

    second = erase(region, signal)

    assert (second.ground, second.erased_at) == (ErasureGround.RIGHT, region.clock.now())
    assert (second.counts, second.pairs) == (first.counts, frozenset({"lo-m1"}))
    assert second.completed_at is None
    assert region.storage.erasures.unfinished(limit=10) == (signal.id,)


@pytest.mark.rule("D34")
def test_a_death_erases_as_a_right_does() -> None:
    """Only the ground is another."""
    region = Region()

    certificate = erase(region, region.give().signal, ErasureGround.DEATH)

    assert certificate.ground is ErasureGround.DEATH
    assert region.storage.state.signals[certificate.signal_id].state is SignalState.ERASED


def test_what_is_not_there_is_not_erased() -> None:
    """No signal, no certificate."""
    region = Region()

    with pytest.raises(SignalNotFound):
        erasing(region)("lo-nobody", ErasureGround.RIGHT, IndexItself())


def test_a_signal_that_keeps_changing_is_left_alone() -> None:
    """Whoever asked may try again."""
    region = Region()
    signal = region.give().signal

    def revise(operation: str) -> None:
        if operation == "signals.change":
            held = region.storage.state.signals[signal.id]
            region.storage.state.signals[signal.id] = replace(held, revision=held.revision + 1)

    region.storage.state.before = revise
    with pytest.raises(StorageBusy):
        erase(region, signal)
    assert region.storage.state.erasures == {}


ASKS: dict[str, Callable[[Region, str], object]] = {
    "read": lambda region, one: region.reading.one(make_caller(), one),
    "close": lambda region, one: region.ending.close(make_caller(), one),
    "retract": lambda region, one: region.ending.retract(make_caller(), one),
    "change": lambda region, one: region.changing(make_caller(), one, youth_with(surname="Bakker"), None),
}


@pytest.mark.parametrize("asked", sorted(ASKS))
def test_nothing_can_be_asked_of_an_erased_signal(asked: str) -> None:
    """Its organisation hears that it is gone, whatever it asks."""
    region = Region()
    signal = region.give().signal
    erase(region, signal)

    with pytest.raises(SignalErased):
        ASKS[asked](region, signal.id)


def test_an_erased_signal_is_in_no_list() -> None:
    """The others are."""
    region = Region()
    erase(region, region.give().signal)
    other = region.give(make_request(reference="another")).signal

    page = region.reading.page(make_caller(), state=None, reference=None, limit=10, cursor=None)

    assert [item.signal.id for item in page.items] == [other.id]


def test_a_late_repeat_of_a_request_is_told_that_its_signal_is_gone() -> None:
    """An answer is rendered anew from what is there, and nothing is."""
    region = Region()
    signal = region.give(key="key-1").signal
    erase(region, signal)

    with pytest.raises(SignalErased):
        region.give(key="key-1")
