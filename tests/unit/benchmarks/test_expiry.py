"""The benchmark of expiry: what is due, how long nobody looks at the clock, and the page."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from benchmarks.expiry import Run, Watch, due, told
from benchmarks.meter import Call, Meter
from chalicelib.domain.dates import amsterdam_day
from chalicelib.signals.ending import is_overdue
from tests.builders import make_youth
from tests.fakes import FakeHasher, FakeNames, FakeStorage, FixedClock


def test_half_of_what_is_due_runs_and_half_is_in_the_archive() -> None:
    """All of it past its day."""
    clock = FixedClock()
    desk: Any = SimpleNamespace(
        storage=FakeStorage(clock), clock=clock, hasher=FakeHasher(), names=FakeNames()
    )

    signals = list(due(desk, [make_youth()] * 10))

    today = amsterdam_day(clock.now())
    assert sum(is_overdue(one, today) for one in signals) == 5
    kept = [one.archived for one in signals if one.archived is not None]
    assert [bool(one.keys) and one.until < today for one in kept] == [True] * 5


def test_the_longest_time_without_a_look_at_the_clock_is_told() -> None:
    """A run may go beyond its time by that, and no more."""
    watch = Watch(seconds=60, asked=[1.0, 1.5, 4.5, 4.6])

    assert watch.longest_silence() == 3.0
    assert Watch(seconds=60).longest_silence() == 0.0


def test_the_page_tells_runs_and_what_one_signal_costs() -> None:
    """Over all runs, of both kinds."""
    calls = Meter(
        [Call("dynamodb", "TransactWriteItems", writes=30.0), Call("dynamodb", "GetItem", reads=2.0)]
    )
    runs = [
        Run(ended=2, left=1, seconds=1.5, silence=0.25, complete=False, calls=calls),
        Run(ended=0, left=1, seconds=0.5, silence=0.05, complete=True, calls=calls),
    ]

    page = told(2, 2.0, runs)

    assert "| 1 | 2 | 1 | 1.5 | 250 |" in page
    assert "| DynamoDB requests | 1.00 |" in page
    assert "| write units | 15.00 |" in page
    assert "2 a second; a page of 100 takes 50.0 s on average." in page
