"""The archive over its tables: a signal's archive keys, and what the archive told (D35, D36)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.history import History
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.models.audit import append_in
from chalicelib.models.moments import moment_or_none, stored_or_none
from chalicelib.models.pairs import require
from chalicelib.models.reads import rows_of, rows_under
from chalicelib.models.rows.signals import HistoryRow
from chalicelib.models.signal_codec import SignalCodec, keys_in_archive
from chalicelib.models.signal_keys import as_read
from chalicelib.models.signal_lists import over_in_archive
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.links import Guard
from chalicelib.ports.storage import Page


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """The archive store over its tables."""

    tables: Tables
    codec: SignalCodec

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per archive key the ids of the archived signals that hold it: one consistent query each."""
        rows = self.tables.archive_keys
        return {
            key: frozenset(row.signal_id for row in rows_under(rows, key.hashed, ["signalId"]))
            for key in keys
        }

    def over(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day in the archive is before ``today``. May lag."""
        return over_in_archive(self.tables, today, limit=limit, after=after)

    def redate(self, previous: Signal, signal: Signal, audit: AuditEntry) -> None:
        """Write an archived signal's next revision with another last day. Raises Stale."""
        transaction = Transaction(self.tables.connection)
        transaction.put(self.codec.row(signal), as_read(self.codec, previous), lambda _: Stale(signal.id))
        rewrite_archive(transaction, self.tables, self.codec, previous, signal)
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def histories(self, signal_ids: Iterable[str]) -> dict[str, History]:
        """What was told of these signals, by id."""
        wanted = set(signal_ids)
        return {row.signal_id: _history(row) for row in rows_of(self.tables.histories, wanted)}

    def tell(self, history: History, guard: Guard) -> None:
        """Write what the archive says of a signal that is still as it was read. Raises Stale."""
        transaction = Transaction(self.tables.connection)
        require(transaction, self.tables, guard)
        transaction.put(
            _row(self.tables, history),
            HistoryRow.signal_id.does_not_exist(),
            lambda _: Stale(history.signal_id),
        )
        transaction.commit()

    def open(self, history: History, audit: Sequence[AuditEntry]) -> None:
        """Write that the earlier signals were opened, and its entries. Raises Stale, AlreadyThere."""
        unopened = (HistoryRow.earlier == True) & HistoryRow.opened_at.does_not_exist()  # noqa: E712 - a condition
        transaction = Transaction(self.tables.connection)
        transaction.put(_row(self.tables, history), unopened, lambda _: Stale(history.signal_id))
        for entry in audit:
            append_in(transaction, self.tables, entry)
        transaction.commit()


def rewrite_archive(
    transaction: Transaction, tables: Tables, codec: SignalCodec, previous: Signal, signal: Signal
) -> None:
    """What a signal's next revision changes in the archive; with its end goes what was told of it."""
    before, after = keys_in_archive(previous), keys_in_archive(signal)
    for gone in codec.archive_rows(previous, before - after):
        transaction.delete(gone)
    for new in codec.archive_rows(signal, after - before):
        transaction.put(new)
    if previous.ended_at is None and signal.ended_at is not None:
        transaction.delete(tables.histories(signal.id))


def _row(tables: Tables, history: History) -> HistoryRow:
    return tables.histories(
        history.signal_id,
        earlier=history.earlier,
        opened_at=stored_or_none(history.opened_at),
        opened_under=history.opened_under,
    )


def _history(row: HistoryRow) -> History:
    return History(
        signal_id=row.signal_id,
        earlier=row.earlier,
        opened_at=moment_or_none(row.opened_at),
        opened_under=row.opened_under,
    )
