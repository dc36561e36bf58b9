"""The census: every signal and key item of a region, and keys that change while nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest

from chalicelib.domain.signal import Archived, IndexKey, Signal, SignalState
from chalicelib.ports.census import KeyItem
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page, PendingWork, Storage
from tests.builders import NOW
from tests.integration.storage.given import change, close, give, key
from tests.integration.storage.test_contract_archive import UNTIL, archive

T = TypeVar("T")


def archive_key(name: str) -> IndexKey:
    """A hashed key of the archive."""
    return IndexKey("archive-bsn", "1.v1", name.encode())


MANY_ARCHIVED = frozenset(archive_key(f"k{number}") for number in range(250))
MANY = frozenset(key(f"k{number}") for number in range(250))


def everything(page: Callable[..., Page[T]]) -> list[T]:
    """All pages of two."""
    found: list[T] = []
    after: str | None = None
    while True:
        some = page(limit=2, after=after)
        found += some.items
        if some.next is None:
            return found
        after = some.next


def test_every_signal_that_has_not_ended_is_seen_once(storage: Storage) -> None:
    """With its person record left sealed."""
    signals = [give(storage, f"lo-s{number}") for number in range(5)]
    close(storage, signals[2])

    seen = everything(storage.census.running)

    expected = [replace(one, youth=None, informed=None) for one in signals if one is not signals[2]]
    assert sorted(seen, key=lambda one: one.id) == expected


def test_every_key_item_is_seen_once(storage: Storage) -> None:
    """Those of ended signals are gone."""
    first = give(storage, "lo-s1", keys=frozenset({key("a"), key("b")}))
    second = give(storage, "lo-s2", keys=frozenset({key("b"), key("c")}))
    close(storage, give(storage, "lo-s3", keys=frozenset({key("c")})))

    seen = everything(storage.census.key_items)

    items = {KeyItem(one, signal.id) for signal in (first, second) for one in signal.keys}
    assert (len(seen), set(seen)) == (4, items)
    assert storage.census.held([*items, KeyItem(key("a"), "lo-s2")]) == items


@pytest.mark.parametrize("keys", [frozenset({key("b"), key("c")}), frozenset(), MANY])
def test_a_signal_gets_other_keys_and_stays_what_it_is(storage: Storage, keys: frozenset[IndexKey]) -> None:
    """At its revision, without work to do; however many keys there are."""
    signal = give(storage, "lo-s1", keys=frozenset({key("a"), key("b")}))
    storage.work.done(_pending(storage, signal))

    storage.census.rekey(signal, keys)

    assert storage.signals.get("lo-s1") == replace(signal, keys=keys)
    assert {item.key for item in everything(storage.census.key_items)} == keys
    assert storage.work.pending("lo-s1") is None


def test_keys_that_come_and_go_leave_none_behind(storage: Storage) -> None:
    """There and back again."""
    signal = give(storage, "lo-s1", keys=frozenset({key("a")}))

    storage.census.rekey(signal, MANY)
    storage.census.rekey(replace(signal, keys=MANY), signal.keys)

    assert storage.signals.get("lo-s1") == signal
    assert everything(storage.census.key_items) == [KeyItem(key("a"), "lo-s1")]


def test_keys_are_not_changed_of_a_signal_that_changed(storage: Storage) -> None:
    """Neither by revision nor by keys."""
    signal = give(storage, "lo-s1", keys=frozenset({key("a")}))
    later = change(storage, signal)
    with pytest.raises(Stale):
        storage.census.rekey(signal, frozenset({key("b")}))
    storage.census.rekey(later, frozenset({key("b")}))

    with pytest.raises(Stale):
        storage.census.rekey(later, frozenset({key("c")}))

    assert storage.signals.holders([key("a"), key("b"), key("c")]) == {
        key("a"): frozenset(),
        key("b"): {"lo-s1"},
        key("c"): frozenset(),
    }


def test_who_changes_a_signal_has_to_know_its_keys(storage: Storage) -> None:
    """Else keys that came meanwhile would be left behind when it ends."""
    signal = give(storage, "lo-s1", keys=frozenset({key("a")}))
    storage.census.rekey(signal, frozenset({key("a"), key("b")}))

    with pytest.raises(Stale):
        close(storage, signal)
    close(storage, replace(signal, keys=frozenset({key("a"), key("b")})))

    assert everything(storage.census.key_items) == []


def test_a_change_may_take_more_keys_away_than_fit_in_one_write(storage: Storage) -> None:
    """Those that come are there at once, those that go are gone after it."""
    many, others = (frozenset(key(f"{name}{number}") for number in range(80)) for name in "ab")
    signal = give(storage, "lo-s1", keys=many)

    changed = change(storage, signal, keys=others)

    assert storage.signals.get("lo-s1") == changed
    assert {item.key for item in everything(storage.census.key_items)} == others


@pytest.mark.rule("D36")
def test_signals_in_the_archive_are_seen_with_those_that_run(storage: Storage) -> None:
    """Not those that left it, nor those that were never in it."""
    signals = [give(storage, f"lo-s{number}") for number in range(4)]
    archived = archive(storage, signals[1], "a")
    close(storage, signals[2])

    seen = everything(storage.census.found)

    expected = [replace(one, youth=None, informed=None) for one in (signals[0], archived, signals[3])]
    assert sorted(seen, key=lambda one: one.id) == expected


@pytest.mark.rule("D36")
@pytest.mark.parametrize(
    "keys", [frozenset({archive_key("b"), archive_key("c")}), frozenset(), MANY_ARCHIVED]
)
def test_a_signal_in_the_archive_gets_other_keys_there(storage: Storage, keys: frozenset[IndexKey]) -> None:
    """And none among the active; items of both are seen and held apart."""
    running = give(storage, "lo-s2", keys=frozenset({key("a")}))
    first = Archived(frozenset({archive_key("a"), archive_key("b")}), UNTIL)
    closed = change(
        storage, give(storage), state=SignalState.CLOSED, ended_at=NOW, keys=frozenset(), archived=first
    )

    storage.census.rekey(closed, keys)

    assert storage.signals.get("lo-s1") == replace(closed, archived=Archived(keys, UNTIL))
    items = {KeyItem(one, "lo-s1") for one in keys}
    assert set(everything(storage.census.archive_items)) == items
    other = KeyItem(key("a"), running.id)
    assert everything(storage.census.key_items) == [other]
    assert storage.census.held([*items, other, KeyItem(archive_key("a"), "lo-s1")]) == {*items, other}


def _pending(storage: Storage, signal: Signal) -> PendingWork:
    work = storage.work.pending(signal.id)
    assert work is not None
    return work
