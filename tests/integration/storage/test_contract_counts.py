"""What every store of counters does."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.ports.storage import Storage
from tests.builders import NOW

LATER = NOW + timedelta(hours=1)


def test_a_counter_starts_at_nought_and_tells_what_it_comes_to(storage: Storage) -> None:
    """Each name for itself."""
    told = [storage.counts.add(name, by, expires_at=LATER) for name, by in (("a", 1), ("a", 99), ("b", 1))]

    assert told == [1, 100, 1]


def test_a_counter_is_read_until_its_time_is_over(storage: Storage) -> None:
    """One that nobody counted stands at nought."""
    storage.counts.add("a", 2, expires_at=LATER)

    assert storage.counts.counted(["a", "b"], NOW) == {"a": 2, "b": 0}
    assert storage.counts.counted(["a"], LATER) == {"a": 0}
    assert storage.counts.counted([], NOW) == {}


def test_concerns_are_kept_by_month(storage: Storage) -> None:
    """Each once, however often it is raised."""
    for name in ("school#", "school#staff-1", "school#"):
        storage.concerns.add("2026-11", name)

    assert storage.concerns.of_month("2026-11") == {"school#", "school#staff-1"}
    assert storage.concerns.of_month("2026-12") == frozenset()
