"""The organisation hears by mail and by event that an address of theirs does not work (D28)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.domain.notice import Notice
from chalicelib.domain.organisation import Mailbox, Organisation, OrganisationState, Professional
from chalicelib.notices.events import mailbox_event
from chalicelib.notices.region import Region
from chalicelib.notices.unreachable import CameBack, administrator_of, render_unreachable
from chalicelib.ports.errors import DeliveryRejected
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import EventPublisher, Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnOrganisation:
    """Writes to the administrator and publishes an event; what is refused for good is not tried again."""

    storage: Storage
    mailer: Mailer
    events: EventPublisher
    region: Region

    def __call__(self, card: Professional, mailbox: Mailbox, notices: Sequence[Notice]) -> bool:
        """Whether the organisation was told; one that is suspended, or gone, is not.

        ``notices`` are those of the mail that came back. Raises DeliveryUnavailable.
        """
        organisation = self.storage.organisations.get(card.organisation_id)
        if organisation is None or organisation.state is OrganisationState.SUSPENDED:
            return False
        self._mail(organisation, card, mailbox, notices)
        self._publish(organisation, mailbox, notices[0])
        return True

    def _mail(
        self, organisation: Organisation, card: Professional, mailbox: Mailbox, notices: Sequence[Notice]
    ) -> None:
        to = administrator_of(organisation)
        if to is None or to.casefold() == mailbox.address.casefold():
            return
        own = {notice.signal_id for notice in notices if notice.signal_id is not None}
        signals = self.storage.signals.sealed(own) if own else {}
        came_back = CameBack(
            name=organisation.name,
            trouble=mailbox.trouble,
            numbers=tuple(signal.number for signal in signals.values()),
            language=card.language,
            notice_ids=tuple(notice.id for notice in notices),
        )
        mail = render_unreachable(to, came_back, self.region)
        with suppress(DeliveryRejected):
            self.mailer.send(mail)

    def _publish(self, organisation: Organisation, mailbox: Mailbox, notice: Notice) -> None:
        if organisation.topic_arn is None:
            return
        with suppress(DeliveryRejected):
            self.events.publish(organisation.topic_arn, mailbox_event(notice, mailbox, self.region))
