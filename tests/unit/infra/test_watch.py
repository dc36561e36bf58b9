"""What the embedded AWS tells of itself while it is measured."""

from __future__ import annotations

import pytest

from infra.emulator import watch


def test_a_second_tells_what_ran_what_was_answered_and_how_late_a_thread_came(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Means over the looks of that second; of what was answered, what was not before."""
    monkeypatch.setattr(watch, "_LINE", 0.05)
    looks = iter([{"s-match": 2}, {"s-match": 4, "s-api": 1}])

    counts = iter([{"requests": 100}, {"requests": 200, "calls": 10}])

    told = watch._second(lambda: next(looks, {"s-match": 3}), lambda: next(counts))

    assert set(told) == {"at", "used", "late", "answered", "running"}
    answered = told["answered"]
    assert isinstance(answered, dict)
    assert answered["requests"] == pytest.approx(10 * answered["calls"])
    running = told["running"]
    assert isinstance(running, dict)
    assert 2 <= running["s-match"] <= 4


def test_a_second_in_which_no_thread_came_to_its_turn_is_told_of_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A machine that stood still for as long as a line is about is what the report is there to show."""
    monkeypatch.setattr(watch, "_LINE", -1.0)  # over before the first look

    told = watch._second(lambda: {"s-match": 1}, lambda: {"requests": 3})

    assert told["running"] == {"s-match": 1}
