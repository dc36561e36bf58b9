"""Work items over their table: the guarantee behind the streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.notice import Notice
from chalicelib.domain.signal import IndexKey
from chalicelib.matching.records import Youth
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of, in_turns
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import stored
from chalicelib.models.pending import (
    asking,
    opened_former,
    pending_bucket,
    pending_of,
    pending_row,
    same_item,
)
from chalicelib.models.reads import row_of, rows_under
from chalicelib.models.rows.work import WorkRow
from chalicelib.models.tables import Tables
from chalicelib.ports.sealing import Sealer
from chalicelib.ports.storage import PendingWork, Recheck

RECHECKS: Final = "recheck"
"""The one partition of looks asked for a day: they are few."""


@dataclass(frozen=True, slots=True)
class WorkTable:
    """The work store over its table."""

    tables: Tables
    sealer: Sealer

    def pending(self, signal_id: str) -> PendingWork | None:
        """The signal's pending item."""
        row = row_of(self.tables.work, pending_bucket(signal_id), signal_id)
        return pending_of(row) if row is not None else None

    def formers(self, work: PendingWork) -> frozenset[Youth]:
        """The former records of an item that was read, opened. Raises SealBroken."""
        return frozenset(opened_former(self.sealer, work.signal_id, sealed) for sealed in work.formers)

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile of a signal without changing it; an item of a later revision stays."""
        no_later = WorkRow.item_id.does_not_exist() | (WorkRow.revision <= revision)
        self._update(signal_id, asking(revision, since), no_later)

    def done(self, work: PendingWork) -> None:
        """Remove the pending item; does nothing when its revision or ``since`` is another, or it is gone."""
        try:
            with storage_errors():
                pending_row(self.tables, work.signal_id, work.revision, work.since).delete(same_item(work))
        except DeleteError as error:
            if not refused(error):
                raise

    def put_off(self, work: PendingWork, error: str, until: datetime) -> None:
        """Note a failed attempt at an item; as ``done`` does nothing when it is another, or gone."""
        noted = [
            WorkRow.attempts.set(work.attempts + 1),
            WorkRow.error.set(error),
            WorkRow.not_before.set(stored(until)),
        ]
        self._update(work.signal_id, noted, same_item(work))

    def pending_before(self, moment: datetime, *, limit: int) -> tuple[PendingWork, ...]:
        """Pending items whose time is before a moment, oldest first in each bucket, the buckets in turns."""
        before = stored(moment)
        buckets = [
            [pending_of(row) for row in rows if (row.not_before or "") < before]
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

    def _update(self, signal_id: str, actions: Sequence[Action], condition: Condition) -> None:
        """Change a pending item if the condition holds; else leave it as it is."""
        try:
            with storage_errors():
                self.tables.work(pending_bucket(signal_id), signal_id).update(list(actions), condition)
        except UpdateError as error:
            if not refused(error):
                raise

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
