"""Reconciles that keep failing: listed without a value, tried again, or given up for a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import SYSTEM, Act
from chalicelib.domain.signal import Signal
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import PendingWork
from chalicelib.upkeep.failures import DiscardReason, Failures
from chalicelib.upkeep.sweep import Sweep, SweepReport
from tests.builders import make_signal
from tests.unit.matches.world import World


class Upkeep:
    """A region whose signals ``broken`` cannot be reconciled."""

    def __init__(self) -> None:
        self.world = World()
        self.broken: set[str] = set()
        self.failures = Failures(storage=self.world.storage, names=self.world.names, clock=self.world.clock)

    def give(self, *signals: Signal) -> None:
        """Store signals whose stream is lost."""
        self.world.give(*signals)

    def sweep(self) -> SweepReport:
        """What the minute function does."""
        return Sweep(
            storage=self.world.storage,
            clock=self.world.clock,
            reconcile=self._reconcile,
            deliver=lambda _: None,
            time_left=lambda: True,
        )()

    def acts(self) -> list[tuple[Act, str, str | None]]:
        """What the trail says of operators."""
        entries = self.world.storage.state.audit.values()
        return [
            (one.act, one.resource, one.professional_id) for one in entries if one.organisation_id == SYSTEM
        ]

    def _reconcile(self, signal_id: str) -> object:
        if signal_id in self.broken:
            raise SealBroken("Jansen")
        return self.world.reconcile(signal_id)


@pytest.fixture
def upkeep() -> Upkeep:
    """Two signals on one youth, of which the first is poisoned, seen by one sweep."""
    upkeep = Upkeep()
    upkeep.give(make_signal("lo-1", "school"), make_signal("lo-2", "ggd"))
    upkeep.broken = {"lo-1"}
    upkeep.world.clock.advance(timedelta(minutes=3))
    upkeep.sweep()
    return upkeep


def test_who_failed_is_listed_by_id_and_class_of_error(upkeep: Upkeep) -> None:
    """Not by the text of the error, which may quote a name; and not who merely waits."""
    upkeep.give(make_signal("lo-3", "school"))
    started = upkeep.world.clock.now() - timedelta(minutes=3)

    assert upkeep.failures.all() == (
        PendingWork(
            signal_id="lo-1",
            revision=1,
            since=started,
            attempts=1,
            error="SealBroken",
            not_before=upkeep.world.clock.now() + timedelta(minutes=2),
        ),
    )


def test_a_week_later_it_is_still_there_and_can_be_tried_again(upkeep: Upkeep) -> None:
    """The next sweep takes it up from its id alone, however long it was put off."""
    for _ in range(7 * 24):
        upkeep.world.clock.advance(timedelta(hours=1))
        upkeep.sweep()
    upkeep.broken.clear()

    count = upkeep.failures.redrive(["lo-1"], operator="eva")
    report = upkeep.sweep()

    assert count == 1
    assert report.reconciled == 1
    assert upkeep.failures.all() == ()
    assert upkeep.world.active() == {("lo-1", "lo-2")}
    assert upkeep.acts() == [(Act.WORK_REDRIVEN, "lo-1", "eva")]


def test_a_signal_that_is_gone_can_be_tried_too(upkeep: Upkeep) -> None:
    """It is reconciled from its stored matches; there need be no item of it."""
    upkeep.failures.redrive(["lo-gone"], operator="eva")

    assert upkeep.sweep().reconciled == 1


def test_what_is_given_up_is_not_tried_again(upkeep: Upkeep) -> None:
    """Only its work item goes; who did it and why stands in the trail."""
    assert upkeep.failures.discard("lo-1", DiscardReason.RECORD_LOST, operator="eva")
    upkeep.world.clock.advance(timedelta(days=1))

    assert upkeep.sweep() == SweepReport(reconciled=0, delivered=2, failed=0)
    assert upkeep.failures.all() == ()
    assert upkeep.acts() == [(Act.WORK_DISCARDED, "lo-1#RECORD_LOST", "eva")]
    assert "lo-1" in upkeep.world.storage.state.signals


def test_what_does_not_wait_cannot_be_given_up(upkeep: Upkeep) -> None:
    """Nothing is written down then."""
    assert not upkeep.failures.discard("lo-9", DiscardReason.SETTLED_BY_HAND, operator="eva")
    assert upkeep.acts() == []


def test_a_change_while_it_is_given_up_is_not_lost(upkeep: Upkeep) -> None:
    """The item of a later revision is another's."""
    work = upkeep.world.storage.work.pending("lo-1")
    assert work is not None

    def meanwhile(operation: str) -> None:
        if operation == "work.done":
            upkeep.world.storage.state.pending["lo-1"] = replace(work, revision=2)

    upkeep.world.storage.state.before = meanwhile
    upkeep.failures.discard("lo-1", DiscardReason.SETTLED_BY_HAND, operator="eva")

    assert upkeep.world.storage.state.pending["lo-1"].revision == 2
