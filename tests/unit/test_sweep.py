"""The minute function takes up what a stream lost, and nothing younger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.upkeep.sweep import Sweep, SweepReport
from tests.builders import make_signal
from tests.unit.matches.world import World


def _sweep(world: World, delivered: list[str]) -> Sweep:
    return Sweep(
        storage=world.storage,
        clock=world.clock,
        reconcile=world.reconcile,
        deliver=delivered.append,
        time_left=lambda: True,
    )


def test_work_a_stream_lost_is_taken_up_after_two_minutes() -> None:
    """Signals are reconciled, and the receivers with due notices are delivered to."""
    world, delivered = World(), list[str]()
    world.give(make_signal("lo-1", "school"), make_signal("lo-2", "ggd"))
    world.clock.advance(timedelta(minutes=3))

    first = _sweep(world, delivered)()
    world.clock.advance(timedelta(minutes=3))
    second = _sweep(world, delivered)()

    assert first.reconciled == 2
    assert second == SweepReport(reconciled=0, delivered=2, failed=0)
    assert set(delivered) == {"school#p1", "ggd#p1"}
    assert world.active() == {("lo-1", "lo-2")}


def test_young_work_is_left_to_the_stream() -> None:
    """What is younger than two minutes is on its way already."""
    world = World()
    world.give(make_signal("lo-1", "school"))
    world.clock.advance(timedelta(minutes=1))

    assert _sweep(world, [])() == SweepReport(reconciled=0, delivered=0, failed=0)


def test_one_that_fails_does_not_hold_up_the_others() -> None:
    """It is counted, and its work item stays for the next run."""
    world = World()
    world.give(*(make_signal(f"lo-{number}", "school", f"p{number}") for number in range(1, 4)))
    world.clock.advance(timedelta(minutes=3))
    faults: dict[str, Exception] = {"lo-1": StorageBusy(), "lo-2": ClosureTooLarge()}

    def reconcile(signal_id: str) -> object:
        if signal_id in faults:
            raise faults[signal_id]
        return world.reconcile(signal_id)

    report = replace(_sweep(world, []), reconcile=reconcile)()

    assert (report.reconciled, report.failed) == (1, 2)
    assert set(world.storage.state.pending) == {"lo-1", "lo-2"}


def test_it_stops_when_time_runs_out() -> None:
    """What was not taken up stays for the next minute."""
    world = World()
    world.give(make_signal("lo-1", "school"), make_signal("lo-2", "ggd"))
    world.clock.advance(timedelta(minutes=3))
    moments = iter([True, False, False])

    report = replace(_sweep(world, []), time_left=lambda: next(moments))()

    assert report.reconciled == 1


def test_a_signal_that_keeps_failing_is_tried_less_and_less() -> None:
    """Not each minute: the waits double up to six hours, and the item tells how often and why."""
    world = World()
    world.give(make_signal("lo-1", "school"))
    tried: list[datetime] = []

    def reconcile(_: str) -> object:
        tried.append(world.clock.now())
        raise SealBroken("a name that must not be told")

    sweep = replace(_sweep(world, []), reconcile=reconcile)
    for _ in range(24 * 60):
        world.clock.advance(timedelta(minutes=1))
        sweep()

    waits = [round((later - earlier) / timedelta(minutes=1)) for earlier, later in pairwise(tried)]
    assert waits == [5, 7, 11, 19, 35, 67, 131, 259, 363, 363]
    item = world.storage.state.pending["lo-1"]
    assert (item.attempts, item.error) == (11, "SealBroken")


def test_it_says_which_signal_failed() -> None:
    """For the log, by whoever runs it."""
    world, failed = World(), list[tuple[str, str]]()
    world.give(make_signal("lo-1", "school"))
    world.clock.advance(timedelta(minutes=3))

    def reconcile(_: str) -> object:
        raise SealBroken

    replace(
        _sweep(world, []), reconcile=reconcile, failed=lambda one, error: failed.append((one, repr(error)))
    )()

    assert failed == [("lo-1", "SealBroken()")]


def test_a_delivery_that_breaks_does_not_hold_up_the_others() -> None:
    """Whatever its error is; who runs it hears of it, for the log."""
    world, delivered = World(), list[str]()
    world.arrive(make_signal("lo-1", "school"), make_signal("lo-2", "ggd"))
    world.clock.advance(timedelta(minutes=3))

    def deliver(receiver: str) -> object:
        if receiver == "ggd#p1":
            raise SealBroken
        delivered.append(receiver)
        return None

    heard = list[tuple[str, str]]()
    sweep = replace(
        _sweep(world, []),
        deliver=deliver,
        undelivered=lambda receiver, error: heard.append((receiver, repr(error))),
    )
    report = sweep()

    assert report == SweepReport(reconciled=0, delivered=1, failed=1)
    assert delivered == ["school#p1"]
    assert heard == [("ggd#p1", "SealBroken()")]
