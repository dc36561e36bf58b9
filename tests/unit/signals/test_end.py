"""Closing and retracting a signal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.errors import CardMissing, SignalAlreadyEnded, SignalNotFound
from chalicelib.domain.signal import Archived, IndexKey, SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import PendingWork
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.index_keys import keys_for_archive
from chalicelib.signals.request import OwnSignal
from tests.builders import TODAY, make_organisation, make_youth
from tests.signal_requests import Region, make_caller, make_request

LATER = timedelta(hours=1)


def _archive_keys(region: Region) -> frozenset[IndexKey]:
    return keys_for_archive(make_youth(), region.hasher, (FIRST_KEYSET,))


@pytest.mark.rule("D34")
def test_a_closed_signal_is_found_by_nothing_and_keeps_its_record() -> None:
    """The record is for the archive alone; the next reconcile tells the others."""
    region = Region()
    given = region.give()
    region.clock.advance(LATER)

    closed = region.ending.close(make_caller(professional_id="staff-9"), given.signal.id)

    state = region.storage.state
    expected = replace(
        given.signal,
        state=SignalState.CLOSED,
        revision=2,
        ended_at=region.clock.now(),
        inform_by=None,
        keys=frozenset(),
        archived=Archived(_archive_keys(region), date(2031, 11, 22)),
    )
    assert closed == OwnSignal(signal=expected, professional=given.professional)
    assert state.signals[expected.id] == expected
    assert not any(state.keys.values())
    assert state.pending[expected.id] == PendingWork(
        signal_id=expected.id, revision=2, since=region.clock.now()
    )
    assert [(entry.act, entry.professional_id) for entry in state.audit.values()] == [
        (Act.SIGNAL_GIVEN, "staff-17"),
        (Act.SIGNAL_CLOSED, "staff-9"),
    ]


@pytest.mark.rule("D35")
def test_a_retracted_signal_leaves_nothing_of_the_person() -> None:
    """It was wrongly made: no record, no hash, no reference, no day that a birthday follows from."""
    region = Region()
    given = region.give()

    retracted = region.ending.retract(make_caller(), given.signal.id).signal

    assert retracted == replace(
        given.signal,
        state=SignalState.RETRACTED,
        revision=2,
        ended_at=region.clock.now(),
        inform_by=None,
        reference="",
        planned_end_date=TODAY,
        ends_on=TODAY,
        verdicts=frozenset(),
        keys=frozenset(),
        digest="",
        informed=None,
        youth=None,
        pseudonym=None,
    )
    assert region.storage.state.signals[retracted.id] == retracted
    assert [entry.act for entry in region.storage.state.audit.values()][1:] == [Act.SIGNAL_RETRACTED]


@pytest.mark.rule("D38")
def test_a_retraction_begins_a_certificate() -> None:
    """What names it by its id goes as that of an erased one does, once the others were told."""
    region = Region()
    given = region.give().signal
    region.clock.advance(LATER)

    region.ending.retract(make_caller(), given.id)

    now = region.clock.now()
    assert region.storage.erasures.get(given.id) == ErasureCertificate(
        signal_id=given.id,
        organisation_id="school",
        ground=ErasureGround.RETRACTED,
        erased_at=now,
        backup_until=now + timedelta(days=35),
        counts={"personRecords": 1, "keys": len(given.keys), "references": 1},
    )
    assert region.storage.erasures.unfinished(limit=10) == (given.id,)


@pytest.mark.rule("D38")
def test_retracting_again_leaves_the_certificate_as_it_is() -> None:
    """Also one that is complete: nothing of it is to be done again."""
    region = Region()
    given = region.give().signal
    region.ending.retract(make_caller(), given.id)
    complete = replace(region.storage.state.erasures[given.id], completed_at=region.clock.now())
    region.storage.erasures.save(complete)
    region.clock.advance(LATER)

    region.ending.retract(make_caller(), given.id)

    assert region.storage.erasures.get(given.id) == complete


def test_what_was_retracted_is_given_anew_under_its_reference() -> None:
    """It is free; the retracted one does not know it any more."""
    region = Region()
    given = region.give().signal
    region.ending.retract(make_caller(), given.id)

    again = region.give()

    assert (again.created, again.signal.reference) == (True, given.reference)
    assert region.storage.state.signals[given.id].reference == ""


@pytest.mark.rule("D38")
def test_a_closed_signal_has_no_certificate() -> None:
    """It is in the archive, and its organisation still knows it by its reference."""
    region = Region()
    given = region.give().signal

    closed = region.ending.close(make_caller(), given.id).signal

    assert closed.reference == given.reference
    assert region.storage.erasures.get(given.id) is None


def test_a_record_that_does_not_open_is_retracted_and_not_closed() -> None:
    """What goes need not be read; what the archive keeps has to be, and may yet be recovered."""
    region = Region()
    signal = region.give().signal

    def break_seal(operation: str) -> None:
        if operation == "signals.get":
            raise SealBroken

    region.storage.state.before = break_seal
    with pytest.raises(SealBroken):
        region.ending.close(make_caller(), signal.id)
    own = region.ending.retract(make_caller(), signal.id)

    held, certificate = region.storage.state.signals[signal.id], region.storage.erasures.get(signal.id)
    assert certificate is not None
    assert certificate.counts["personRecords"] == 1
    assert (own.signal.state, held.state) == (SignalState.RETRACTED, SignalState.RETRACTED)
    assert (held.youth, held.keys) == (None, frozenset())


@pytest.mark.rule("D34")
def test_a_record_that_does_not_open_is_retracted_past_its_last_day_too() -> None:
    """The run that ends others cannot end it; nothing else would take it out of the way."""
    region = Region()
    signal = region.give().signal
    region.clock.advance(timedelta(days=400))
    with pytest.raises(SignalAlreadyEnded):
        region.ending.retract(make_caller(), signal.id)

    def break_seal(operation: str) -> None:
        if operation == "signals.get":
            raise SealBroken

    region.storage.state.before = break_seal
    own = region.ending.retract(make_caller(), signal.id)

    assert own.signal.state is SignalState.RETRACTED
    assert region.storage.state.signals[signal.id].keys == frozenset()


def test_closing_again_answers_the_same() -> None:
    """And is logged as the reading that it is."""
    region = Region()
    given = region.give()
    first = region.ending.close(make_caller(), given.signal.id)
    region.clock.advance(LATER)

    again = region.ending.close(make_caller(), given.signal.id)

    assert again == first
    assert [entry.act for entry in region.storage.state.audit.values()][2:] == [Act.SIGNAL_READ]


def test_retracting_again_answers_the_same() -> None:
    """As closing does."""
    region = Region()
    given = region.give()

    first = region.ending.retract(make_caller(), given.signal.id)

    assert region.ending.retract(make_caller(), given.signal.id) == first


def test_what_was_closed_is_not_retracted() -> None:
    """A signal ends once."""
    region = Region()
    given = region.give()
    region.ending.close(make_caller(), given.signal.id)

    with pytest.raises(SignalAlreadyEnded) as refused:
        region.ending.retract(make_caller(), given.signal.id)

    assert refused.value.state is SignalState.CLOSED


def test_what_was_retracted_is_not_closed() -> None:
    """Nor the other way round."""
    region = Region()
    given = region.give()
    region.ending.retract(make_caller(), given.signal.id)

    with pytest.raises(SignalAlreadyEnded) as refused:
        region.ending.close(make_caller(), given.signal.id)

    assert refused.value.state is SignalState.RETRACTED


@pytest.mark.rule("D8")
def test_what_is_past_its_last_day_has_expired_run_or_no_run() -> None:
    """Closing comes too late."""
    region = Region()
    given = region.give(make_request(planned_end_date=region.clock.now().date()))
    region.clock.advance(timedelta(days=1))

    with pytest.raises(SignalAlreadyEnded) as refused:
        region.ending.close(make_caller(), given.signal.id)

    assert refused.value.state is SignalState.EXPIRED


@pytest.mark.parametrize("state", [SignalState.RESTRICTED, SignalState.ACTIVE])
def test_a_signal_ends_from_any_state_that_has_not_ended(state: SignalState) -> None:
    """A restricted signal can be closed as well (D33)."""
    region = Region()
    given = region.give()
    region.storage.state.signals[given.signal.id] = replace(given.signal, state=state)

    closed = region.ending.close(make_caller(), given.signal.id)

    assert closed.signal.state is SignalState.CLOSED


def test_another_organisations_signal_is_not_there() -> None:
    """Not even to be refused."""
    region = Region()
    given = region.give()

    with pytest.raises(SignalNotFound):
        region.ending.close(make_caller(make_organisation("care")), given.signal.id)

    assert region.storage.state.signals[given.signal.id] == given.signal


def test_an_unknown_signal_is_not_there() -> None:
    """Whatever it is called."""
    with pytest.raises(SignalNotFound):
        Region().ending.retract(make_caller(), "lo-unknown")


def test_a_change_that_comes_in_between_is_read_and_built_upon() -> None:
    """Two who close at once both get the answer of the first."""
    region = Region()
    given = region.give()
    once = iter(["the other process comes in between"])

    def closed_elsewhere(operation: str) -> None:
        if operation == "signals.change" and next(once, None):
            region.ending.close(make_caller(), given.signal.id)

    region.storage.state.before = closed_elsewhere

    closed = region.ending.close(make_caller(), given.signal.id)

    assert (closed.signal.state, closed.signal.revision) == (SignalState.CLOSED, 2)


def test_a_signal_that_keeps_changing_makes_the_store_busy() -> None:
    """After some attempts the caller is asked to come back."""
    region = Region()
    given = region.give()

    def always_stale(operation: str) -> None:
        if operation == "signals.change":
            raise Stale

    region.storage.state.before = always_stale

    with pytest.raises(StorageBusy):
        region.ending.close(make_caller(), given.signal.id)


@pytest.mark.parametrize("end", ["close", "retract"])
def test_without_the_card_of_who_holds_it_nothing_is_ended(end: str) -> None:
    """Who asks hears so before anything was done, and is served once the card was stored again."""
    region = Region()
    given = region.give()
    cards = dict(region.storage.state.professionals)
    region.storage.state.professionals.clear()

    with pytest.raises(CardMissing):
        getattr(region.ending, end)(make_caller(), given.signal.id)

    assert region.storage.state.signals[given.signal.id] == given.signal
    region.storage.state.professionals |= cards
    assert getattr(region.ending, end)(make_caller(), given.signal.id).signal.ended_at is not None
