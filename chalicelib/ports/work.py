"""What the use cases need of stored work: notices due, signals to reconcile, and who does what now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.notice import Notice
from chalicelib.domain.signal import IndexKey
from chalicelib.matching.records import Youth


class NoticeStore(Protocol):
    """The outbox: notices, and what is due per receiver."""

    def get_many(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those that exist, by id; one that cannot be read is UNREADABLE."""
        ...

    def due(self, receiver: str) -> tuple[Notice, ...]:
        """All notices of a receiver that still have a due item, oldest first; the UNREADABLE too."""
        ...

    def add(self, notices: Sequence[Notice]) -> None:
        """Write notices that are to be sent, with their due items, in transactions.

        Raises AlreadyThere when one of them is there and was not cancelled.
        """
        ...

    def settle(self, notices: Sequence[Notice]) -> None:
        """Write notices in a final state and remove their due items, in transactions."""
        ...

    def save(self, notices: Sequence[Notice]) -> None:
        """Write notices that stay due (SENDING, or waiting with another ``due_at`` and ``attempts``).

        Raises Stale when one of them has been settled meanwhile.
        """
        ...

    def of_mail(self, message_id: str) -> tuple[Notice, ...]:
        """The notices that a mail told last, by id; by an index, so those written just now may lack."""
        ...

    def record(self, before: Notice, after: Notice) -> None:
        """Write what became of a notice's mail, and make it due or not as its new state says.

        Raises Stale when the notice is no longer in that state with that mail.
        """
        ...

    def wake(self, receivers: Iterable[str]) -> None:
        """Touch the outbox row of each receiver: its stream wakes delivery."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingWork:
    """A signal revision that still has to be reconciled.

    Attributes:
        attempts: how often the sweep tried in vain; a new revision, or a new request, counts from 0.
        error: the class of the last error; never its text.
        not_before: when the sweep may try again; None when it never failed.
        formers: sealed: what the signal's person record said before, since it was last reconciled, and
            says no more. What a closed signal still holds is not among them.
    """

    signal_id: str
    revision: int
    since: datetime
    attempts: int = 0
    error: str | None = None
    not_before: datetime | None = None
    formers: frozenset[bytes] = field(default=frozenset(), repr=False, compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Recheck:
    """A new look, from a day on, at all who hold a key."""

    day: date
    key: IndexKey


class WorkStore(Protocol):
    """Stored work items: the guarantee behind the streams."""

    def pending(self, signal_id: str) -> PendingWork | None:
        """The signal's pending item."""
        ...

    def formers(self, work: PendingWork) -> frozenset[Youth]:
        """The former records of an item that was read, opened. Raises SealBroken."""
        ...

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile of a signal without changing it; an item of a later revision stays.

        What the item holds of former records stays in any case.
        """
        ...

    def done(self, work: PendingWork) -> None:
        """Remove the pending item; does nothing when its revision or ``since`` is another, or it is gone."""
        ...

    def put_off(self, work: PendingWork, error: str, until: datetime) -> None:
        """Note a failed attempt at an item; as ``done`` does nothing when it is another, or gone."""
        ...

    def pending_before(self, moment: datetime, *, limit: int) -> tuple[PendingWork, ...]:
        """Pending items whose time (``since``, or a later ``not_before``) is before a moment.

        Oldest first in each bucket, the buckets in turns.
        """
        ...

    def recheck(self, recheck: Recheck) -> None:
        """Ask for a new look; asking again changes nothing."""
        ...

    def rechecks_until(self, day: date, *, limit: int) -> tuple[Recheck, ...]:
        """The looks asked for a day up to this one, oldest first."""
        ...

    def recheck_done(self, recheck: Recheck) -> None:
        """Remove it; does nothing when it is gone."""
        ...

    def receivers_due_before(self, moment: datetime, *, limit: int) -> tuple[str, ...]:
        """Receivers with a due item whose time (``since``, or a later ``due_at``) is before a moment."""
        ...


class LeaseStore(Protocol):
    """Leases: who does a thing now."""

    def acquire(self, name: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """True when the lease is ours until then; False when another's has not run out."""
        ...

    def release(self, name: str, owner: str) -> None:
        """Give it back if it is still ours."""
        ...
