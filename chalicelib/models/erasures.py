"""The ledger of erasures over its table, and the removal of what outlives a signal's record (D33, D38)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice
from chalicelib.domain.review import Review
from chalicelib.models.audit import kept_until
from chalicelib.models.failures import storage_errors
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.notices import NOTICES_AT_ONCE, notices_under, put_told
from chalicelib.models.pending import asking, pending_row
from chalicelib.models.reads import row_of
from chalicelib.models.rows.erasures import ErasureRow
from chalicelib.models.rows.matches import MatchRow
from chalicelib.models.rows.region import ReferenceRow
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.rows.work import WorkRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.models.work import due_row
from chalicelib.ports.errors import Stale

UNFINISHED: Final = "erasures"
"""The one partition of work items of erasures that are not completed: they are few."""
POINTS_AT_NOTHING: Final = "erased"
"""The target of a match key whose match was erased: nobody else is given that key."""


@dataclass(frozen=True, slots=True)
class ErasureTable:
    """The erasure store over its table and those it removes rows of."""

    tables: Tables
    clock: Clock

    def get(self, signal_id: str) -> ErasureCertificate | None:
        """The certificate of a signal; one past its time is not shown, whether it was swept up or not."""
        row = row_of(self.tables.erasures, signal_id)
        return _certificate(row) if row is not None and row.expires_at > self.clock.now() else None

    def unfinished(self, *, limit: int, after: str | None = None) -> tuple[str, ...]:
        """Ids of signals of which something is left, by id; those after this one."""
        later = WorkRow.item_id > after if after is not None else None
        with storage_errors():
            rows = self.tables.work.query(UNFINISHED, later, consistent_read=True, limit=limit)
            return tuple(row.item_id for row in rows)

    def save(self, certificate: ErasureCertificate) -> None:
        """Write what more has gone; one that is completed is unfinished no more. Stale once erased anew."""
        transaction = Transaction(self.tables.connection)
        as_read = ErasureRow.erased_at == stored(certificate.erased_at)
        transaction.put(_row(self.tables, certificate), as_read, lambda _: Stale(certificate.signal_id))
        if certificate.completed_at is not None:
            transaction.delete(_work_row(self.tables, certificate))
        transaction.commit()

    def notices_of(self, pair_id: str) -> tuple[Notice, ...]:
        """All notices about a match or review, by id. May lag a moment."""
        with storage_errors():
            ids = [row.notice_id for row in self.tables.notices.by_match.query(pair_id)]
        return tuple(sorted(notices_under(self.tables, ids), key=lambda notice: notice.id))

    def remove_notices(self, notices: Sequence[Notice]) -> None:
        """Remove notices and their due items; those that are gone do not matter."""
        for start in range(0, len(notices), NOTICES_AT_ONCE):
            transaction = Transaction(self.tables.connection)
            for notice in notices[start : start + NOTICES_AT_ONCE]:
                transaction.delete(self.tables.notices(notice.id))
                transaction.delete(due_row(self.tables, notice))
            transaction.commit()

    def hand_on(self, notices: Sequence[Notice]) -> None:
        """Write what is told already on other matches; Stale when one of them says so by itself."""
        for start in range(0, len(notices), NOTICES_AT_ONCE):
            transaction = Transaction(self.tables.connection)
            for notice in notices[start : start + NOTICES_AT_ONCE]:
                put_told(transaction, self.tables, notice)
            transaction.commit()

    def remove_pair(self, pair: Match | Review) -> None:
        """Remove a match or review with both mirrors, and leave its match key taken; else Stale."""
        transaction = Transaction(self.tables.connection)
        as_read = MatchRow.match_id.does_not_exist() | (MatchRow.revision == pair.revision)
        transaction.delete(self.tables.matches(pair.id), as_read, lambda _: Stale(pair.id))
        for side in pair.sides:
            transaction.delete(self.tables.signal_matches(side.signal_id, pair.id))
        if isinstance(pair, Match):
            self._keep_key_taken(transaction, pair)
        transaction.commit()

    def _keep_key_taken(self, transaction: Transaction, match: Match) -> None:
        name = f"match-key#{match.match_key}"
        held = row_of(self.tables.references, name)
        if held is not None and held.target == match.id:
            own = ReferenceRow.target == match.id
            row = self.tables.references(name, target=POINTS_AT_NOTHING)
            transaction.put(row, own, lambda _: Stale(match.id))

    def take_back_verdicts(self, signal_id: str, about: str, at: datetime) -> bool:
        """Have a signal forget what was decided about it and another; else Stale."""
        row = row_of(self.tables.signals, signal_id)
        texts = {text for text in (row.verdicts or ()) if text.partition("|")[2] == about} if row else set()
        if row is None or not texts:
            return False
        revision = int(row.revision)
        transaction = Transaction(self.tables.connection)
        transaction.update(
            self.tables.signals(signal_id),
            [SignalRow.revision.set(revision + 1), SignalRow.verdicts.delete(texts)],
            SignalRow.revision == revision,
            lambda _: Stale(signal_id),
        )
        transaction.update(pending_row(self.tables, signal_id, revision + 1, at), asking(revision + 1, at))
        transaction.commit()
        return True


def begin_in(transaction: Transaction, tables: Tables, certificate: ErasureCertificate) -> None:
    """Begin a certificate together with the erasure it is of."""
    transaction.put(_row(tables, certificate))
    transaction.put(_work_row(tables, certificate))


def _work_row(tables: Tables, certificate: ErasureCertificate) -> WorkRow:
    return tables.work(UNFINISHED, certificate.signal_id, since=stored(certificate.erased_at))


def _row(tables: Tables, certificate: ErasureCertificate) -> ErasureRow:
    return tables.erasures(
        certificate.signal_id,
        organisation_id=certificate.organisation_id,
        ground=certificate.ground.value,
        erased_at=stored(certificate.erased_at),
        backup_until=stored(certificate.backup_until),
        counts=dict(certificate.counts),
        pairs=set(certificate.pairs) or None,
        line=set(certificate.line) or None,
        completed_at=stored_or_none(certificate.completed_at),
        expires_at=kept_until(certificate.erased_at, tables.audit_years),
    )


def _certificate(row: ErasureRow) -> ErasureCertificate:
    return ErasureCertificate(
        signal_id=row.signal_id,
        organisation_id=row.organisation_id,
        ground=ErasureGround(row.ground),
        erased_at=moment_of(row.erased_at),
        backup_until=moment_of(row.backup_until),
        counts={name: int(number) for name, number in row.counts.items()},
        pairs=frozenset(row.pairs or ()),
        line=frozenset(row.line or ()),
        completed_at=moment_or_none(row.completed_at),
    )
