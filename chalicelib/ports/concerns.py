"""What the use cases need to keep whom the region administrator has to look at (D16)."""

from __future__ import annotations

from typing import Protocol


class ConcernStore(Protocol):
    """Who gave cause for concern, by month (``2026-11``); names are for the caller to make."""

    def add(self, month: str, name: str) -> None:
        """Add a name; the same again is harmless."""
        ...

    def of_month(self, month: str) -> frozenset[str]:
        """Every name of a month."""
        ...
