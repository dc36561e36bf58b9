"""What every signal store does when a signal takes another's place: all of it, or nothing (D7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalState, SignalVerdict
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale
from chalicelib.ports.storage import PendingWork, Renewal, SignalChange, Storage, UniqueName
from tests.builders import NOW, make_professional, make_review, make_signal
from tests.integration.storage.given import change, employ, give, key, new_audit, new_signal

LATER = NOW + timedelta(days=200)
KEPT = "reference#school#A-1"
NUMBER = "signal-number#S-NEW"


def make_renewal(previous: Signal, new: Signal, *names: str, others: tuple[Signal, ...] = ()) -> Renewal:
    """``new`` takes the place of ``previous``, and names too."""
    over = replace(
        previous,
        state=SignalState.CLOSED,
        revision=previous.revision + 1,
        ended_at=LATER,
        keys=frozenset(),
        youth=None,
        renewed_by=new.id,
    )
    return Renewal(
        change=SignalChange(previous=previous, signal=over, released=(KEPT,), audit=new_audit(LATER)),
        new=new_signal(new, [UniqueName(name=name, target=new.id) for name in names]),
        others=others,
    )


@pytest.fixture
def previous(storage: Storage) -> Signal:
    """A signal with a reference of its own."""
    signal = make_signal("lo-s1")
    employ(storage)
    storage.signals.add(new_signal(signal, [UniqueName(name=KEPT, target=signal.id)]))
    return signal


def renewed(previous: Signal) -> Signal:
    """The signal that takes its place."""
    return replace(previous, id="lo-s2", number="S-NEW", renews=previous.id)


def test_the_one_ends_and_the_other_is_there(storage: Storage, previous: Signal) -> None:
    """Found by the same keys, with work for both; what the one said waits for its reconcile."""
    new = renewed(previous)
    renewal = make_renewal(previous, new, KEPT, NUMBER)

    storage.signals.renew(renewal)

    assert storage.signals.get_many(["lo-s1", "lo-s2"]) == {"lo-s1": renewal.change.signal, "lo-s2": new}
    assert set(storage.signals.holders(new.keys).values()) == {frozenset({"lo-s2"})}
    work = storage.work.pending("lo-s1")
    assert work == PendingWork(signal_id="lo-s1", revision=2, since=LATER)
    assert storage.work.formers(work) == {previous.youth}
    assert storage.work.pending("lo-s2") == PendingWork(signal_id="lo-s2", revision=1, since=NOW)


def test_a_name_goes_from_hand_to_hand(storage: Storage, previous: Signal) -> None:
    """Nobody else can take it, and the one has it no more."""
    storage.signals.renew(make_renewal(previous, renewed(previous), KEPT, NUMBER))

    with pytest.raises(NameTaken) as taken:
        storage.signals.add(new_signal(make_signal("lo-s3"), [UniqueName(name=KEPT, target="lo-s3")]))
    assert taken.value.target == "lo-s2"


def test_a_name_that_is_left_is_free(storage: Storage, previous: Signal) -> None:
    """The new signal took another."""
    storage.signals.renew(make_renewal(previous, renewed(previous), NUMBER))

    storage.signals.add(new_signal(make_signal("lo-s3"), [UniqueName(name=KEPT, target="lo-s3")]))


def test_what_was_decided_goes_over(storage: Storage, previous: Signal) -> None:
    """The other's word is on the new signal, and its record stays sealed; there is a review of the two."""
    other = give(storage, "lo-x", verdicts=frozenset({SignalVerdict("lo-s1", same=False)}))
    new = renewed(previous)
    told = replace(other, revision=2, verdicts=frozenset({SignalVerdict("lo-s2", same=False)}))
    review = make_review(new, other, state=ReviewState.DECIDED, verdict=ReviewVerdict.NOT_SAME)
    renewal = make_renewal(previous, new, KEPT, others=(replace(told, youth=None),))

    storage.signals.renew(replace(renewal, reviews=(review,)))

    assert storage.signals.get("lo-x") == told
    assert storage.work.pending("lo-x") == PendingWork(signal_id="lo-x", revision=2, since=LATER)
    assert storage.reviews.get(review.id) == review
    assert [one.id for one in storage.matches.links_of("lo-s2").reviews] == [review.id]


def test_a_signal_that_changed_meanwhile_is_not_renewed(storage: Storage, previous: Signal) -> None:
    """Nothing is written."""
    changed = change(storage, previous, reference="A-2")

    with pytest.raises(Stale):
        storage.signals.renew(make_renewal(previous, renewed(previous), KEPT))

    assert storage.signals.get_many(["lo-s1", "lo-s2"]) == {"lo-s1": changed}


@pytest.mark.parametrize(
    "changes", [{"revision": 2}, {"state": SignalState.CLOSED}], ids=["changed", "ended"]
)
def test_another_that_is_not_as_it_was_read_stops_it(
    storage: Storage, previous: Signal, changes: dict[str, object]
) -> None:
    """Else a word on it would get lost."""
    other = give(storage, "lo-x", **changes)
    told = replace(other, revision=2)

    with pytest.raises(Stale):
        storage.signals.renew(make_renewal(previous, renewed(previous), KEPT, others=(told,)))

    assert storage.signals.get("lo-s2") is None
    assert storage.signals.get("lo-s1") == previous


def test_a_name_in_use_stops_it(storage: Storage, previous: Signal) -> None:
    """Whose it is, is told."""
    storage.signals.add(new_signal(make_signal("lo-s3"), [UniqueName(name=NUMBER, target="lo-s3")]))

    with pytest.raises(NameTaken) as taken:
        storage.signals.renew(make_renewal(previous, renewed(previous), KEPT, NUMBER))

    assert (taken.value.name, taken.value.target) == (NUMBER, "lo-s3")
    assert storage.signals.get("lo-s1") == previous


def test_an_id_in_use_stops_it(storage: Storage, previous: Signal) -> None:
    """Ids are random: another is drawn."""
    give(storage, "lo-s2")

    with pytest.raises(AlreadyThere):
        storage.signals.renew(make_renewal(previous, renewed(previous), KEPT))


@pytest.mark.parametrize("many", [44, 80])
def test_a_signal_with_many_keys_is_renewed_too(storage: Storage, many: int) -> None:
    """While key sets change it is found under twice as many; more than one transaction holds."""
    employ(storage)
    keys = frozenset(key(f"k{number}") for number in range(many))
    previous = give(storage, "lo-s1", keys=keys)
    new = renewed(previous)

    storage.signals.renew(make_renewal(previous, new, NUMBER))

    assert set(storage.signals.holders(keys).values()) == {frozenset({"lo-s2"})}
    over = storage.signals.get("lo-s1")
    assert over is not None
    assert (over.keys, over.state, over.renewed_by) == (frozenset(), SignalState.CLOSED, "lo-s2")


@pytest.mark.rule("D28")
def test_who_left_meanwhile_renews_nothing(storage: Storage, previous: Signal) -> None:
    """Else the new signal were theirs, behind the back of who hands over what they have."""
    card = make_professional()
    storage.organisations.close_card(card, NOW, "p2", new_audit())

    with pytest.raises(Stale):
        storage.signals.renew(make_renewal(previous, renewed(previous), KEPT, NUMBER))

    assert storage.signals.get_many(["lo-s1", "lo-s2"]) == {"lo-s1": previous}
