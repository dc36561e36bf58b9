"""Delivery: all that is due for one receiver becomes one mail, checked just before it leaves.

What is about the receiver's own signals alone goes in mails of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import OF_OWN_SIGNAL, OF_REQUEST, UNSAID, Notice, NoticeState
from chalicelib.notices.addressee import Unreachable, addressee
from chalicelib.notices.announce import Announce
from chalicelib.notices.own_signals import sort_own_news
from chalicelib.notices.records import Records
from chalicelib.notices.region import Region
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.send import SendMails
from chalicelib.notices.settling import Settling
from chalicelib.notices.tidings import sort_out
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import EventPublisher, Mailer, Names

LEASE = timedelta(seconds=150)
"""Longer than a function can run, so that nobody delivers beside a holder who is slow."""
UNSETTLED = timedelta(minutes=5)
SUSPENDED = timedelta(hours=1)
UNREACHABLE = timedelta(hours=1)
"""How soon a corrected address is noticed (D28)."""
MOST_ROUNDS = 5
_OWN = OF_OWN_SIGNAL | OF_REQUEST


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

    @property
    def _settling(self) -> Settling:
        return Settling(notices=self.storage.notices, clock=self.clock)

    @property
    def _announce(self) -> Announce:
        return Announce(
            audit=self.storage.audit,
            settling=self._settling,
            events=self.events,
            names=self.names,
            clock=self.clock,
            region=self.region,
            time_left=self.time_left,
        )

    @property
    def _mails(self) -> SendMails:
        return SendMails(
            notices=self.storage.notices,
            mailer=self.mailer,
            announce=self._announce,
            settling=self._settling,
            clock=self.clock,
            region=self.region,
        )

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
            return self._settling.fail(due)
        if whom is Unreachable.SUSPENDED:
            return self._settling.hold(due, SUSPENDED)
        mailed = [notice for notice in due if _awaits_its_event(notice)]
        unsent = [notice for notice in due if not _awaits_its_event(notice)]
        if whom.professional.is_unreachable:
            return self._settling.hold(unsent, UNREACHABLE) + self._announce(whom, mailed)
        now = self.clock.now()
        records = Records(self.storage, receiver, due, tells_ends=self.legal.end_notices)
        owning = [notice for notice in unsent if notice.kind in _OWN]
        own = sort_own_news(owning, records.signals(_own_signals(owning)), receiver, amsterdam_day(now))
        telling = [notice for notice in unsent if notice.kind not in _OWN]
        found = sort_out(records, telling, now)
        self.storage.notices.add(found.new)
        self._move(own.move)
        return (
            self._settling.cancel([*found.cancel, *own.cancel])
            + self._settling.hold(found.hold, UNSETTLED)
            + self._announce(whom, mailed)
            + self._announce.overtake(whom, found.left)
            + self._mails.tell(whom, found.send, after=records.last_told())
            + self._mails.tell_of_own(whom, own)
        )

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


def _is_ready(notice: Notice, now: datetime) -> bool:
    """Whether its time has come; of one that cannot be read it never does by itself."""
    return notice.state is not NoticeState.UNREADABLE and (notice.due_at is None or notice.due_at <= now)


def _awaits_its_event(notice: Notice) -> bool:
    """Whether its mail has left, as far as is known: only the event is still to be published."""
    return notice.message_id is not None and notice.state is not NoticeState.BOUNCED


def _own_signals(notices: Iterable[Notice]) -> list[str]:
    return [notice.signal_id for notice in notices if notice.signal_id is not None]
