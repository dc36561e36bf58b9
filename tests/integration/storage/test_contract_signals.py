"""What every signal store does when signals are given and changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.notice import NoticeKind, of_measure
from chalicelib.domain.organisation import OrganisationState, Professional
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, SignalState
from chalicelib.matching.records import Address, AddressKind, Parent, PartialDate, Sex, Youth
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale
from chalicelib.ports.storage import Handover, PendingWork, SignalChange, Storage, UniqueName
from tests.builders import NOW, make_organisation, make_professional, make_signal
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import change, close, employ, give, key, new_audit, new_signal

INFORMED = Informed(
    whom=frozenset({InformedPerson.YOUTH, InformedPerson.LEGAL_REPRESENTATIVE}),
    on=date(2026, 11, 20),
    how=InformedHow.CONVERSATION,
)


def test_signal_reads_back_as_given(storage: Storage) -> None:
    """Every field returns, the person record included."""
    youth = Youth(
        bsn="999990342",
        given_names="Ștefania",
        initials="Ș.",
        surname_prefix="van der",
        surname="Nguyễn",
        birth_date=PartialDate(2014, 3),
        sex=Sex.FEMALE,
        address=Address(postal_code="3511AB", house_number=12, secret=True),
        previous_address=Address(kind=AddressKind.POSTAL, city="Utrecht"),
        parents=(Parent(bsn="999990019", birth_date=PartialDate(1985)), Parent(surname="Bakker")),
    )
    signal = give(storage, youth=youth, informed=INFORMED)

    assert storage.signals.get("lo-s1") == signal


def test_unknown_signal_is_none(storage: Storage) -> None:
    """Who asks for a signal that never was gets None."""
    assert storage.signals.get("lo-s1") is None


def test_giving_leaves_pending_work(storage: Storage) -> None:
    """The pending item is part of the same write."""
    give(storage)

    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=1, since=NOW)


def test_giving_writes_the_card(storage: Storage) -> None:
    """A new contact card is part of the same write."""
    card = make_professional()
    storage.signals.add(new_signal(make_signal(), professional=card))

    assert storage.organisations.professional("school", "p1") == card


def test_keys_find_their_holders(storage: Storage) -> None:
    """Every signal is found under each of its keys; an unknown key has no holders."""
    give(storage, "lo-s1", keys=frozenset({key("shared"), key("own")}))
    give(storage, "lo-s2", keys=frozenset({key("shared")}))

    assert storage.signals.holders([key("shared"), key("own"), key("none")]) == {
        key("shared"): frozenset({"lo-s1", "lo-s2"}),
        key("own"): frozenset({"lo-s1"}),
        key("none"): frozenset(),
    }


def test_taken_name_refuses_everything(storage: Storage) -> None:
    """The error tells whose the name is and what was stored beside it; nothing is written."""
    name = UniqueName(name="reference#school#1", target="lo-s1", digest="first")
    storage.signals.add(new_signal(make_signal("lo-s1"), names=[name]))
    other = make_signal("lo-s2", keys=frozenset({key("other")}))

    with pytest.raises(NameTaken) as refusal:
        storage.signals.add(
            new_signal(other, [replace(name, target="lo-s2", digest="second")], make_professional())
        )

    taken = refusal.value
    assert (taken.name, taken.target, taken.digest) == ("reference#school#1", "lo-s1", "first")
    assert storage.signals.get("lo-s2") is None
    assert storage.work.pending("lo-s2") is None
    assert storage.signals.holders([key("other")]) == {key("other"): frozenset()}
    assert storage.organisations.professional("school", "p1") is None


def test_first_taken_name_is_told(storage: Storage) -> None:
    """Of several names in use the first in the request's order is named, before a taken id."""
    names = [UniqueName(name=one, target="lo-s1") for one in ("b", "a")]
    storage.signals.add(new_signal(make_signal(), names))

    with pytest.raises(NameTaken) as refusal:
        storage.signals.add(new_signal(make_signal(), [UniqueName(name="c", target="lo-s2"), *names]))

    assert refusal.value.name == "b"


def test_name_is_taken_until_its_time(region: Region) -> None:
    """A name that expires is in use before that moment."""
    name = UniqueName(name="idempotency#1", target="lo-s1", expires_at=NOW + timedelta(hours=24))
    region.storage.signals.add(new_signal(make_signal("lo-s1"), [name]))
    region.clock.advance(timedelta(hours=24, seconds=-1))

    with pytest.raises(NameTaken):
        region.storage.signals.add(new_signal(make_signal("lo-s2"), [replace(name, target="lo-s2")]))


