"""The outbox over its tables: notices, what is due per receiver, and what wakes delivery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pynamodb.expressions.condition import Condition

from chalicelib.domain.notice import (
    STAYS_DUE,
    UNSAID,
    Heard,
    MailOutcome,
    Notice,
    NoticeKind,
    NoticeState,
    unreadable,
)
from chalicelib.models.failures import storage_errors
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.reads import read_those_that_open
from chalicelib.models.rows.work import NoticeRow, OutboxRow, WorkRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import MOST_ITEMS, Transaction
from chalicelib.models.work import due_bucket, due_row
from chalicelib.ports.errors import AlreadyThere, Stale

NOTICES_AT_ONCE: Final = MOST_ITEMS // 2


@dataclass(frozen=True, slots=True)
class NoticeTable:
    """The notice store over its tables."""

    tables: Tables

    def get_many(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those that exist, by id; something stands for one that cannot be read."""
        return {notice.id: notice for notice in notices_under(self.tables, notice_ids)}

    def due(self, receiver: str) -> tuple[Notice, ...]:
        """All notices of a receiver that still have a due item, oldest first; the unreadable too."""
        with storage_errors():
            items = self.tables.work.query(
                due_bucket(receiver), WorkRow.item_id.startswith(f"{receiver}#"), consistent_read=True
            )
            ids = [item.item_id.rpartition("#")[2] for item in items]
        found = notices_under(self.tables, ids, receiver)
        return tuple(sorted(found, key=lambda notice: (notice.created_at, notice.id)))

    def add(self, notices: Sequence[Notice]) -> None:
        """Write notices that are to be sent, with their due items, in transactions.

        Raises AlreadyThere when one of them is there and is due, or was told.
        """
        for some in _some_at_once(notices):
            transaction = Transaction(self.tables.connection)
            for notice in some:
                transaction.put(_row(self.tables, notice), _is_unsaid(), lambda _: AlreadyThere("a notice"))
                transaction.put(due_row(self.tables, notice))
            transaction.commit()

    def settle(self, notices: Sequence[Notice]) -> None:
        """Write notices in a final state and remove their due items, in transactions.

        One that is gone, with the request that it was about, stays gone.
        """
        _require_states(notices, due=False)
        for some in _some_at_once(notices):
            left = some
            while not self._settled(left):
                there = self.get_many(notice.id for notice in left)
                left = [notice for notice in left if notice.id in there]

    def _settled(self, notices: Sequence[Notice]) -> bool:
        """Whether they are; not one of them when one is gone."""
        transaction = Transaction(self.tables.connection)
        for notice in notices:
            there = NoticeRow.notice_id.exists()
            transaction.put(_row(self.tables, notice), there, lambda _: Stale("a notice is gone"))
            transaction.delete(due_row(self.tables, notice))
        try:
            transaction.commit()
        except Stale:
            return False
        return True

    def save(self, notices: Sequence[Notice]) -> None:
        """Write notices that stay due. Raises Stale when one of them has been settled meanwhile."""
        _require_states(notices, due=True)
        for some in _some_at_once(notices):
            transaction = Transaction(self.tables.connection)
            for notice in some:
                unsettled = NoticeRow.state.is_in(*(state.value for state in sorted(STAYS_DUE)))
                transaction.put(_row(self.tables, notice), unsettled, lambda _: Stale("a notice is settled"))
                transaction.put(due_row(self.tables, notice))
            transaction.commit()

    def of_mail(self, message_id: str) -> tuple[Notice, ...]:
        """The notices that a mail told last, by id; by an index, so those written just now may lack."""
        with storage_errors():
            ids = [row.notice_id for row in self.tables.notices.by_message.query(message_id)]
        found = self.get_many(ids)
        return tuple(found[one] for one in sorted(found) if found[one].message_id == message_id)

    def record(self, before: Notice, after: Notice) -> None:
        """Write what became of a notice's mail, and make it due or not as its new state says."""
        same = (NoticeRow.state == before.state.value) & (NoticeRow.message_id == before.message_id)
        transaction = Transaction(self.tables.connection)
        transaction.put(_row(self.tables, after), same, lambda _: Stale("a notice is told anew"))
        if after.state in STAYS_DUE:
            transaction.put(due_row(self.tables, after))
        else:
            transaction.delete(due_row(self.tables, after))
        transaction.commit()

    def wake(self, receivers: Iterable[str]) -> None:
        """Touch the outbox row of each receiver: its stream wakes delivery."""
        with storage_errors():
            for receiver in sorted(set(receivers)):
                self.tables.outbox(receiver).update([OutboxRow.wakes.add(1)])


