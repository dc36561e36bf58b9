"""The audit trail: entries are added under a condition and never touched again (D39)."""

from __future__ import annotations

from dataclasses import dataclass

from pynamodb.exceptions import PutError

from chalicelib.domain.audit import AuditEntry
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import stored
from chalicelib.models.rows.region import AuditRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere


@dataclass(frozen=True, slots=True)
class AuditTable:
    """The audit store over its table."""

    tables: Tables

    def append(self, entry: AuditEntry) -> None:
        """Add an entry. Raises AlreadyThere."""
        try:
            with storage_errors():
                _row(self.tables, entry).save(AuditRow.entry_id.does_not_exist())
        except PutError as error:
            if refused(error):
                raise AlreadyThere(entry.id) from error
            raise


def append_in(transaction: Transaction, tables: Tables, entry: AuditEntry) -> None:
    """Add an entry together with what it tells of; else AlreadyThere."""
    transaction.put(_row(tables, entry), AuditRow.entry_id.does_not_exist(), lambda _: AlreadyThere(entry.id))


def _row(tables: Tables, entry: AuditEntry) -> AuditRow:
    return tables.audit(
        entry.organisation_id,
        entry.id,
        professional_id=entry.professional_id,
        act=entry.act.value,
        resource=entry.resource,
        at=stored(entry.at),
        outcome=entry.outcome.value,
        request_id=entry.request_id,
        token_id=entry.token_id,
    )
