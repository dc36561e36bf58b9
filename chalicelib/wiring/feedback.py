"""What is heard of mails, put together."""

from __future__ import annotations

from chalicelib.notices.feedback import HearOfMail
from chalicelib.notices.warn import WarnOrganisation
from chalicelib.wiring import base
from chalicelib.wiring.delivery import deliver


def hear_of_mail() -> HearOfMail:
    """Recording on notices and cards, and telling organisations by the way that notices go."""
    delivery = deliver()
    warn = WarnOrganisation(
        storage=delivery.storage, mailer=delivery.mailer, events=delivery.events, region=delivery.region
    )
    return HearOfMail(storage=base.storage(), warn=warn, names=base.names(), clock=base.clock())
