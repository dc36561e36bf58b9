"""Counters in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeCounts:
    """Counters over a dict."""

    state: FakeState

    def add(self, name: str, by: int, *, expires_at: datetime) -> int:
        """Add to a counter; what that makes."""
        self.state.before("counts.add")
        held, _ = self.state.counts.get(name, (0, expires_at))
        self.state.counts[name] = (held + by, expires_at)
        return held + by

    def counted(self, names: Iterable[str], now: datetime) -> dict[str, int]:
        """What each counter stands at."""
        self.state.before("counts.counted")
        held = {name: self.state.counts.get(name, (0, now)) for name in names}
        return {name: count if expires_at > now else 0 for name, (count, expires_at) in held.items()}
