"""Handing a signal over: only what that changes of its row, so that the person record stays sealed (D28)."""

from __future__ import annotations

from chalicelib.models.audit import append_in
from chalicelib.models.cards import put_card
from chalicelib.models.pending import asking, pending_row
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Handover


def write_handover(tables: Tables, handover: Handover) -> None:
    """Write who holds the signal, and ask for a reconcile. Raises Stale when its revision is another."""
    signal, at = handover.signal, handover.audit.at
    transaction = Transaction(tables.connection)
    transaction.update(
        tables.signals(signal.id),
        [SignalRow.professional_id.set(signal.professional_id), SignalRow.revision.set(signal.revision)],
        SignalRow.revision == signal.revision - 1,
        lambda _: Stale(signal.id),
    )
    transaction.update(
        pending_row(tables, signal.id, signal.revision, at),
        asking(signal.revision, at),
    )
    if handover.professional is not None:
        put_card(transaction, tables, handover.professional)
    append_in(transaction, tables, handover.audit)
    transaction.commit()
