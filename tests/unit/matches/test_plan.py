"""A plan: what a reconcile would write, by the very same reading and deciding, without writing it."""

from __future__ import annotations

import copy

from chalicelib.domain.match import MatchState
from tests.builders import make_signal
from tests.unit.matches.world import World


def test_a_plan_writes_nothing() -> None:
    """Not a match, not a notice, not a name, and the work item stays."""
    world = World()
    world.give(make_signal("lo-s1"), make_signal("lo-s2", "ggd"))
    before = copy.deepcopy(_rows(world))

    plan = world.reconcile.plan("lo-s1")

    assert [(one.arises, one.match.state) for one in plan.settlements] == [(True, MatchState.ACTIVE)]
    assert _rows(world) == before


def test_what_was_planned_is_what_a_reconcile_does() -> None:
    """And afterwards nothing is left to plan."""
    world = World()
    world.give(make_signal("lo-s1"), make_signal("lo-s2", "ggd"), make_signal("lo-s3", "zorg"))

    planned = {(one.match.id, one.match.state) for one in world.reconcile.plan("lo-s2").settlements}
    world.reconcile("lo-s2")

    assert {(one.id, one.state) for one in world.storage.state.matches.values()} == planned
    assert world.reconcile.plan("lo-s2").settlements == ()


def _rows(world: World) -> tuple[object, ...]:
    state = world.storage.state
    return state.matches, state.notices, state.names, state.pending, state.wakes, dict(state.keys)
