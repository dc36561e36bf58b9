"""Work items over their table: the guarantee behind the streams (architecture.md, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from pynamodb.exceptions import DeleteError, PutError
from pynamodb.expressions.condition import Condition

from chalicelib.domain.notice import Notice
from chalicelib.domain.signal import IndexKey
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of, in_turns
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import moment_of, moment_or_none, stored
from chalicelib.models.reads import row_of, rows_under
from chalicelib.models.rows.work import WorkRow
from chalicelib.models.tables import Tables
from chalicelib.ports.storage import PendingWork, Recheck

RECHECKS: Final = "recheck"
"""The one partition of looks asked for a day: they are few."""


@dataclass(frozen=True, slots=True)
class WorkTable:
    """The work store over its table."""

    tables: Tables

    def pending(self, signal_id: str) -> PendingWork | None:
        """The signal's pending item."""
        row = row_of(self.tables.work, _pending_bucket(signal_id), signal_id)
        return _pending(row) if row is not None else None

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile of a signal without changing it; an item of a later revision stays."""
        no_later = WorkRow.item_id.does_not_exist() | (WorkRow.revision <= revision)
        try:
            with storage_errors():
                pending_row(self.tables, signal_id, revision, since).save(no_later)
        except PutError as error:
            if not refused(error):
                raise

    def done(self, work: PendingWork) -> None:
        """Remove the pending item; does nothing when its revision or ``since`` is another, or it is gone."""
        try:
            with storage_errors():
                pending_row(self.tables, work.signal_id, work.revision, work.since).delete(_same(work))
        except DeleteError as error:
            if not refused(error):
                raise

    def put_off(self, work: PendingWork, error: str, until: datetime) -> None:
        """Note a failed attempt at an item; as ``done`` does nothing when it is another, or gone."""
        row = pending_row(self.tables, work.signal_id, work.revision, work.since)
        row.attempts, row.error, row.not_before = work.attempts + 1, error, stored(until)
        try:
            with storage_errors():
                row.save(_same(work))
        except PutError as refusal:
            if not refused(refusal):
                raise

    def pending_before(self, moment: datetime, *, limit: int) -> tuple[PendingWork, ...]:
        """Pending items whose time is before a moment, oldest first in each bucket, the buckets in turns."""
        before = stored(moment)
        buckets = [
            [_pending(row) for row in rows if (row.not_before or "") < before]
            for rows in self._older("pending", moment)
        ]
        return tuple(islice(in_turns(buckets), limit))

    def recheck(self, recheck: Recheck) -> None:
        """Ask for a new look; asking again changes nothing."""
        with storage_errors():
            self._recheck_row(recheck).save()

    def rechecks_until(self, day: date, *, limit: int) -> tuple[Recheck, ...]:
        """The looks asked for a day up to this one, oldest first."""
        with storage_errors():
            rows = self.tables.work.query(
                RECHECKS,
                WorkRow.item_id < (day + timedelta(days=1)).isoformat(),
                consistent_read=True,
                limit=limit,
            )
            return tuple(_recheck(row) for row in rows)

    def recheck_done(self, recheck: Recheck) -> None:
        """Remove it; does nothing when it is gone."""
        with storage_errors():
            self._recheck_row(recheck).delete()

    def _recheck_row(self, recheck: Recheck) -> WorkRow:
        day, key = recheck.day.isoformat(), recheck.key
        return self.tables.work(RECHECKS, f"{day}#{key.keyset}#{key.family}#{key.hashed.hex()}", since=day)

    def receivers_due_before(self, moment: datetime, *, limit: int) -> tuple[str, ...]:
        """Receivers with a due item whose time (``since``, or a later ``due_at``) is before a moment."""
        buckets = [
            dict.fromkeys(row.item_id.rpartition("#")[0] for row in rows)
            for rows in self._older("due", moment)
        ]
        return tuple(islice(in_turns(buckets), limit))

    def _older(self, kind: str, moment: datetime) -> Iterator[list[WorkRow]]:
        """Per bucket the rows older than a moment, oldest first."""
        before = stored(moment)
        for bucket in range(WORK_BUCKETS):
            rows = rows_under(self.tables.work, f"{kind}#{bucket}")
            yield sorted(
                (row for row in rows if row.since < before), key=lambda row: (row.since, row.item_id)
            )


def _recheck(row: WorkRow) -> Recheck:
    day, keyset, family, hashed = row.item_id.split("#")
    return Recheck(date.fromisoformat(day), IndexKey(family, keyset, bytes.fromhex(hashed)))


def pending_row(tables: Tables, signal_id: str, revision: int, since: datetime) -> WorkRow:
    """The row that says a signal's revision has to be reconciled."""
    return tables.work(_pending_bucket(signal_id), signal_id, revision=revision, since=stored(since))


def due_row(tables: Tables, notice: Notice) -> WorkRow:
    """The row that says a notice has to be delivered, now or at its later time."""
    return tables.work(
        due_bucket(notice.receiver),
        f"{notice.receiver}#{notice.id}",
        since=stored(notice.due_at or notice.created_at),
    )


def due_bucket(receiver: str) -> str:
    """The partition of the due items of a receiver."""
    return f"due#{bucket_of(receiver, WORK_BUCKETS)}"


def _same(work: PendingWork) -> Condition:
    """Neither a later revision nor a later request of the same one."""
    same: Condition = (WorkRow.revision == work.revision) & (WorkRow.since == stored(work.since))
    return same


def _pending_bucket(signal_id: str) -> str:
    return f"pending#{bucket_of(signal_id, WORK_BUCKETS)}"


def _pending(row: WorkRow) -> PendingWork:
    return PendingWork(
        signal_id=row.item_id,
        revision=int(row.revision),
        since=moment_of(row.since),
        attempts=int(row.attempts or 0),
        error=row.error,
        not_before=moment_or_none(row.not_before),
    )
