"""What the embedded AWS tells of itself while it is measured."""

from __future__ import annotations

import pytest

from infra.emulator import watch


def test_a_second_tells_what_ran_and_how_late_a_thread_came(monkeypatch: pytest.MonkeyPatch) -> None:
    """Means over the looks of that second."""
    monkeypatch.setattr(watch, "_LINE", 0.05)
    looks = iter([{"s-match": 2}, {"s-match": 4, "s-api": 1}])

    told = watch._second(lambda: next(looks, {"s-match": 3}))

    assert set(told) == {"at", "used", "late", "running"}
    running = told["running"]
    assert isinstance(running, dict)
    assert 2 <= running["s-match"] <= 4
