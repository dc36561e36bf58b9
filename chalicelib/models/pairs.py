"""What writing a match and writing a review share: the row, its mirrors, and the guards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.match import Side
from chalicelib.domain.signal import SignalState
from chalicelib.models.rows.matches import MatchRow
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Guard

Columns = Mapping[str, Any]


def write_pair(
    transaction: Transaction,
    tables: Tables,
    pair_id: str,
    *,
    sides: tuple[Side, Side],
    shared: Columns,
    own: Columns,
    previous_revision: int | None,
) -> None:
    """Write a row and its two mirrors; ``shared`` is what all three hold, ``own`` the row's alone.

    Of a stored row only what is given changes, so that it keeps an explanation that was not read.
    """
    if previous_revision is None:
        transaction.put(
            tables.matches(pair_id, **shared, **own),
            MatchRow.match_id.does_not_exist(),
            lambda _: AlreadyThere(pair_id),
        )
    else:
        attributes = MatchRow.get_attributes()
        actions: list[Action] = [
            attributes[field].set(value) if value else attributes[field].remove()
            for field, value in {**shared, **own}.items()
        ]
        transaction.update(
            tables.matches(pair_id),
            actions,
            MatchRow.revision == previous_revision,
            lambda _: Stale(pair_id),
        )
    for side in sides:
        transaction.put(tables.signal_matches(side.signal_id, pair_id, **shared))


def require(transaction: Transaction, tables: Tables, guard: Guard) -> None:
    """Let the transaction be refused when a signal is not as it was read."""
    condition = SignalRow.revision == guard.revision
    if guard.active:
        condition &= SignalRow.state == SignalState.ACTIVE.value
    transaction.check(tables.signals, guard.signal_id, condition, lambda _: Stale(guard.signal_id))
