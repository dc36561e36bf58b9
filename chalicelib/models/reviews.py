"""The review store: beside the matches, in the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from chalicelib.domain.review import Review, ReviewState
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.models.audit import append_in
from chalicelib.models.failures import storage_errors
from chalicelib.models.notices import put_new_notice
from chalicelib.models.pairs import require, write_pair
from chalicelib.models.pending import asking, pending_row
from chalicelib.models.reads import row_of, rows_of
from chalicelib.models.review_codec import REVIEW, own_columns, review_columns, whole_review
from chalicelib.models.rows.matches import MatchRow
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.signal_codec import verdict_texts
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import ConfirmationsAsked, Page, ReviewChange, VerdictChange


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """Reviews over the tables of matches."""

    tables: Tables

    def get(self, review_id: str) -> Review | None:
        """The review with its explanation."""
        row = row_of(self.tables.matches, review_id)
        return whole_review(row) if row is not None and row.kind == REVIEW else None

    def page(self, state: ReviewState, *, limit: int, after: str | None) -> Page[Review]:
        """Reviews in this state, oldest first; the index may lag, so each is judged as it is stored."""
        places = list(islice(self._places(state, after), limit + 1))
        ids = [place.partition("#")[2] for place in places[:limit]]
        rows = {row.match_id: row for row in rows_of(self.tables.matches, ids)}
        found = (whole_review(rows[one]) for one in ids if one in rows)
        return Page(
            tuple(review for review in found if review.state is state),
            places[limit - 1] if len(places) > limit else None,
        )

    def commit(self, change: ReviewChange) -> None:
        """Write a review. Raises Stale (its revision or a guard), AlreadyThere (creating)."""
        transaction = Transaction(self.tables.connection)
        put_review(transaction, self.tables, change.review, change.previous_revision)
        for guard in change.guards:
            require(transaction, self.tables, guard)
        transaction.commit()

    def decide(self, change: VerdictChange) -> None:
        """Write a verdict. Raises Stale when the review or a signal is not as it was read."""
        transaction = Transaction(self.tables.connection)
        put_review(transaction, self.tables, change.review, change.previous_revision)
        for signal in change.signals:
            put_verdicts(transaction, self.tables, signal, change.audit.at)
        append_in(transaction, self.tables, change.audit)
        transaction.commit()

    def ask(self, change: ConfirmationsAsked) -> None:
        """Write the question and its notices. Raises Stale (its revision or a guard)."""
        transaction = Transaction(self.tables.connection)
        put_review(transaction, self.tables, change.review, change.previous_revision)
        for guard in change.guards:
            require(transaction, self.tables, guard)
        for notice in change.notices:
            put_new_notice(transaction, self.tables, notice)
        append_in(transaction, self.tables, change.audit)
        transaction.commit()

    def _places(self, state: ReviewState, after: str | None) -> Iterator[str]:
        later = MatchRow.review_since > after if after is not None else None
        with storage_errors():
            for row in self.tables.matches.by_review_state.query(state.value, later, page_size=100):
                yield row.review_since


def put_review(
    transaction: Transaction, tables: Tables, review: Review, previous_revision: int | None
) -> None:
    """Write a review and its mirrors; None for one that must be new."""
    write_pair(
        transaction,
        tables,
        review.id,
        sides=review.sides,
        shared=review_columns(review),
        own=own_columns(review),
        previous_revision=previous_revision,
    )


def put_verdicts(transaction: Transaction, tables: Tables, signal: Signal, at: datetime) -> None:
    """Only what a verdict changes, so that the person record stays sealed; and ask for a reconcile."""
    verdicts = verdict_texts(signal.verdicts)
    transaction.update(
        tables.signals(signal.id),
        [
            SignalRow.revision.set(signal.revision),
            SignalRow.verdicts.set(verdicts) if verdicts else SignalRow.verdicts.remove(),
        ],
        (SignalRow.revision == signal.revision - 1) & (SignalRow.state == SignalState.ACTIVE.value),
        lambda _: Stale(signal.id),
    )
    transaction.update(
        pending_row(tables, signal.id, signal.revision, at),
        asking(signal.revision, at),
    )
