"""Data keys over their table; only wrapped keys are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pynamodb.exceptions import PutError, UpdateError

from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.reads import row_of
from chalicelib.models.rows.region import DataKeyRow
from chalicelib.models.tables import Tables
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.sealing import Reservation

MADE: Final = "made#"
"""Before the id of a key, in the id of the mark that there was one."""


@dataclass(frozen=True, slots=True)
class DataKeyTable:
    """The data key store over its table."""

    tables: Tables

    def wrapped(self, key_id: str) -> bytes | None:
        """The wrapped key."""
        row = row_of(self.tables.data_keys, key_id)
        return row.wrapped if row is not None else None

    def create(self, key_id: str, wrapped: bytes) -> None:
        """Keep a new key, unused, and then for ever that there was one. Raises AlreadyThere when there was.

        Not in one transaction: the processes that begin a day together would meet in it. Who finds the key
        there marks it too: it may be its own, whose answer was lost.
        """
        mark = self.tables.data_keys(f"{MADE}{key_id}", used=0)
        if row_of(self.tables.data_keys, mark.key_id) is not None:
            raise AlreadyThere(key_id)
        key = self.tables.data_keys(key_id, wrapped=wrapped, used=0)
        try:
            with storage_errors():
                key.save(DataKeyRow.key_id.does_not_exist())
        except PutError as error:
            if not refused(error):
                raise
            self._keep(mark)
            raise AlreadyThere(key_id) from error
        self._keep(mark)

    def _keep(self, mark: DataKeyRow) -> None:
        with storage_errors():
            mark.save()

    def reserve(self, key_id: str, uses: int, *, most: int) -> Reservation | None:
        """Count uses of a key in advance; None when there is no such key. Raises Stale beyond ``most``."""
        row = self.tables.data_keys(key_id)
        try:
            with storage_errors():
                row.update([DataKeyRow.used.add(uses)], DataKeyRow.used <= most - uses)
        except UpdateError as error:
            if not refused(error):
                raise
            if self.wrapped(key_id) is None:
                return None
            raise Stale(key_id) from error
        return Reservation(row.wrapped, int(row.used))
