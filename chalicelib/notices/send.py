"""Sending: what is to be told becomes mails, and what is known of each is written before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.notices.addressee import Addressee
from chalicelib.notices.announce import Announce
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.letter import compose
from chalicelib.notices.mail import render
from chalicelib.notices.own_signals import SortedOwnNews, render_own_news
from chalicelib.notices.region import Region
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.settling import Settling
from chalicelib.notices.tidings import Tiding
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable
from chalicelib.ports.storage import NoticeStore
from chalicelib.ports.world import Mail, Mailer

_MOMENT: Final = timedelta(milliseconds=1)
"""The least that stored moments tell apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMails:
    """Sends mails to one receiver, and has what each told announced.

    SENDING is saved first, so that a crash after the mail has left gives a repeat, never a loss.
    """

    notices: NoticeStore
    mailer: Mailer
    announce: Announce
    settling: Settling
    clock: Clock
    region: Region

    def tell(self, whom: Addressee, tidings: Sequence[Tiding], *, after: datetime | None) -> DeliveryReport:
        """One mail of all matches; ``after`` is when they were last told of: this is the later word."""
        if not tidings:
            return DeliveryReport()
        mail = render(compose(whom.professional, tidings), self.region)
        return self._send(whom, mail, [tiding.notice for tiding in tidings], after=after)

    def tell_of_own(self, whom: Addressee, own: SortedOwnNews) -> DeliveryReport:
        """A mail of its own for each kind: it must not stand beside any match."""
        report = DeliveryReport()
        for kind in sorted(own.send):
            mail = render_own_news(whom.professional, own.send[kind], self.region)
            report += self._send(whom, mail, [news.notice for news in own.send[kind]])
        return report

    def _send(
        self, whom: Addressee, mail: Mail, unsent: Sequence[Notice], *, after: datetime | None = None
    ) -> DeliveryReport:
        notices = [_sending(notice, _later(self.clock.now(), after)) for notice in unsent]
        self.notices.save(notices)
        try:
            message_id = self.mailer.send(mail)
        except DeliveryUncertain:
            return self.settling.postpone(notices)
        except DeliveryUnavailable:
            # as they were: one that may have left once stays SENDING, one that came back BOUNCED
            return self.settling.postpone(
                [replace(notice, attempts=notice.attempts + 1) for notice in unsent]
            )
        except DeliveryRejected:
            return self.settling.fail(notices)
        sent_at = _later(self.clock.now(), after)
        mailed = [replace(notice, message_id=message_id, sent_at=sent_at) for notice in notices]
        return DeliveryReport(mails=1) + self.announce(whom, mailed)


def _later(now: datetime, than: datetime | None) -> datetime:
    """Now, or a moment after what was told before, by a function whose clock may have been ahead."""
    return now if than is None else max(now, than + _MOMENT)


def _sending(notice: Notice, now: datetime) -> Notice:
    """As it is while its mail may leave: if nobody learns whether it did, it left now, and not before."""
    attempts = notice.attempts + 1
    return replace(
        notice, state=NoticeState.SENDING, message_id=None, heard=(), sent_at=now, attempts=attempts
    )