def test_expired_name_is_free(region: Region) -> None:
    """A name whose time is over can be taken, though its row is still there."""
    name = UniqueName(name="idempotency#1", target="lo-s1", expires_at=NOW + timedelta(hours=24))
    region.storage.signals.add(new_signal(make_signal("lo-s1"), [name]))
    region.clock.advance(timedelta(hours=24))
    region.storage.signals.add(
        new_signal(make_signal("lo-s2"), [UniqueName(name="idempotency#1", target="lo-s2")])
    )

    with pytest.raises(NameTaken) as refusal:
        region.storage.signals.add(new_signal(make_signal("lo-s3"), [replace(name, target="lo-s3")]))

    assert refusal.value.target == "lo-s2"


def test_id_is_given_once(storage: Storage) -> None:
    """A second signal with the same id is refused and changes nothing."""
    first = give(storage)

    with pytest.raises(AlreadyThere):
        storage.signals.add(new_signal(make_signal(reference="another")))

    assert storage.signals.get("lo-s1") == first


def test_signal_is_not_given_without_its_audit_entry(storage: Storage) -> None:
    """When the audit entry cannot be added the signal is not written either (D39)."""
    entry = new_audit()
    storage.audit.append(entry)

    with pytest.raises(AlreadyThere):
        storage.signals.add(new_signal(make_signal(), audit=entry))

    assert storage.signals.get("lo-s1") is None


def test_change_replaces_signal_and_keys(storage: Storage) -> None:
    """Keys that went find it no longer, new ones do, kept ones stay, and work is pending again."""
    employ(storage, "p1", "p2")
    before = give(storage, keys=frozenset({key("gone"), key("kept")}))
    later = NOW + timedelta(minutes=1)
    after = change(storage, before, at=later, professional_id="p2", keys=frozenset({key("kept"), key("new")}))

    assert storage.signals.get("lo-s1") == after
    assert storage.signals.holders([key("gone"), key("kept"), key("new")]) == {
        key("gone"): frozenset(),
        key("kept"): frozenset({"lo-s1"}),
        key("new"): frozenset({"lo-s1"}),
    }
    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=2, since=later)


def test_change_of_an_old_revision_is_stale(storage: Storage) -> None:
    """Who read before another's change writes nothing."""
    employ(storage, "p1", "p2", "p3")
    first = give(storage)
    second = change(storage, first, professional_id="p2")

    with pytest.raises(Stale):
        change(storage, first, professional_id="p3", keys=frozenset({key("new")}))

    assert storage.signals.get("lo-s1") == second
    assert storage.signals.holders([key("new")]) == {key("new"): frozenset()}


def test_change_of_a_missing_signal_is_stale(storage: Storage) -> None:
    """What is not there cannot be changed."""
    with pytest.raises(Stale):
        change(storage, make_signal())


@pytest.mark.rule("D33")
def test_a_change_and_what_tells_of_it_are_one_write(storage: Storage) -> None:
    """The notice is due at once; of a change that is stale there is none."""
    signal = give(storage)
    word = of_measure(NoticeKind.SIGNAL_RESTRICTED, signal.id, "school#p1", 2, NOW)
    told = SignalChange(
        previous=signal,
        signal=replace(signal, revision=2, state=SignalState.RESTRICTED),
        released=(),
        audit=new_audit(),
        notices=(word,),
    )
    stale = replace(told, previous=replace(signal, revision=7), audit=new_audit(NOW + timedelta(seconds=1)))

    with pytest.raises(Stale):
        storage.signals.change(stale)
    assert storage.notices.due("school#p1") == ()
    storage.signals.change(told)

    assert [one.id for one in storage.notices.due("school#p1")] == [word.id]
    assert storage.signals.get(signal.id) == told.signal


@pytest.mark.rule("D28")
def test_a_signal_that_is_handed_over_keeps_all_but_who_holds_it(storage: Storage) -> None:
    """From what was read without opening it: record, keys and place in the lists stay; work is asked for."""
    employ(storage)
    given = give(storage, keys=frozenset({key("own")}), informed=INFORMED)
    taker = make_professional("school", "p2")

    storage.signals.hand_over(_to_second(storage, professional=taker))

    assert storage.signals.get(given.id) == replace(given, professional_id="p2", revision=2)
    assert storage.signals.holders([key("own")]) == {key("own"): frozenset({given.id})}
    assert storage.work.pending(given.id) == PendingWork(signal_id=given.id, revision=2, since=NOW)
    assert storage.organisations.professional("school", "p2") == taker


