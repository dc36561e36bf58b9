"""How much work waits."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.ports.storage import PendingWork
from chalicelib.upkeep.backlog import Backlog, LookAtBacklog
from tests.builders import NOW
from tests.fakes import FakeStorage, FixedClock


def test_nothing_waits_in_a_quiet_region() -> None:
    """All figures are zero, rather than absent, so that an alarm can end."""
    clock = FixedClock()

    assert LookAtBacklog(storage=FakeStorage(clock), clock=clock)() == Backlog(
        failing=0, oldest_seconds=0.0, receivers=0
    )


def test_what_waits_for_its_next_attempt_counts_too() -> None:
    """A signal that keeps failing, one that was just given, and the age of the older one."""
    clock = FixedClock()
    storage = FakeStorage(clock)
    long_ago = NOW - timedelta(hours=2)
    storage.work.add_pending("lo-s1", 1, long_ago)
    failing = PendingWork(signal_id="lo-s1", revision=1, since=long_ago)
    storage.work.put_off(failing, "SealBroken", NOW + timedelta(hours=6))
    storage.work.add_pending("lo-s2", 1, NOW)

    assert LookAtBacklog(storage=storage, clock=clock)() == Backlog(
        failing=1, oldest_seconds=7200.0, receivers=0
    )


def test_a_receiver_waits_from_a_quarter_of_an_hour_on() -> None:
    """A notice of a moment ago is on its way."""
    clock = FixedClock()
    storage = FakeStorage(clock)
    storage.state.due["ggd#staff-1", "n1"] = NOW
    look = LookAtBacklog(storage=storage, clock=clock)

    before = look().receivers
    clock.advance(timedelta(minutes=16))

    assert (before, look().receivers) == (0, 1)
