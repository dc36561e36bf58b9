"""Giving a signal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import IdempotencyMismatch, ReferenceInUse, SignalNotFound, SignalRefused
from chalicelib.domain.organisation import Language, Professional
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import PartialDate, fold, match_keys
from chalicelib.ports.errors import AlreadyThere, NameTaken, StorageBusy
from chalicelib.ports.storage import PendingWork, UniqueName
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.pseudonym import youth_pseudonym
from tests.builders import NOW, keysets_in_use, make_organisation, make_professional, make_youth
from tests.fakes import FakePseudonyms
from tests.signal_requests import NEXT_KEYSET, Region, make_caller, make_card, make_request

FIRST_ID = "lo-00000000000000000000000000000001"
SECOND_ID = "lo-00000000000000000000000000000002"


def acts(region: Region) -> list[tuple[Act, str | None, str]]:
    """The audit trail: act, professional, resource."""
    entries = region.storage.state.audit.values()
    return [(entry.act, entry.professional_id, entry.resource) for entry in entries]


def test_a_given_signal_is_stored_as_it_is_answered() -> None:
    """With its keys, its pending reconcile, its professional and its audit entry."""
    region = Region()

    given = region.give()

    signal = Signal(
        id=FIRST_ID,
        number="S-2222-2223",
        organisation_id="school",
        professional_id="staff-17",
        reference="LVS-2026-00017",
        state=SignalState.ACTIVE,
        revision=1,
        created_at=NOW,
        planned_end_date=date(2027, 7, 31),
        ends_on=date(2027, 7, 31),
        ended_at=None,
        digest=given.signal.digest,
        keys=region.hasher.hashed(match_keys(fold(make_youth())), [FIRST_KEYSET]),
        informed=make_request().informed,
        youth=make_youth(),
        pseudonym=youth_pseudonym(make_youth(), FIRST_ID, FakePseudonyms()),
        inform_by=date(2026, 12, 20),
    )
    professional = Professional(
        organisation_id="school",
        id="staff-17",
        name="J. Jansen",
        function="Intern begeleider",
        site="De Regenboog",
        email="j.jansen@school.example",
        telephone="+31301234567",
        language=Language.DUTCH,
    )
    state = region.storage.state
    assert (given.signal, given.professional, given.created) == (signal, professional, True)
    assert state.signals == {FIRST_ID: signal}
    assert state.professionals == {"school#staff-17": professional}
    assert state.pending == {FIRST_ID: PendingWork(signal_id=FIRST_ID, revision=1, since=NOW)}
    assert acts(region) == [(Act.SIGNAL_GIVEN, "staff-17", FIRST_ID)]


def test_a_refused_signal_leaves_nothing() -> None:
    """Rules come before writing."""
    region = Region()

    with pytest.raises(SignalRefused):
        region.give(make_request(planned_end_date=date(2020, 1, 1)))

    assert region.storage.state.signals == {}
    assert region.storage.state.audit == {}


@pytest.mark.rule("D1")
def test_a_signal_ends_the_day_before_the_23rd_birthday() -> None:
    """Whatever was planned."""
    region = Region()
    youth = make_youth(birth_date=PartialDate(2004, 2, 29))

    given = region.give(make_request(youth=youth))

    assert given.signal.ends_on == date(2027, 2, 28)


@pytest.mark.rule("D7")
def test_the_day_of_giving_is_the_dutch_day() -> None:
    """Half past eleven at night in London is tomorrow in Amsterdam."""
    region = Region()
    region.clock.moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    with pytest.raises(SignalRefused):
        region.give(make_request(planned_end_date=date(2026, 11, 22)))


def test_keys_are_written_under_every_key_set_that_is_written() -> None:
    """So that a new secret can be brought in while the old one is still read."""
    region = Region()
    region.storage.state.keysets = keysets_in_use(FIRST_KEYSET, NEXT_KEYSET)

    given = region.give()

    assert given.signal.keys == region.hasher.hashed(
        match_keys(fold(make_youth())), [FIRST_KEYSET, NEXT_KEYSET]
    )


def test_who_acts_is_logged_when_the_system_says_so() -> None:
    """Else it is the professional whom the signal names."""
    region = Region()

    region.give(caller=make_caller(professional_id="secretary-2"))

    assert acts(region) == [(Act.SIGNAL_GIVEN, "secretary-2", FIRST_ID)]


def test_a_known_card_is_not_written_again() -> None:
    """And a changed one is."""
    region = Region()
    region.give()
    stored = region.storage.state.professionals["school#staff-17"]

    region.give(make_request(reference="second"))
    assert region.storage.state.professionals["school#staff-17"] is stored

    region.give(make_request(reference="third", professional=make_card(name="J. Jansen-Bakker")))
    assert region.storage.state.professionals["school#staff-17"].name == "J. Jansen-Bakker"


@pytest.mark.rule("D10")
def test_the_same_reference_and_content_answers_the_signal_that_is_there() -> None:
    """A system that sends twice gives one signal; the reading is logged."""
    region = Region()
    first = region.give()

    again = region.give()

    assert again == replace(first, created=False)
    assert list(region.storage.state.signals) == [FIRST_ID]
    assert acts(region)[1:] == [(Act.SIGNAL_READ, "staff-17", FIRST_ID)]


@pytest.mark.rule("D10")
def test_the_same_reference_with_other_content_is_refused() -> None:
    """A reference names one active signal."""
    region = Region()
    region.give()

    with pytest.raises(ReferenceInUse):
        region.give(make_request(planned_end_date=date(2027, 8, 1)))


def test_references_of_two_organisations_do_not_meet() -> None:
    """Each numbers its own files."""
    region = Region()
    region.give()
    care = make_organisation("care")
    request = make_request(professional=make_card(email="p@care.example"))

    given = region.give(request, caller=make_caller(care))

    assert given.created


def test_the_reference_of_an_ended_signal_is_free() -> None:
    """It names one active signal, not one forever."""
    region = Region()
    region.ending.close(make_caller(), region.give().signal.id)

    given = region.give()

    assert (given.created, given.signal.id) == (True, SECOND_ID)


@pytest.mark.rule("D8")
def test_a_holder_past_its_last_day_is_expired_on_the_spot() -> None:
    """The expiry run has yet to come, but the signal is over and so is its claim."""
    region = Region()
    region.give(make_request(planned_end_date=date(2026, 11, 22)))
    region.clock.advance(timedelta(days=1))

    given = region.give(make_request(planned_end_date=date(2026, 11, 30)))

    assert given.created
    assert region.storage.state.signals[FIRST_ID].state is SignalState.EXPIRED
    assert acts(region)[1:] == [
        (Act.SIGNAL_EXPIRED, None, FIRST_ID),
        (Act.SIGNAL_GIVEN, "staff-17", given.signal.id),
    ]


@pytest.mark.rule("D35")
def test_a_holder_that_came_of_age_is_erased_on_the_spot() -> None:
    """Whoever comes upon it first; nothing of it stays."""
    region = Region()
    region.give(make_request(youth=make_youth(birth_date=PartialDate(2003, 11, 23))))
    region.clock.advance(timedelta(days=1))

    given = region.give(make_request(planned_end_date=date(2026, 11, 30)))

    assert given.created
    assert region.storage.state.signals[FIRST_ID].state is SignalState.ERASED
    assert region.storage.state.erasures[FIRST_ID].ground is ErasureGround.AGE


def test_a_holder_that_another_process_ends_meanwhile_is_no_obstacle() -> None:
    """Its expiry fails as stale, for it has happened."""
    region = Region()
    region.give(make_request(planned_end_date=date(2026, 11, 22)))
    region.clock.advance(timedelta(days=1))
    once = iter(["the other process comes in between"])

    def ended_elsewhere(operation: str) -> None:
        if operation == "signals.change" and next(once, None):
            region.expiry(budget=lambda: True)

    region.storage.state.before = ended_elsewhere

    assert region.give(make_request(planned_end_date=date(2026, 11, 30))).created


def test_a_name_whose_holder_has_just_ended_is_tried_again() -> None:
    """Between being refused the name and reading its holder, that was closed."""
    region = Region()
    first = region.give()
    once = iter(["the other process comes in between"])

    def closed_elsewhere(operation: str) -> None:
        if operation == "signals.get" and next(once, None):
            region.ending.close(make_caller(), first.signal.id)

    region.storage.state.before = closed_elsewhere

    assert region.give(make_request(planned_end_date=date(2026, 11, 30))).created


@pytest.mark.rule("D10")
def test_a_replay_answers_what_was_answered() -> None:
    """Word for word, as a new signal, even when it was closed since."""
    region = Region()
    first = region.give(key="3f1c")
    region.ending.close(make_caller(), first.signal.id)

    again = region.give(key="3f1c")

    assert replace(again.signal, keys=first.signal.keys) == first.signal
    assert (again.professional, again.created) == (first.professional, True)
    assert list(region.storage.state.signals) == [first.signal.id]


@pytest.mark.rule("D10")
def test_a_replay_answers_of_a_retracted_signal_what_it_was_asked() -> None:
    """Its reference is the request's own: the index does not hold it any more."""
    region = Region()
    first = region.give(key="3f1c")
    region.ending.retract(make_caller(), first.signal.id)

    again = region.give(key="3f1c").signal

    asked = ("reference", "planned_end_date", "youth", "informed", "state")
    assert [getattr(again, one) for one in asked] == [getattr(first.signal, one) for one in asked]


