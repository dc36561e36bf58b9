"""Pending items as rows: a signal revision to reconcile, and what the signal said before."""

from __future__ import annotations

from datetime import datetime

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.matching.records import Youth
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from chalicelib.models.moments import moment_of, moment_or_none, stored
from chalicelib.models.person import person_bytes, person_of
from chalicelib.models.rows.work import WorkRow
from chalicelib.models.tables import Tables
from chalicelib.ports.sealing import SealBroken, Sealer
from chalicelib.ports.storage import PendingWork


def pending_bucket(signal_id: str) -> str:
    """The partition of a signal's pending item."""
    return f"pending#{bucket_of(signal_id, WORK_BUCKETS)}"


def pending_row(tables: Tables, signal_id: str, revision: int, since: datetime) -> WorkRow:
    """The row that says a signal's revision has to be reconciled."""
    return tables.work(pending_bucket(signal_id), signal_id, revision=revision, since=stored(since))


def asking(revision: int, since: datetime, former: bytes | None = None) -> list[Action]:
    """What makes an item, there or not, ask for this revision; former records that it holds stay."""
    actions: list[Action] = [
        WorkRow.revision.set(revision),
        WorkRow.since.set(stored(since)),
        WorkRow.attempts.remove(),
        WorkRow.error.remove(),
        WorkRow.not_before.remove(),
    ]
    return actions if former is None else [*actions, WorkRow.formers.add({former})]


def same_item(work: PendingWork) -> Condition:
    """Neither a later revision nor a later request of the same one."""
    same: Condition = (WorkRow.revision == work.revision) & (WorkRow.since == stored(work.since))
    return same


def sealed_former(sealer: Sealer, signal_id: str, youth: Youth) -> bytes:
    """What a signal's record said, sealed to its pending item."""
    return sealer.seal(person_bytes(youth, None), _identity(signal_id))


def opened_former(sealer: Sealer, signal_id: str, sealed: bytes) -> Youth:
    """What :func:`sealed_former` sealed. Raises SealBroken."""
    youth, _ = person_of(sealer.open(sealed, _identity(signal_id)))
    if youth is None:
        raise SealBroken(signal_id)
    return youth


def pending_of(row: WorkRow) -> PendingWork:
    """The item of a row."""
    return PendingWork(
        signal_id=row.item_id,
        revision=int(row.revision),
        since=moment_of(row.since),
        attempts=int(row.attempts or 0),
        error=row.error,
        not_before=moment_or_none(row.not_before),
        formers=frozenset(row.formers or ()),
    )


def _identity(signal_id: str) -> str:
    return f"work/{signal_id}/former"
