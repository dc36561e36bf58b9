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