def notices_under(tables: Tables, notice_ids: Iterable[str], receiver: str = "") -> list[Notice]:
    """Those that exist, in no order; what stands for one that cannot be read is for that receiver."""
    return read_those_that_open(
        tables.notices, notice_of, notice_ids, lambda key: [unreadable(str(key), receiver)]
    )


def put_new_notice(transaction: Transaction, tables: Tables, notice: Notice) -> None:
    """Write a notice that must be new, with its due item; else AlreadyThere."""
    transaction.put(
        _row(tables, notice), NoticeRow.notice_id.does_not_exist(), lambda _: AlreadyThere(notice.id)
    )
    transaction.put(due_row(tables, notice))


def put_told(transaction: Transaction, tables: Tables, notice: Notice) -> None:
    """Write a notice that needs no sending, unless it is there and is due, or was told; else Stale."""
    transaction.put(_row(tables, notice), _is_unsaid(), lambda _: Stale(notice.id))


def _is_unsaid() -> Condition:
    unsaid = NoticeRow.state.is_in(*(state.value for state in sorted(UNSAID)))
    free: Condition = NoticeRow.notice_id.does_not_exist() | unsaid
    return free


def _some_at_once(notices: Sequence[Notice]) -> Iterator[Sequence[Notice]]:
    """As many as one transaction holds with their due items."""
    for start in range(0, len(notices), NOTICES_AT_ONCE):
        yield notices[start : start + NOTICES_AT_ONCE]


def _require_states(notices: Sequence[Notice], *, due: bool) -> None:
    if any((notice.state in STAYS_DUE) is not due for notice in notices):
        raise ValueError("a notice is saved while it stays due, and settled when it does not")


def _row(tables: Tables, notice: Notice) -> NoticeRow:
    return tables.notices(
        notice.id,
        kind=notice.kind.value,
        state=notice.state.value,
        match_id=notice.match_id,
        episode=notice.episode,
        receiver=notice.receiver,
        signal_id=notice.signal_id,
        created_at=stored(notice.created_at),
        sent_at=stored_or_none(notice.sent_at),
        message_id=notice.message_id,
        attempts=notice.attempts,
        due_at=stored_or_none(notice.due_at),
        heard={f"{heard.outcome}#{stored(heard.at)}" for heard in notice.heard} or None,
    )


def notice_of(row: NoticeRow) -> Notice:
    """The notice of a row. Raises ValueError, or what else reading a row can, for one that is not whole."""
    if None in {row.match_id, row.receiver} or row.state == NoticeState.UNREADABLE:
        raise ValueError("a notice is about something, for somebody")
    return Notice(
        id=row.notice_id,
        kind=NoticeKind(row.kind),
        state=NoticeState(row.state),
        match_id=row.match_id,
        episode=int(row.episode),
        receiver=row.receiver,
        signal_id=row.signal_id,
        created_at=moment_of(row.created_at),
        sent_at=moment_or_none(row.sent_at),
        message_id=row.message_id,
        attempts=int(row.attempts),
        due_at=moment_or_none(row.due_at),
        heard=tuple(sorted(map(_heard, row.heard or ()))),
    )


def _heard(text: str) -> Heard:
    outcome, _, at = text.partition("#")
    return Heard(MailOutcome(outcome), moment_of(at))