def test_a_signal_that_changed_since_is_not_handed_over(storage: Storage) -> None:
    """Nor is the card of who takes over written."""
    employ(storage)
    given = give(storage)
    as_read = _to_second(storage, professional=make_professional("school", "p2"))
    changed = change(storage, given, reference="R-2")

    with pytest.raises(Stale):
        storage.signals.hand_over(as_read)

    assert storage.signals.get(given.id) == changed
    assert storage.organisations.professional("school", "p2") is None


@pytest.mark.rule("D28")
@pytest.mark.parametrize("with_card", [True, False])
def test_nothing_is_handed_over_to_who_left(storage: Storage, *, with_card: bool) -> None:
    """At the moment of writing, whatever was read before; nor does a change name them."""
    employ(storage, "p1", "p2")
    given, taker = give(storage), make_professional("school", "p2")
    storage.organisations.close_card(taker, NOW, "p3", new_audit())
    handover = _to_second(storage, professional=taker)

    with pytest.raises(Stale):
        storage.signals.hand_over(handover if with_card else replace(handover, professional=None))
    with pytest.raises(Stale):
        change(storage, given, professional_id="p2")

    assert storage.signals.get(given.id) == given


def test_a_suspended_organisation_hands_nothing_over(storage: Storage) -> None:
    """A suspension holds at once (D28 is no way round it)."""
    employ(storage, "p1", "p2")
    given = give(storage)
    suspended = make_organisation(state=OrganisationState.SUSPENDED, revision=2)
    storage.organisations.put(suspended, previous_revision=1, audit=new_audit())

    with pytest.raises(Stale):
        storage.signals.hand_over(_to_second(storage, professional=make_professional("school", "p2")))

    assert storage.signals.get(given.id) == given


def _to_second(storage: Storage, professional: Professional) -> Handover:
    """The one signal of the store, as it is read sealed, to another professional."""
    held = storage.signals.sealed(["lo-s1"])["lo-s1"]
    return Handover(
        signal=replace(held, professional_id=professional.id, revision=held.revision + 1),
        professional=professional,
        audit=new_audit(),
    )


def test_released_name_is_free(storage: Storage) -> None:
    """A name that a change gives up can be another's."""
    name = UniqueName(name="reference#school#1", target="lo-s1")
    first = make_signal("lo-s1")
    storage.signals.add(new_signal(first, [name]))
    change(storage, first, released=(name.name,))
    storage.signals.add(new_signal(make_signal("lo-s2"), [replace(name, target="lo-s2")]))

    assert storage.signals.get("lo-s2") is not None


def test_name_of_another_is_not_released(storage: Storage) -> None:
    """A change cannot give up what is another signal's."""
    name = UniqueName(name="reference#school#1", target="lo-s1")
    storage.signals.add(new_signal(make_signal("lo-s1"), [name]))
    other = give(storage, "lo-s2")

    with pytest.raises(Stale):
        change(storage, other, released=(name.name,))
    with pytest.raises(NameTaken):
        storage.signals.add(new_signal(make_signal("lo-s3"), [name]))


def test_ended_signal_can_leave_no_person(storage: Storage) -> None:
    """A retracted signal keeps its row but no person record and no keys (D35)."""
    given = give(storage, informed=INFORMED)
    ended = change(
        storage,
        given,
        state=SignalState.RETRACTED,
        ended_at=NOW,
        keys=frozenset(),
        youth=None,
        informed=None,
    )

    assert storage.signals.get("lo-s1") == ended
    assert storage.signals.holders(given.keys) == dict.fromkeys(given.keys, frozenset())


def test_many_are_read_at_once(storage: Storage) -> None:
    """More than one batch holds, repeated ids, and ids that never were."""
    given = {f"lo-s{number}": give(storage, f"lo-s{number}") for number in range(105)}

    assert storage.signals.get_many([*given, "lo-s1", "lo-none"]) == given


def test_signals_can_be_read_without_their_persons(storage: Storage) -> None:
    """All else is there, for who has no need of the person."""
    signal = give(storage, informed=INFORMED)

    assert storage.signals.sealed(["lo-s1", "lo-none"]) == {
        "lo-s1": replace(signal, youth=None, informed=None)
    }


def test_closed_signal_is_found_no_more(storage: Storage) -> None:
    """The keys of a signal that ended are gone."""
    given = give(storage)
    close(storage, given)

    assert not any(storage.signals.holders(given.keys).values())