def test_a_key_that_was_used_for_another_payload_is_refused() -> None:
    """Another reference makes it another payload."""
    region = Region()
    region.give(key="3f1c")

    with pytest.raises(IdempotencyMismatch):
        region.give(make_request(reference="another"), key="3f1c")


def test_keys_of_two_organisations_do_not_meet() -> None:
    """They are scoped to the organisation."""
    region = Region()
    region.give(key="1")
    request = make_request(professional=make_card(email="p@care.example"))

    assert region.give(request, caller=make_caller(make_organisation("care")), key="1").created


def test_a_key_is_forgotten_after_a_day() -> None:
    """Then it may come with another payload."""
    region = Region()
    region.give(key="3f1c")
    region.clock.advance(timedelta(hours=24))

    assert region.give(make_request(reference="another"), key="3f1c").created


def test_the_key_itself_is_not_stored() -> None:
    """It is whatever a system chose, a name perhaps."""
    region = Region()

    region.give(key="sebastiaan-van-der-meer")

    assert not any("sebastiaan" in name for name in region.storage.state.names)


def test_a_replay_of_a_signal_that_is_gone_finds_nothing() -> None:
    """An erased signal is not brought back by its key."""
    region = Region()
    region.give(key="3f1c")
    region.storage.state.signals.clear()

    with pytest.raises(SignalNotFound):
        region.give(key="3f1c")


