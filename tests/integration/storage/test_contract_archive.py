"""What every store does with signals in the archive, and with what it told of running ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.history import History
from chalicelib.domain.signal import Archived, IndexKey, Signal, SignalState
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.links import Guard
from chalicelib.ports.storage import PendingWork, Storage
from tests.builders import NOW
from tests.integration.storage.given import change, close, give, key, new_audit

UNTIL = date(2031, 11, 22)
EARLIER = History(signal_id="lo-s1", earlier=True)


def archive(storage: Storage, signal: Signal, *names: str, until: date = UNTIL) -> Signal:
    """The signal, closed and in the archive under these keys."""
    return change(
        storage,
        signal,
        state=SignalState.CLOSED,
        ended_at=NOW,
        keys=frozenset(),
        archived=Archived(_keys(*names), until),
    )


def told(storage: Storage, history: History = EARLIER) -> History:
    """What the archive told of a signal that is active at its first revision."""
    storage.archive.tell(history, Guard(signal_id=history.signal_id, revision=1, active=True))
    return history


def _keys(*names: str) -> frozenset[IndexKey]:
    return frozenset(map(key, names))


@pytest.mark.rule("D35")
def test_a_signal_in_the_archive_reads_back_as_it_ended(storage: Storage) -> None:
    """With its person record, its keys there, and its last day."""
    closed = archive(storage, give(storage), "a", "b")

    assert storage.signals.get("lo-s1") == closed


@pytest.mark.rule("D36")
def test_only_the_archive_finds_what_is_in_it(storage: Storage) -> None:
    """And only there: a key of the one is none of the other, were it the same bytes."""
    archive(storage, give(storage, keys=_keys("a")), "a", "b")
    give(storage, "lo-s2", keys=_keys("a"))

    assert storage.archive.holders([key("a"), key("b"), key("c")]) == {
        key("a"): {"lo-s1"},
        key("b"): {"lo-s1"},
        key("c"): frozenset(),
    }
    assert storage.signals.holders([key("a"), key("b")]) == {key("a"): {"lo-s2"}, key("b"): frozenset()}


@pytest.mark.rule("D35")
def test_what_leaves_the_archive_leaves_nothing_there(storage: Storage) -> None:
    """No record, no keys and no day."""
    closed = archive(storage, give(storage), "a", "b")

    over = change(storage, closed, state=SignalState.ERASED, youth=None, digest="", archived=None)

    assert storage.signals.get("lo-s1") == over
    assert storage.archive.holders(_keys("a", "b")) == {key("a"): frozenset(), key("b"): frozenset()}
    assert storage.archive.over(date(2040, 1, 1), limit=10, after=None).items == ()


def test_another_last_day_in_the_archive_changes_nothing_else(storage: Storage) -> None:
    """It is found as before, and goes on its new day; nothing has to be reconciled."""
    closed = archive(storage, give(storage), "a")
    storage.work.done(_pending(storage))
    earlier = replace(closed, revision=closed.revision + 1, archived=Archived(_keys("a"), date(2027, 1, 1)))

    storage.archive.redate(closed, earlier, new_audit())

    assert storage.signals.get("lo-s1") == earlier
    assert storage.archive.holders(_keys("a")) == {key("a"): {"lo-s1"}}
    assert storage.archive.over(date(2027, 1, 2), limit=10, after=None).items == ("lo-s1",)
    assert storage.work.pending("lo-s1") is None
    with pytest.raises(Stale):
        storage.archive.redate(closed, earlier, new_audit())


def test_another_day_is_refused_with_its_audit_entry(storage: Storage) -> None:
    """Both are written, or neither; nor is it given to a signal whose keys changed meanwhile."""
    closed, audit = archive(storage, give(storage), "a"), new_audit()
    storage.audit.append(audit)
    earlier = replace(closed, revision=closed.revision + 1)

    with pytest.raises(AlreadyThere):
        storage.archive.redate(closed, earlier, audit)
    other_keys = replace(closed, archived=Archived(_keys("b"), UNTIL))
    with pytest.raises(Stale):
        storage.archive.redate(other_keys, earlier, new_audit())

    assert storage.signals.get("lo-s1") == closed


def test_nothing_leaves_the_archive_whose_keys_changed_meanwhile(storage: Storage) -> None:
    """Else those that came would be left behind."""
    closed = archive(storage, give(storage), "a")

    with pytest.raises(Stale):
        change(storage, replace(closed, archived=Archived(_keys("b"), UNTIL)), archived=None)

    assert storage.signals.get("lo-s1") == closed


def test_what_is_over_in_the_archive_is_listed_by_its_day(storage: Storage) -> None:
    """Page by page, whatever months it is spread over; a last day itself still counts."""
    days = {"lo-s1": date(2030, 1, 31), "lo-s2": date(2030, 2, 1), "lo-s3": date(2031, 11, 21)}
    for one, day in {**days, "lo-s4": date(2031, 11, 22)}.items():
        archive(storage, give(storage, one), "a", until=day)
    give(storage, "lo-s5")

    found: list[str] = []
    after: str | None = None
    while True:
        page = storage.archive.over(date(2031, 11, 22), limit=1, after=after)
        found += page.items
        after = page.next
        if after is None:
            break

    assert sorted(found) == sorted(days)


@pytest.mark.rule("D36")
def test_what_the_archive_told_is_kept_with_the_signal(storage: Storage) -> None:
    """Once, of a signal that is as it was read."""
    give(storage, "lo-s1")
    give(storage, "lo-s2")
    told(storage)

    with pytest.raises(Stale):
        told(storage, replace(EARLIER, earlier=False))
    with pytest.raises(Stale):
        storage.archive.tell(
            replace(EARLIER, signal_id="lo-s2"), Guard(signal_id="lo-s2", revision=2, active=True)
        )

    assert storage.archive.histories(["lo-s1", "lo-s2", "lo-s3"]) == {"lo-s1": EARLIER}


@pytest.mark.rule("D36")
def test_nothing_is_told_of_a_signal_that_ended(storage: Storage) -> None:
    """What was told goes with the write that ends it, and cannot come back."""
    signal = give(storage)
    told(storage)

    closed = close(storage, signal)

    assert storage.archive.histories(["lo-s1"]) == {}
    with pytest.raises(Stale):
        storage.archive.tell(EARLIER, Guard(signal_id="lo-s1", revision=closed.revision, active=True))


def test_what_was_told_outlives_a_change_of_the_signal(storage: Storage) -> None:
    """Only its end takes it away."""
    signal = give(storage)
    told(storage)

    change(storage, signal, state=SignalState.RESTRICTED, keys=frozenset())

    assert storage.archive.histories(["lo-s1"]) == {"lo-s1": EARLIER}


@pytest.mark.rule("D36")
def test_the_archive_is_opened_once(storage: Storage) -> None:
    """With the entry that logs it; a second opening writes nothing."""
    give(storage)
    told(storage)
    opened = replace(EARLIER, opened_at=NOW, opened_under="digest")
    storage.archive.open(opened, [new_audit(), new_audit()])

    with pytest.raises(Stale):
        storage.archive.open(replace(opened, opened_under="another"), [new_audit()])

    assert storage.archive.histories(["lo-s1"]) == {"lo-s1": opened}


def test_there_is_nothing_to_open_without_earlier_signals(storage: Storage) -> None:
    """Neither where there are none, nor where nothing was told."""
    give(storage)
    told(storage, replace(EARLIER, earlier=False))

    for one in ("lo-s1", "lo-s2"):
        with pytest.raises(Stale):
            storage.archive.open(replace(EARLIER, signal_id=one, opened_at=NOW), [new_audit()])


def _pending(storage: Storage) -> PendingWork:
    work = storage.work.pending("lo-s1")
    assert work is not None
    return work


def test_a_signal_with_very_many_keys_goes_into_the_archive_whole(storage: Storage) -> None:
    """Too many to write at once: found there by all its keys, and no more among the active."""
    among_active = frozenset(key(f"k{number}") for number in range(80))
    signal = give(storage, keys=among_active)

    archive(storage, signal, *(f"a{number}" for number in range(20)))

    held = storage.signals.sealed([signal.id])[signal.id]
    in_archive = storage.census.archive_items(limit=1000, after=None).items
    assert held.archived == Archived(_keys(*(f"a{number}" for number in range(20))), UNTIL)
    assert held.keys == frozenset()
    assert {item.key for item in in_archive} == held.archived.keys
    assert storage.census.key_items(limit=1000, after=None).items == ()
