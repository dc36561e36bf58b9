"""The match store: row, mirrors, guards and notices are one write (architecture.md, 2 and 3)."""

from __future__ import annotations

from dataclasses import dataclass

from pynamodb.expressions.update import Action

from chalicelib.clock import Clock
from chalicelib.domain.match import Match
from chalicelib.domain.signal import SignalState
from chalicelib.models.match_codec import columns_of, explanation_text, match_of, whole_match
from chalicelib.models.names import claim
from chalicelib.models.notices import put_new_notice
from chalicelib.models.reads import row_of, rows_under
from chalicelib.models.rows.matches import MatchRow
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Guard, MatchChange


@dataclass(frozen=True, slots=True)
class MatchTable:
    """Matches and their mirrors, over their tables."""

    tables: Tables
    clock: Clock

    def get(self, match_id: str) -> Match | None:
        """The match with its explanation."""
        row = row_of(self.tables.matches, match_id)
        return whole_match(row) if row is not None else None

    def of_signal(self, signal_id: str) -> tuple[Match, ...]:
        """All matches of a signal, ended ones too, from the mirrors (without explanation), by id."""
        rows = rows_under(self.tables.signal_matches, signal_id)
        return tuple(match_of(row, row.match_id, None) for row in rows)

    def commit(self, change: MatchChange) -> None:
        """Write a match.

        Raises Stale (its revision or a guard), AlreadyThere (creating, or a notice), NameTaken.
        """
        transaction = Transaction(self.tables.connection)
        self._write_row(transaction, change)
        for side in change.match.sides:
            mirror = self.tables.signal_matches(side.signal_id, change.match.id, **columns_of(change.match))
            transaction.put(mirror)
        for guard in change.guards:
            _require(transaction, self.tables, guard)
        if change.name is not None:
            claim(transaction, self.tables, change.name, self.clock.now())
        for notice in change.notices:
            put_new_notice(transaction, self.tables, notice)
        transaction.commit()

    def _write_row(self, transaction: Transaction, change: MatchChange) -> None:
        """Put a new row; of an old one change what is given, so that it keeps an explanation not read."""
        match = change.match
        columns = {**columns_of(match), "explanation": explanation_text(match.explanation)}
        if change.previous_revision is None:
            transaction.put(
                self.tables.matches(match.id, **columns),
                MatchRow.match_id.does_not_exist(),
                lambda _: AlreadyThere(match.id),
            )
            return
        if match.explanation is None:
            del columns["explanation"]
        attributes = MatchRow.get_attributes()
        actions: list[Action] = [
            attributes[field].set(value) if value else attributes[field].remove()
            for field, value in columns.items()
        ]
        transaction.update(
            self.tables.matches(match.id),
            actions,
            MatchRow.revision == change.previous_revision,
            lambda _: Stale(match.id),
        )


def _require(transaction: Transaction, tables: Tables, guard: Guard) -> None:
    condition = SignalRow.revision == guard.revision
    if guard.active:
        condition &= SignalRow.state == SignalState.ACTIVE.value
    transaction.check(tables.signals, guard.signal_id, condition, lambda _: Stale(guard.signal_id))
