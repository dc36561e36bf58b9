"""Counters over the table of leases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.models.failures import storage_errors
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
