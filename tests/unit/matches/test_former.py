"""Whom a signal bore on before it changed or ended is settled with it (decision 14)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.match import MatchState
from chalicelib.domain.signal import SignalState
from tests.builders import make_signal, make_youth
from tests.unit.matches.world import OneIsBroken, World

FULL = make_youth()
WITHOUT_BSN = make_youth(bsn=None)
ONLY_BSN = make_youth(
    given_names=None,
    initials=None,
    surname=None,
    surname_prefix=None,
    birth_date=None,
    sex=None,
    address=None,
)
NAMED, NUMBERED = make_signal("lo-1", "school", youth=WITHOUT_BSN), make_signal("lo-2", "ggd", youth=ONLY_BSN)
BETWEEN = make_signal("lo-3", "debt", youth=FULL)


def resting_on_a_third() -> World:
    """A match of two signals that only a third holds together, written before any of the third's own."""
    world = World()
    world.give(NAMED, NUMBERED, BETWEEN)
    world.reconcile("lo-1")
    matches = world.storage.state.matches
    for one in [one for one, match in matches.items() if match.concerns("lo-3")]:
        del matches[one]
    world.storage.state.pending = {"lo-3": world.storage.state.pending["lo-3"]}
    assert world.active() == {("lo-1", "lo-2")}
    return world


@pytest.mark.parametrize(
    "changes",
    [
        {"state": SignalState.CLOSED},
        {"state": SignalState.RETRACTED, "youth": None},
        {"state": SignalState.RESTRICTED},
        {"youth": make_youth(bsn="999990019", given_names="Roos", surname="Visser")},
    ],
    ids=["closed", "retracted", "restricted", "changed"],
)
def test_a_match_does_not_outlive_the_third_signal_it_rests_on(changes: dict[str, Any]) -> None:
    """However that signal left, and though no match of its own tells where it bore."""
    world = resting_on_a_third()

    world.change("lo-3", lambda signal: replace(signal, **changes))
    world.reconcile("lo-3")

    assert world.active() == set()
    assert world.storage.state.pending == {}


def test_a_neighbour_that_cannot_be_opened_waits_alone() -> None:
    """It has a work item of its own; the signal that left is done."""
    world = resting_on_a_third()
    world.change("lo-3", lambda signal: replace(signal, state=SignalState.RETRACTED, youth=None))
    readable = world.storage.signals
    object.__setattr__(world.storage, "signals", OneIsBroken(world.storage.state))
    world.reconcile("lo-3")
    waiting = set(world.storage.state.pending)
    object.__setattr__(world.storage, "signals", readable)
    world.work()

    assert "lo-1" in waiting
    assert "lo-3" not in waiting
    assert world.active() == set()


def test_nothing_is_written_for_a_signal_that_changed_meanwhile() -> None:
    """Not even on signals that are as they were read: the next revision has a reconcile of its own."""
    world = World()
    world.give(NAMED, NUMBERED, BETWEEN)
    written: list[str] = []

    def leave(operation: str) -> None:
        if operation == "matches.commit" and not written:
            written.append(operation)
            world.change("lo-3", lambda signal: replace(signal, state=SignalState.CLOSED))

    world.storage.state.before = leave
    world.reconcile("lo-3")

    assert all(match.state is MatchState.ENDED for match in world.storage.state.matches.values())
