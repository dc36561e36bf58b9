"""Delivery: all that is due for one receiver becomes one mail, checked just before it leaves.

What is about the receiver's own signals alone goes in mails of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import OF_OWN_SIGNAL, OF_REQUEST, UNSAID, Notice, NoticeState
from chalicelib.notices.addressee import Addressee, Unreachable, addressee
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.events import cloud_event
from chalicelib.notices.letter import compose
from chalicelib.notices.mail import render
from chalicelib.notices.own_signals import SortedOwnNews, render_own_news, sort_own_news
from chalicelib.notices.records import Records
from chalicelib.notices.region import Region
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.tidings import Tiding, sort_out
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable, StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import EventPublisher, Mail, Mailer, Names

LEASE = timedelta(seconds=150)
"""Longer than a function can run, so that nobody delivers beside a holder who is slow."""
UNSETTLED = timedelta(minutes=5)
SUSPENDED = timedelta(hours=1)
UNREACHABLE = timedelta(hours=1)
"""How soon a corrected address is noticed (D28)."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MOST_ROUNDS = 5
_MOMENT = timedelta(milliseconds=1)
"""The least that stored moments tell apart."""
_OWN = OF_OWN_SIGNAL | OF_REQUEST


def next_attempt(now: datetime, attempts: int) -> datetime:
    """When to try again after so many failed attempts: 30 s, doubled each time, at most an hour."""
    return now + min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Delivers what is due for a receiver; harmless to repeat.

    The order is: SENDING saved, mail sent, events published, audit written, notices settled. So a
    crash anywhere gives at worst a repeat, never a loss. What fails stays due with a later time, and
    so does what ``time_left`` leaves no time for: nothing new is begun once it says no.
    """

    storage: Storage
    mailer: Mailer
    events: EventPublisher
    names: Names
    clock: Clock
    region: Region
    legal: LegalProfile = DUTCH_DEFAULT
    time_left: Callable[[], bool] = lambda: True

    def __call__(self, receiver: str) -> DeliveryReport:
        """Deliver to ``<organisationId>#<professionalId>`` until nothing is ready.

        Whoever finds the lease taken may leave: the holder reads again after giving it back, so
        what was written before that wake is seen. Raises StorageBusy, also when time runs out before
        anything was begun; the due items remain.
        """
        if not self.time_left():
            raise StorageBusy("out of time before anything was delivered")
        report = total = self._under_lease(receiver)
        rounds = 1
        while not report.busy and rounds < MOST_ROUNDS and self.time_left() and self._ready(receiver):
            report = self._under_lease(receiver)
            total, rounds = total + report, rounds + 1
        return total

    def _ready(self, receiver: str) -> tuple[Notice, ...]:
        """All due notices once one of them is ready, so that they share a mail; else none."""
        now = self.clock.now()
        due = self.storage.notices.due(receiver)
        return due if any(_is_ready(notice, now) for notice in due) else ()

    def _under_lease(self, receiver: str) -> DeliveryReport:
        name, owner, now = f"delivery#{receiver}", self.names.token(), self.clock.now()
        if not self.storage.leases.acquire(name, owner, now=now, until=now + LEASE):
            return DeliveryReport(busy=1)
        try:
            return self._round(receiver)
        finally:
            self.storage.leases.release(name, owner)

    def _round(self, receiver: str) -> DeliveryReport:
        found = self._ready(receiver)
        due = tuple(notice for notice in found if notice.state is not NoticeState.UNREADABLE)
        if not due:
            return DeliveryReport()
        return DeliveryReport(unreadable=len(found) - len(due)) + self._deliver(receiver, due)

    def _deliver(self, receiver: str, due: tuple[Notice, ...]) -> DeliveryReport:
        whom = addressee(self.storage.organisations, receiver)
        if whom is Unreachable.UNKNOWN:
            return self._fail(due)
        if whom is Unreachable.SUSPENDED:
            return self._hold(due, SUSPENDED)
        mailed = [notice for notice in due if _awaits_its_event(notice)]
        unsent = [notice for notice in due if not _awaits_its_event(notice)]
        if whom.professional.is_unreachable:
            return self._hold(unsent, UNREACHABLE) + self._announce(whom, mailed)
        now = self.clock.now()
        records = Records(self.storage, receiver, due, tells_ends=self.legal.end_notices)
        owning = [notice for notice in unsent if notice.kind in _OWN]
        own = sort_own_news(owning, records.signals(_own_signals(owning)), receiver, amsterdam_day(now))
        telling = [notice for notice in unsent if notice.kind not in _OWN]
        found = sort_out(records, telling, now)
        self.storage.notices.add(found.new)
        self._move(own.move)
        return (
            self._cancel([*found.cancel, *own.cancel])
            + self._hold(found.hold, UNSETTLED)
            + self._announce(whom, mailed)
            + self._overtake(whom, found.left)
            + self._tell(whom, found.send, after=records.last_told())
            + self._tell_of_own(whom, own)
        )

    def _tell(self, whom: Addressee, tidings: Sequence[Tiding], *, after: datetime | None) -> DeliveryReport:
        """``after`` is when their cases were last told of: what is told now is the later word."""
        if not tidings:
            return DeliveryReport()
        mail = render(compose(whom.professional, tidings), self.region)
        return self._send(whom, mail, [tiding.notice for tiding in tidings], after=after)

    def _tell_of_own(self, whom: Addressee, own: SortedOwnNews) -> DeliveryReport:
        """A mail of its own for each kind: it must not stand beside any match."""
        report = DeliveryReport()
        for kind in sorted(own.send):
            mail = render_own_news(whom.professional, own.send[kind], self.region)
            report += self._send(whom, mail, [news.notice for news in own.send[kind]])
        return report

    def _move(self, notices: Sequence[Notice]) -> None:
        """Have others told, at once, what was due to who had their signal before.

        Once, whatever is repeated: what was written for them already is not written again.
        """
        if not notices:
            return
        known = self.storage.notices.get_many(notice.id for notice in notices)
        said = {one for one, notice in known.items() if notice.state not in UNSAID}
        moved = [notice for notice in notices if notice.id not in said]
        self.storage.notices.add(moved)
        self.storage.notices.wake(notice.receiver for notice in moved)

    def _send(
        self, whom: Addressee, mail: Mail, unsent: Sequence[Notice], *, after: datetime | None = None
    ) -> DeliveryReport:
        notices = [_sending(notice, _later(self.clock.now(), after)) for notice in unsent]
        self.storage.notices.save(notices)
        try:
            message_id = self.mailer.send(mail)
        except DeliveryUncertain:
            return self._postpone(notices)
        except DeliveryUnavailable:
            # as they were: one that may have left once stays SENDING, one that came back BOUNCED
            return self._postpone([replace(notice, attempts=notice.attempts + 1) for notice in unsent])
        except DeliveryRejected:
            return self._fail(notices)
        sent_at = _later(self.clock.now(), after)
        mailed = [replace(notice, message_id=message_id, sent_at=sent_at) for notice in notices]
        return DeliveryReport(mails=1) + self._announce(whom, mailed)

    def _announce(self, whom: Addressee, mailed: Sequence[Notice]) -> DeliveryReport:
        """Publish the events of notices whose mail has left, write the audit, and settle them.

        When events are not available, or time runs out, the notices keep their message id and stay
        due: the next attempt publishes only.
        """
        if not mailed:
            return DeliveryReport()
        try:
            published, refused = self._publish(whom, mailed)
        except DeliveryUnavailable:
            return self._postpone([replace(notice, state=NoticeState.SENDING) for notice in mailed])
        now = self.clock.now()
        for notice in mailed:
            self.storage.audit.append(self._entry(whom, notice, now))
        self.storage.notices.settle(
            [
                replace(notice, state=NoticeState.SENT, sent_at=notice.sent_at or now, due_at=None)
                for notice in mailed
            ]
        )
        return DeliveryReport(sent=len(mailed), events=published, events_refused=refused)

    def _publish(self, whom: Addressee, notices: Iterable[Notice]) -> tuple[int, int]:
        topic = whom.organisation.topic_arn
        published = refused = 0
        if topic is None:
            return published, refused
        for notice in notices:
            if not self.time_left():
                raise DeliveryUnavailable("out of time before every event was published")
            try:
                self.events.publish(topic, cloud_event(notice, self.region))
                published += 1
            except DeliveryRejected:
                refused += 1
        return published, refused

    def _entry(self, whom: Addressee, notice: Notice, now: datetime) -> AuditEntry:
        return AuditEntry.of(
            Act.NOTICE_SENT,
            notice.id,
            organisation_id=whom.organisation.id,
            professional_id=whom.professional.id,
            at=now,
            token=self.names.token(),
        )

    def _postpone(self, notices: Sequence[Notice]) -> DeliveryReport:
        now = self.clock.now()
        self.storage.notices.save(
            [replace(notice, due_at=next_attempt(now, max(notice.attempts, 1))) for notice in notices]
        )
        return DeliveryReport(postponed=len(notices))

    def _hold(self, notices: Sequence[Notice], wait: timedelta) -> DeliveryReport:
        if notices:
            until = self.clock.now() + wait
            self.storage.notices.save([replace(notice, due_at=until) for notice in notices])
        return DeliveryReport(held=len(notices))

    def _cancel(self, notices: Sequence[Notice]) -> DeliveryReport:
        self._settle(notices, NoticeState.CANCELLED)
        return DeliveryReport(cancelled=len(notices))

    def _overtake(self, whom: Addressee, notices: Sequence[Notice]) -> DeliveryReport:
        """Settle what is no longer so and may have been told: in the audit trail, and in no event."""
        now = self.clock.now()
        for notice in notices:
            self.storage.audit.append(self._entry(whom, notice, now))
        self._settle(
            [replace(notice, sent_at=notice.sent_at or notice.created_at) for notice in notices],
            NoticeState.OVERTAKEN,
        )
        return DeliveryReport(overtaken=len(notices))

    def _fail(self, notices: Sequence[Notice]) -> DeliveryReport:
        self._settle(notices, NoticeState.FAILED)
        return DeliveryReport(failed=len(notices))

    def _settle(self, notices: Sequence[Notice], state: NoticeState) -> None:
        if notices:
            self.storage.notices.settle([replace(notice, state=state, due_at=None) for notice in notices])


def _is_ready(notice: Notice, now: datetime) -> bool:
    """Whether its time has come; of one that cannot be read it never does by itself."""
    return notice.state is not NoticeState.UNREADABLE and (notice.due_at is None or notice.due_at <= now)


def _later(now: datetime, than: datetime | None) -> datetime:
    """Now, or a moment after what was told before, by a function whose clock may have been ahead."""
    return now if than is None else max(now, than + _MOMENT)


def _sending(notice: Notice, now: datetime) -> Notice:
    """As it is while its mail may leave: if nobody learns whether it did, it left now, and not before."""
    attempts = notice.attempts + 1
    return replace(
        notice, state=NoticeState.SENDING, message_id=None, heard=(), sent_at=now, attempts=attempts
    )


def _awaits_its_event(notice: Notice) -> bool:
    """Whether its mail has left, as far as is known: only the event is still to be published."""
    return notice.message_id is not None and notice.state is not NoticeState.BOUNCED


def _own_signals(notices: Iterable[Notice]) -> list[str]:
    return [notice.signal_id for notice in notices if notice.signal_id is not None]
