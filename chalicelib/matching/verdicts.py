"""What people decided about pairs; their word stands above every sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's word on two signals: about the ``same`` youth, or not."""

    first: str
    second: str
    same: bool


class Verdicts:
    """Verdicts in a fixed order, whichever way they came in."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        listed = set(verdicts)
        self._apart = {frozenset((verdict.first, verdict.second)) for verdict in listed if not verdict.same}
        self.same: tuple[tuple[str, str], ...] = tuple(
            sorted(
                (min(verdict.first, verdict.second), max(verdict.first, verdict.second))
                for verdict in listed
                if verdict.same and frozenset((verdict.first, verdict.second)) not in self._apart
            )
        )

    def forbid_any(self, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether somebody said of one of these pairs that they are not the same youth."""
        return bool(self._apart) and any(frozenset(pair) in self._apart for pair in pairs)
