"""Notices, work items and leases in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from chalicelib.domain.notice import STAYS_DUE, UNSAID, Notice
from chalicelib.matching.records import Youth
from chalicelib.models.buckets import WORK_BUCKETS, bucket_of, in_turns
from chalicelib.models.person import person_of
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import PendingWork, Recheck
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeNotices:
    """The outbox over a dict."""

    state: FakeState

    def get_many(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those that exist, by id."""
        self.state.before("notices.get_many")
        return {one: self.state.notices[one] for one in set(notice_ids) if one in self.state.notices}

    def due(self, receiver: str) -> tuple[Notice, ...]:
        """All notices of a receiver that still have a due item, oldest first."""
        self.state.before("notices.due")
        found = [self.state.notices[one] for whose, one in self.state.due if whose == receiver]
        return tuple(sorted(found, key=lambda notice: (notice.created_at, notice.id)))

    def add(self, notices: Sequence[Notice]) -> None:
        """Write notices that are to be sent, with their due items."""
        if not notices:
            return
        self.state.before("notices.add")
        _require_each_once(notices)
        for notice in notices:
            held = self.state.notices.get(notice.id)
            if held is not None and held.state not in UNSAID:
                raise AlreadyThere(notice.id)
        for notice in notices:
            self.state.put_new_notice(notice)
        self.state.after("notices.add")

    def settle(self, notices: Sequence[Notice]) -> None:
        """Write notices in a final state and remove their due items."""
        self.state.before("notices.settle")
        _require_each_once(notices)
        for notice in notices:
            if notice.state in STAYS_DUE:
                raise ValueError("not a state for this write of a notice")
        for notice in notices:
            if notice.id in self.state.notices:
                self.state.notices[notice.id] = notice
            self.state.due.pop((notice.receiver, notice.id), None)
        self.state.after("notices.settle")

    def save(self, notices: Sequence[Notice]) -> None:
        """Write notices that stay due."""
        self.state.before("notices.save")
        _require_each_once(notices)
        for notice in notices:
            if notice.state not in STAYS_DUE:
                raise ValueError("not a state for this write of a notice")
            held = self.state.notices.get(notice.id)
            if held is None or held.state not in STAYS_DUE:
                raise Stale(notice.id)
        for notice in notices:
            self.state.notices[notice.id] = notice
            self.state.due[notice.receiver, notice.id] = notice.due_at or notice.created_at
        self.state.after("notices.save")

    def of_mail(self, message_id: str) -> tuple[Notice, ...]:
        """The notices that a mail told last, by id."""
        self.state.before("notices.of_mail")
        found = [notice for notice in self.state.notices.values() if notice.message_id == message_id]
        return tuple(sorted(found, key=lambda notice: notice.id))

    def record(self, before: Notice, after: Notice) -> None:
        """Write what became of a notice's mail."""
        self.state.before("notices.record")
        held = self.state.notices.get(before.id)
        if held is None or (held.state, held.message_id) != (before.state, before.message_id):
            raise Stale(before.id)
        self.state.notices[after.id] = after
        if after.state in STAYS_DUE:
            self.state.due[after.receiver, after.id] = after.due_at or after.created_at
        else:
            self.state.due.pop((after.receiver, after.id), None)
        self.state.after("notices.record")

    def wake(self, receivers: Iterable[str]) -> None:
        """Touch the outbox row of each receiver."""
        self.state.before("notices.wake")
        for receiver in set(receivers):
            self.state.wakes[receiver] = self.state.wakes.get(receiver, 0) + 1


def _require_each_once(notices: Sequence[Notice]) -> None:
    """A transaction takes each row once."""
    if len({notice.id for notice in notices}) != len(notices):
        raise ValueError("a notice is written twice at once")


@dataclass(frozen=True, slots=True)
class FakeWork:
    """Work items over a dict."""

    state: FakeState

    def pending(self, signal_id: str) -> PendingWork | None:
        """The signal's pending item."""
        self.state.before("work.pending")
        return self.state.pending.get(signal_id)

    def formers(self, work: PendingWork) -> frozenset[Youth]:
        """The former records of an item that was read."""
        youths = (person_of(record)[0] for record in work.formers)
        return frozenset(youth for youth in youths if youth is not None)

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile; an item of a later revision stays."""
        self.state.before("work.add_pending")
        held = self.state.pending.get(signal_id)
        if held is None or held.revision <= revision:
            self.state.ask(signal_id, revision, since)

    def done(self, work: PendingWork) -> None:
        """Remove the pending item if it is still this one."""
        self.state.before("work.done")
        if self._is_still(work):
            del self.state.pending[work.signal_id]

    def put_off(self, work: PendingWork, error: str, until: datetime) -> None:
        """Note a failed attempt at an item if it is still this one."""
        self.state.before("work.put_off")
        if self._is_still(work):
            self.state.pending[work.signal_id] = replace(
                self.state.pending[work.signal_id],
                attempts=work.attempts + 1,
                error=error,
                not_before=until,
            )

    def pending_before(self, moment: datetime, *, limit: int) -> tuple[PendingWork, ...]:
        """Pending items whose time is before a moment, oldest first in each bucket, buckets in turns."""
        self.state.before("work.pending_before")
        buckets: list[list[PendingWork]] = [[] for _ in range(WORK_BUCKETS)]
        for work in sorted(self.state.pending.values(), key=lambda one: (one.since, one.signal_id)):
            if max(work.since, work.not_before or work.since) < moment:
                buckets[bucket_of(work.signal_id, WORK_BUCKETS)].append(work)
        return tuple(islice(in_turns(buckets), limit))

    def _is_still(self, work: PendingWork) -> bool:
        held = self.state.pending.get(work.signal_id)
        return held is not None and (held.revision, held.since) == (work.revision, work.since)

    def recheck(self, recheck: Recheck) -> None:
        """Ask for a new look."""
        self.state.before("work.recheck")
        self.state.rechecks.add(recheck)

    def rechecks_until(self, day: date, *, limit: int) -> tuple[Recheck, ...]:
        """The looks asked for a day up to this one, oldest first."""
        self.state.before("work.rechecks_until")
        return tuple(sorted(one for one in self.state.rechecks if one.day <= day)[:limit])

    def recheck_done(self, recheck: Recheck) -> None:
        """Remove it."""
        self.state.before("work.recheck_done")
        self.state.rechecks.discard(recheck)

    def receivers_due_before(self, moment: datetime, *, limit: int) -> tuple[str, ...]:
        """Receivers with a due item whose time is before a moment, buckets in turns."""
        self.state.before("work.receivers_due_before")
        buckets: list[dict[str, None]] = [{} for _ in range(WORK_BUCKETS)]
        for since, (receiver, _) in sorted((since, whose) for whose, since in self.state.due.items()):
            if since < moment:
                buckets[bucket_of(receiver, WORK_BUCKETS)][receiver] = None
        return tuple(islice(in_turns(buckets), limit))


@dataclass(frozen=True, slots=True)
class FakeLeases:
    """Leases over a dict."""

    state: FakeState

    def acquire(self, name: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """True when the lease is ours until then."""
        self.state.before("leases.acquire")
        holder = self.state.leases.get(name)
        if holder is not None and holder[0] != owner and holder[1] > now:
            return False
        self.state.leases[name] = (owner, until)
        return True

    def release(self, name: str, owner: str) -> None:
        """Give it back if it is still ours."""
        self.state.before("leases.release")
        if name in self.state.leases and self.state.leases[name][0] == owner:
            del self.state.leases[name]
