"""A new look at many signals: what it would change, and having it done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.match import MatchState
from chalicelib.domain.signal import Signal
from chalicelib.matching import Address
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import ExcludedAddress
from chalicelib.upkeep import progress
from chalicelib.upkeep.rematch import Difference, Rematch, RematchReport
from tests.builders import NOW, TODAY, make_signal, make_youth
from tests.unit.matches.world import World

BROTHER, SISTER = make_youth(), make_youth(bsn="999994724", given_names="Roos", initials="R.")
OTHER_FAMILY = make_youth(bsn="999990354", given_names="Tim", initials="T.", surname="Öztürk", address=None)


def looking(world: World, told: list[Difference] | None = None) -> Rematch:
    """A rematch over a world."""
    tell: Callable[[Difference], None] = (told if told is not None else []).append
    return Rematch(storage=world.storage, reconcile=world.reconcile, clock=world.clock, tell=tell)


def unmatched(*more: Signal) -> World:
    """Two signals about one boy that no reconcile has seen."""
    world = World()
    world.give(make_signal("lo-s1", youth=BROTHER), make_signal("lo-s2", "ggd", youth=BROTHER), *more)
    world.storage.state.pending.clear()
    return world


def test_a_look_tells_each_difference_once_and_writes_nothing() -> None:
    """A pair shows at both of its signals; the work that is left is none."""
    world = unmatched(make_signal("lo-s3", "zorg", youth=OTHER_FAMILY))
    told: list[Difference] = []

    report = looking(world, told).region(since=None, act=None)

    (difference,) = told
    assert (difference.kind, difference.change) == ("PERSON", "arises")
    assert report == RematchReport(
        signals=3,
        differing=2,
        counts={f"PERSON arises {difference.rule}": 1},
        failed=(),
        complete=True,
    )
    assert (world.storage.state.matches, world.storage.state.pending) == ({}, {})


def test_applying_asks_for_the_signals_around_which_something_differs() -> None:
    """The others are left alone; doing it here leaves nothing to ask."""
    world = unmatched(make_signal("lo-s3", "zorg", youth=OTHER_FAMILY))
    rematch = looking(world)

    rematch.region(since=None, act=rematch.ask)
    asked = set(world.storage.state.pending)
    here = rematch.region(since=None, act=lambda signal: _reconciled(world, signal))

    assert asked == {"lo-s1", "lo-s2"}
    assert (here.differing, world.active()) == (1, {("lo-s1", "lo-s2")})
    assert looking(world).region(since=None, act=None).counts == {}


@pytest.mark.rule("D13")
def test_a_match_that_would_end_is_told_with_the_rule_it_was_made_by() -> None:
    """Read from where its explanation is kept."""
    world = World()
    told: list[Difference] = []
    world.arrive(make_signal("lo-s1", youth=BROTHER), make_signal("lo-s2", "ggd", youth=SISTER))
    (match,) = world.storage.state.matches.values()
    assert match.explanation is not None
    world.storage.exclusions.put(_shelter())

    looking(world, told).some(["lo-s1", "lo-unknown"], act=None)

    assert told == [Difference("HOUSEHOLD", "ends", str(match.explanation.rule), match.id)]
    assert world.match("lo-s1", "lo-s2").state is MatchState.ACTIVE


def test_a_doubt_is_told_as_a_review() -> None:
    """One that would open, and one that would be withdrawn."""
    world = World()
    told: list[Difference] = []
    doubtful = replace(BROTHER, bsn=None, given_names=None, initials=None, address=None)
    world.give(
        make_signal("lo-s1", youth=replace(BROTHER, bsn=None)), make_signal("lo-s2", "ggd", youth=doubtful)
    )

    looking(world, told).some(["lo-s1"], act=None)
    world.reconcile("lo-s1")
    world.change("lo-s2", lambda signal: replace(signal, youth=OTHER_FAMILY))
    looking(world, told).some(["lo-s1"], act=None)

    assert [(one.kind, one.change) for one in told] == [("REVIEW", "opens"), ("REVIEW", "withdrawn")]


def test_only_signals_given_since_a_day_are_looked_at() -> None:
    """By the Dutch calendar."""
    world = World()
    world.give(
        make_signal("lo-s1", created_at=NOW - timedelta(days=1)), make_signal("lo-s2", "ggd"),
    )  # fmt: skip

    assert looking(world).region(since=TODAY, act=None).signals == 1
    assert looking(world).region(since=date(2026, 11, 23), act=None).signals == 0


def test_a_walk_that_was_stopped_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page by page, with what it had counted; a complete one starts anew."""
    monkeypatch.setattr(progress, "PAGE", 2)
    world = World()
    world.give(*(make_signal(f"lo-s{number}", f"o{number}", youth=OTHER_FAMILY) for number in range(5)))
    time = iter([True, True, True, False])

    stopped = looking(world).region(since=None, act=None, budget=lambda: next(time))
    kept = world.storage.settings.report("run#rematch#look#all")
    rest = looking(world).region(since=None, act=None)

    assert (stopped.complete, stopped.signals) == (False, 3)
    assert kept is not None
    assert (kept["cursor"], kept["signals"]) == ("lo-s1", 2)
    assert (rest.complete, rest.signals) == (True, 5)
    assert looking(world).region(since=None, act=None).signals == 5


def test_a_signal_that_cannot_be_read_does_not_stop_the_others() -> None:
    """It is named in the report."""
    world = unmatched()
    faults = iter([StorageBusy("throttled")])

    def busy_once(operation: str) -> None:
        if operation == "matches.links_of":
            for fault in faults:
                raise fault

    world.storage.state.before = busy_once

    report = looking(world).region(since=None, act=None)

    assert (report.failed, report.signals, report.differing) == (("lo-s1",), 2, 1)


def _reconciled(world: World, signal: Signal) -> None:
    world.reconcile(signal.id)


def _shelter() -> ExcludedAddress:
    return ExcludedAddress(
        id="lo-e1",
        form="3511AB|12",
        level="NUMBER",
        kind="SHELTER",
        source="gemeente",
        valid_from=TODAY,
        valid_until=None,
        address=Address(postal_code="3511AB", house_number=12),
    )


def test_a_signal_that_cannot_be_read_is_left_to_the_functions_where_all_is_to_be_done() -> None:
    """Whoever takes it up finds what differs; a mere look leaves nothing."""
    for applies in (True, False):
        world = unmatched()
        faults = iter([StorageBusy("throttled")])

        def busy_once(operation: str, faults: Iterator[StorageBusy] = faults) -> None:
            if operation == "matches.links_of":
                for fault in faults:
                    raise fault

        world.storage.state.before = busy_once
        rematch = looking(world)

        rematch.region(since=None, act=rematch.ask if applies else None)

        assert set(world.storage.state.pending) == ({"lo-s1", "lo-s2"} if applies else set())
