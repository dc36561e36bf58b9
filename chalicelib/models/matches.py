"""The match store: row, mirrors, guards and notices are one write."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.domain.match import Match
from chalicelib.models.match_codec import columns_of, explanation_text, match_of, whole_match
from chalicelib.models.names import claim
from chalicelib.models.notices import put_new_notice
from chalicelib.models.pairs import require, write_pair
from chalicelib.models.reads import row_of, rows_under
from chalicelib.models.review_codec import REVIEW, review_of
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.storage import Links, MatchChange


@dataclass(frozen=True, slots=True)
class MatchTable:
    """Matches and their mirrors, over their tables."""

    tables: Tables
    clock: Clock

    def get(self, match_id: str) -> Match | None:
        """The match with its explanation."""
        row = row_of(self.tables.matches, match_id)
        return whole_match(row) if row is not None and row.kind != REVIEW else None

    def of_signal(self, signal_id: str) -> tuple[Match, ...]:
        """All matches of a signal, ended ones too, from the mirrors (without explanation), by id."""
        return self.links_of(signal_id).matches

    def links_of(self, signal_id: str) -> Links:
        """Matches and reviews of a signal by the same one read, from the mirrors."""
        rows = list(rows_under(self.tables.signal_matches, signal_id))
        return Links(
            matches=tuple(match_of(row, row.match_id, None) for row in rows if row.kind != REVIEW),
            reviews=tuple(review_of(row, row.match_id, None) for row in rows if row.kind == REVIEW),
        )

    def commit(self, change: MatchChange) -> None:
        """Write a match.

        Raises Stale (its revision or a guard), AlreadyThere (creating, or a notice), NameTaken.
        """
        match = change.match
        transaction = Transaction(self.tables.connection)
        keeps = change.previous_revision is not None and match.explanation is None
        write_pair(
            transaction,
            self.tables,
            match.id,
            sides=match.sides,
            shared=columns_of(match),
            own={} if keeps else {"explanation": explanation_text(match.explanation)},
            previous_revision=change.previous_revision,
        )
        for guard in change.guards:
            require(transaction, self.tables, guard)
        if change.name is not None:
            claim(transaction, self.tables, change.name, self.clock.now())
        for notice in change.notices:
            put_new_notice(transaction, self.tables, notice)
        transaction.commit()
