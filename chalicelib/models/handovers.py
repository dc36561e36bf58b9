"""Who holds a signal next (D28): nobody who left, or whose organisation was suspended, while it was asked.

Handing over writes only what that changes of the row, so that the person record stays sealed.
"""

from __future__ import annotations

from chalicelib.domain.organisation import OrganisationState, Professional
from chalicelib.domain.signal import Signal
from chalicelib.models.audit import append_in
from chalicelib.models.cards import put_card, put_card_of_present, require_present
from chalicelib.models.pending import asking, pending_row
from chalicelib.models.rows.organisations import OrganisationRow
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Handover, SignalChange


def write_handover(tables: Tables, handover: Handover) -> None:
    """Write who holds the signal, and ask for a reconcile.

    Raises Stale when its revision is another, who takes over has left, or their organisation was suspended.
    """
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
    transaction.check(
        tables.organisations,
        signal.organisation_id,
        OrganisationRow.state == OrganisationState.ACTIVE.value,
        lambda _: Stale(signal.organisation_id),
    )
    _put_taker(transaction, tables, signal, handover.professional)
    append_in(transaction, tables, handover.audit)
    transaction.commit()


def put_holder(transaction: Transaction, tables: Tables, change: SignalChange) -> None:
    """Write the card of a change, if there is one; whom the signal names anew may not have left."""
    if change.signal.professional_id != change.previous.professional_id:
        _put_taker(transaction, tables, change.signal, change.professional)
    elif change.professional is not None:
        put_card(transaction, tables, change.professional)


def _put_taker(transaction: Transaction, tables: Tables, signal: Signal, card: Professional | None) -> None:
    if card is None:
        require_present(transaction, tables, signal.organisation_id, signal.professional_id)
    else:
        put_card_of_present(transaction, tables, card)
