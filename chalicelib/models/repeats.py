"""Requests under a key, beside the other unique names."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from chalicelib.models.moments import stored
from chalicelib.models.rows.region import ReferenceRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Held, Transaction
from chalicelib.ports.errors import NameTaken, Stale, StillRunning, StorageError
from chalicelib.ports.repeats import Run


class _Made(StorageError):  # noqa: N818 - never leaves this module
    """The row is of a run that is done; the argument is what it made."""


@dataclass(frozen=True, slots=True)
class RepeatTable:
    """The store of repeats over the table of unique names; times are judged on read, never by TTL."""

    tables: Tables

    def begin(self, run: Run, now: datetime) -> str | None:
        """Take the key for a run, or tell what an earlier one made. Raises NameTaken, StillRunning."""
        lost = (ReferenceRow.digest == run.digest) & (ReferenceRow.running_until <= stored(now))
        free = ReferenceRow.name.does_not_exist() | (ReferenceRow.expires_at <= now) | lost
        row = _row(self.tables, run, target=run.owner)
        row.running_until = stored(run.until)
        transaction = Transaction(self.tables.connection)
        transaction.put(row, free, lambda held: _standing(run, held))
        try:
            transaction.commit()
        except _Made as earlier:
            return str(earlier)
        return None

    def finish(self, run: Run, made: str) -> None:
        """Remember what the run made, if the key is still its own."""
        transaction = Transaction(self.tables.connection)
        finish_in(transaction, self.tables, run, made)
        with suppress(Stale):
            transaction.commit()

    def abandon(self, run: Run) -> None:
        """Free the key of a run that made nothing, if it is still its own."""
        transaction = Transaction(self.tables.connection)
        transaction.delete(self.tables.references(run.name), ReferenceRow.target == run.owner, _gone)
        with suppress(Stale):
            transaction.commit()


def finish_in(transaction: Transaction, tables: Tables, run: Run, made: str) -> None:
    """Remember what the run made together with the making, if the key is still its own; else Stale."""
    transaction.put(_row(tables, run, target=made), ReferenceRow.target == run.owner, _gone)


def _row(tables: Tables, run: Run, *, target: str) -> ReferenceRow:
    return tables.references(run.name, target=target, digest=run.digest, expires_at=run.expires_at)


def _standing(run: Run, held: Held) -> StorageError:
    """What a row that stands in the way means."""
    row = ReferenceRow.from_raw_data(dict(held))
    if row.digest != run.digest:
        return NameTaken(run.name, row.target, row.digest)
    return StillRunning(run.name) if row.running_until else _Made(row.target)


def _gone(_: Held) -> StorageError:
    return Stale("the key is another run's")
