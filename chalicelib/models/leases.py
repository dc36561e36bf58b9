"""Leases over their table: who does a thing now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pynamodb.exceptions import DeleteError, PutError

from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import stored
from chalicelib.models.rows.work import LeaseRow
from chalicelib.models.tables import Tables

SWEPT_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LeaseTable:
    """The lease store over its table; ``until`` is judged by the caller's clock, never by TTL."""

    tables: Tables

    def acquire(self, name: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """True when the lease is ours until then; False when another's has not run out."""
        free = LeaseRow.name.does_not_exist() | (LeaseRow.owner == owner) | (LeaseRow.until <= stored(now))
        row = self.tables.leases(name, owner=owner, until=stored(until), expires_at=until + SWEPT_AFTER)
        try:
            with storage_errors():
                row.save(free)
        except PutError as error:
            if refused(error):
                return False
            raise
        return True

    def release(self, name: str, owner: str) -> None:
        """Give it back if it is still ours."""
        try:
            with storage_errors():
                self.tables.leases(name).delete(LeaseRow.owner == owner)
        except DeleteError as error:
            if not refused(error):
                raise