def test_a_signal_number_that_exists_is_made_anew() -> None:
    """Chance may repeat itself."""
    region = Region()
    region.storage.state.claim([UniqueName(name="signal-number#S-2222-2223", target="lo-other")])

    given = region.give()

    assert given.signal.number == "S-2222-2224"


def test_an_id_that_exists_is_made_anew() -> None:
    """As a number is."""
    region = Region()
    faults = iter([AlreadyThere()])
    region.storage.state.before = lambda operation: _raise_next(operation, "signals.add", faults)

    assert region.give().signal.id == SECOND_ID


def test_a_name_that_is_ours_was_written_by_an_answer_that_got_lost() -> None:
    """The store tried twice by itself: that is a signal created, not one found."""
    region = Region()
    faults = iter([NameTaken("reference#school#LVS-2026-00017", FIRST_ID)])
    region.storage.state.after = lambda operation: _raise_next(operation, "signals.add", faults)

    assert region.give().created


def test_names_that_keep_changing_hands_make_the_store_busy() -> None:
    """After some attempts the caller is asked to come back."""
    region = Region()
    region.storage.state.claim([UniqueName(name="reference#school#LVS-2026-00017", target="lo-gone")])

    with pytest.raises(StorageBusy):
        region.give()


def test_a_busy_store_is_told_as_such() -> None:
    """Nothing was written, and trying again is the caller's."""
    region = Region()
    faults = iter([StorageBusy()])
    region.storage.state.before = lambda operation: _raise_next(operation, "signals.add", faults)

    with pytest.raises(StorageBusy):
        region.give()

    assert region.storage.state.signals == {}


def test_a_card_is_stored_for_the_organisation_that_calls() -> None:
    """Staff ids of two organisations do not meet."""
    region = Region()
    region.storage.organisations.put_professional(make_professional("care", "staff-17"))

    region.give()

    assert set(region.storage.state.professionals) == {"care#staff-17", "school#staff-17"}


def _raise_next(operation: str, at: str, faults: Iterator[Exception]) -> None:
    fault = next(faults, None) if operation == at else None
    if fault is not None:
        raise fault
