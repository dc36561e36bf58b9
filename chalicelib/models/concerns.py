"""Concerns over the table of settings: one row per month, a set of names."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import row_of
from chalicelib.models.rows.region import SettingRow
from chalicelib.models.tables import Tables


@dataclass(frozen=True, slots=True)
class ConcernTable:
    """The store of concerns over its table."""

    tables: Tables

    def add(self, month: str, name: str) -> None:
        """Add a name; the same again is harmless. Raises StorageBusy."""
        with storage_errors():
            self.tables.settings(_row_name(month)).update([SettingRow.members.add({name})])

    def of_month(self, month: str) -> frozenset[str]:
        """Every name of a month."""
        row = row_of(self.tables.settings, _row_name(month))
        return frozenset(row.members or ()) if row is not None else frozenset()


def _row_name(month: str) -> str:
    return f"concerns#{month}"
