"""Delivery, put together."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.models.storage import open_turns
from chalicelib.notices.deliver import Deliver
from chalicelib.notices.pace import PacedMailer
from chalicelib.notices.region import region_of
from chalicelib.notices.ses import SesMailer
from chalicelib.notices.sns import SnsEvents
from chalicelib.wiring import base


@lru_cache(maxsize=1)
def deliver() -> Deliver:
    """Delivery by SES and SNS under this region's name."""
    settings = base.settings()
    region = region_of(settings)
    return Deliver(
        storage=base.storage(),
        mailer=PacedMailer(
            mailer=SesMailer(sender=region.sender, configuration_set=settings.configuration_set),
            turns=open_turns(settings),
            clock=base.clock(),
            per_second=settings.mails_per_second,
        ),
        events=SnsEvents(),
        names=base.names(),
        clock=base.clock(),
        region=region,
        legal=settings.legal,
    )
