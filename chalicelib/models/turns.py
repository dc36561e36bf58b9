"""Turns over the table of leases: how many mails left in a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from chalicelib.models.failures import storage_errors
from chalicelib.models.rows.work import LeaseRow
from chalicelib.models.tables import Tables

SWEPT_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TurnTable:
    """Counts of turns, a row per second, which goes by itself."""

    tables: Tables

    def take(self, second: int) -> int:
        """Take a turn in a second since 1970; how many that makes. Raises StorageBusy."""
        row = self.tables.leases(f"mails#{second}")
        expires_at = datetime.fromtimestamp(second, UTC) + SWEPT_AFTER
        with storage_errors():
            row.update([LeaseRow.taken.add(1), LeaseRow.expires_at.set(expires_at)])
        return int(row.taken)
