"""Counters over the table of leases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import rows_of
from chalicelib.models.rows.work import LeaseRow
from chalicelib.models.tables import Tables


@dataclass(frozen=True, slots=True)
class CountTable:
    """A row per counter: one write each time, whoever counts."""

    tables: Tables

    def add(self, name: str, by: int, *, expires_at: datetime) -> int:
        """Add to a counter, which starts at nought; what that makes. Raises StorageBusy."""
        row = self.tables.leases(name)
        with storage_errors():
            row.update([LeaseRow.taken.add(by), LeaseRow.expires_at.set(expires_at)])
        return int(row.taken)

    def counted(self, names: Iterable[str], now: datetime) -> dict[str, int]:
        """What each counter stands at; its own time is judged, whether it was swept up or not."""
        wanted = set(names)
        rows = rows_of(self.tables.leases, wanted)
        found = {row.name: int(row.taken) for row in rows if row.taken and row.expires_at > now}
        return dict.fromkeys(wanted, 0) | found
