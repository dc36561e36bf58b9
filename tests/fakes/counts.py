"""Counters in memory."""

from __future__ import annotations

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
