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
