"""What follows a mail that has left: its events, its entries in the trail, and that it counts as sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.notices.addressee import Addressee
from chalicelib.notices.events import cloud_event
from chalicelib.notices.region import Region
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.settling import Settling
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable
from chalicelib.ports.storage import AuditStore
from chalicelib.ports.world import EventPublisher, Names


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Publishes the events of notices whose mail has left, writes the audit, and settles them.

    When events are not available, or time runs out, the notices keep their message id and stay due: the
    next attempt publishes only.
    """

    audit: AuditStore
    settling: Settling
    events: EventPublisher
    names: Names
    clock: Clock
    region: Region
    time_left: Callable[[], bool]

    def __call__(self, whom: Addressee, mailed: Sequence[Notice]) -> DeliveryReport:
        """Announce them, if there are any."""
        if not mailed:
            return DeliveryReport()
        try:
            published, refused = self._publish(whom, mailed)
        except DeliveryUnavailable:
            return self.settling.postpone([replace(notice, state=NoticeState.SENDING) for notice in mailed])
        now = self.clock.now()
        self._write_down(whom, mailed, now)
        self.settling.settle(
            [replace(notice, sent_at=notice.sent_at or now) for notice in mailed], NoticeState.SENT
        )
        return DeliveryReport(sent=len(mailed), events=published, events_refused=refused)

    def overtake(self, whom: Addressee, notices: Sequence[Notice]) -> DeliveryReport:
        """Settle what is no longer so and may have been told: in the audit trail, and in no event."""
        self._write_down(whom, notices, self.clock.now())
        self.settling.settle(
            [replace(notice, sent_at=notice.sent_at or notice.created_at) for notice in notices],
            NoticeState.OVERTAKEN,
        )
        return DeliveryReport(overtaken=len(notices))

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

    def _write_down(self, whom: Addressee, notices: Iterable[Notice], now: datetime) -> None:
        for notice in notices:
            self.audit.append(
                AuditEntry.of(
                    Act.NOTICE_SENT,
                    notice.id,
                    organisation_id=whom.organisation.id,
                    professional_id=whom.professional.id,
                    at=now,
                    token=self.names.token(),
                )
            )
