"""Unique names inside other writes."""

from __future__ import annotations

from datetime import datetime

from chalicelib.models.rows.region import ReferenceRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Held, Transaction
from chalicelib.ports.errors import NameTaken, Stale, StorageError
from chalicelib.ports.storage import UniqueName


def claim(transaction: Transaction, tables: Tables, name: UniqueName, now: datetime) -> None:
    """Take a name that is free or whose time is over; else NameTaken with its holder."""

    def taken(held: Held) -> StorageError:
        holder = ReferenceRow.from_raw_data(dict(held))
        return NameTaken(name.name, holder.target, holder.digest)

    row = tables.references(name.name, target=name.target, digest=name.digest, expires_at=name.expires_at)
    free = ReferenceRow.name.does_not_exist() | (ReferenceRow.expires_at <= now)
    transaction.put(row, free, taken)


def hand_over(transaction: Transaction, tables: Tables, name: UniqueName, former: str) -> None:
    """Give a name of one target to another; Stale when it is no longer the former's."""
    row = tables.references(name.name, target=name.target, digest=name.digest, expires_at=name.expires_at)
    transaction.put(row, ReferenceRow.target == former, lambda _: Stale(name.name))


def release(transaction: Transaction, tables: Tables, name: str, target: str) -> None:
    """Give up a name if it is this target's; else Stale."""
    own = ReferenceRow.name.does_not_exist() | (ReferenceRow.target == target)
    transaction.delete(tables.references(name), own, lambda _: Stale(name))
