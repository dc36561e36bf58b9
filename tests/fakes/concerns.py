"""Concerns in memory."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeConcerns:
    """The store of concerns over a dict of sets."""

    state: FakeState

    def add(self, month: str, name: str) -> None:
        """Add a name."""
        self.state.before("concerns.add")
        self.state.concerns[month].add(name)

    def of_month(self, month: str) -> frozenset[str]:
        """Every name of a month."""
        self.state.before("concerns.of_month")
        return frozenset(self.state.concerns.get(month, ()))
