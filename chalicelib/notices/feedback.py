"""What is heard of a mail after it left: written on its notices; a bad address is flagged (D28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.notice import Notice, NoticeState
from chalicelib.domain.organisation import Mailbox, MailTrouble, Professional
from chalicelib.notices.aftermath import after_hearing, trouble_of
from chalicelib.notices.ses_events import MailEvent
from chalicelib.notices.warn import WarnOrganisation
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names

KNOWN_WITHIN: Final = timedelta(minutes=15)
"""After which a mail that no notice knows is none of theirs: its id was lost, or it told no notice."""
LEASE: Final = timedelta(minutes=3)


class Hearing(StrEnum):
    """What came of an event."""

    RECORDED = "RECORDED"
    FLAGGED = "FLAGGED"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class HearOfMail:
    """Takes one event of a mail; harmless to repeat, in any order.

    The order is: notices written, address flagged, organisation told, that it was told written. So a
    crash anywhere gives at worst that the organisation is told again.
    """

    storage: Storage
    warn: WarnOrganisation
    names: Names
    clock: Clock

    def __call__(self, event: MailEvent, *, published_at: datetime) -> Hearing:
        """Record it. Raises StorageBusy, Stale and DeliveryUnavailable: then it has to come again."""
        notices = self.storage.notices.of_mail(event.message_id)
        if not notices and (self.clock.now() - published_at >= KNOWN_WITHIN or self._have_gone(event)):
            return Hearing.UNKNOWN
        if not notices or any(notice.state is NoticeState.SENDING for notice in notices):
            raise StorageBusy("who sent the mail has yet to write down that it did")
        troubles = [self._record(notice, event) for notice in notices]
        trouble = next((one for one in troubles if one is not None), None)
        if trouble is None:
            return Hearing.RECORDED
        return self._flag(notices, trouble, event)

    def _have_gone(self, event: MailEvent) -> bool:
        """Whether its notices are gone with what they were about: they were there before the mail left."""
        return bool(event.notice_ids) and not self.storage.notices.get_many(event.notice_ids)

    def _record(self, notice: Notice, event: MailEvent) -> MailTrouble | None:
        after = after_hearing(notice, event.heard)
        if after != notice:
            self.storage.notices.record(notice, after)
        return trouble_of(after, event.heard, suppressed=event.suppressed)

    def _flag(self, notices: Sequence[Notice], trouble: MailTrouble, event: MailEvent) -> Hearing:
        name, owner, now = f"mailbox#{notices[0].receiver}", self.names.token(), self.clock.now()
        if not self.storage.leases.acquire(name, owner, now=now, until=now + LEASE):
            raise StorageBusy("another event of the same address is being taken")
        try:
            return self._flag_alone(notices, trouble, event)
        finally:
            self.storage.leases.release(name, owner)

    def _flag_alone(self, notices: Sequence[Notice], trouble: MailTrouble, event: MailEvent) -> Hearing:
        organisation_id, _, professional_id = notices[0].receiver.partition("#")
        card = self.storage.organisations.professional(organisation_id, professional_id)
        if card is None or card.email.casefold() != event.address.casefold():
            return Hearing.RECORDED
        mailbox = card.mailbox if card.is_unreachable else None
        if mailbox is None:
            mailbox = Mailbox(address=card.email, trouble=trouble, since=event.heard.at)
            self.storage.organisations.put_mailbox(card, mailbox, self._entry(card, notices[0]))
            card = replace(card, mailbox=mailbox)
        if not mailbox.told and self.warn(card, mailbox, notices):
            self.storage.organisations.put_mailbox(card, replace(mailbox, told=True), None)
        return Hearing.FLAGGED

    def _entry(self, card: Professional, notice: Notice) -> AuditEntry:
        return AuditEntry.of(
            Act.ADDRESS_FLAGGED,
            notice.id,
            organisation_id=card.organisation_id,
            professional_id=card.id,
            at=self.clock.now(),
            token=self.names.token(),
        )
