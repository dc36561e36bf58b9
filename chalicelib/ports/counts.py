"""What the use cases need of counters that hold across functions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol


class CountStore(Protocol):
    """Counters by name; each goes by itself once its time is over."""

    def add(self, name: str, by: int, *, expires_at: datetime) -> int:
        """Add to a counter, which starts at nought; what that makes. Atomic."""
        ...

    def counted(self, names: Iterable[str], now: datetime) -> dict[str, int]:
        """What each counter stands at; nought for one that is not there, or whose time is over."""
        ...
