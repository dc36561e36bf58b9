"""The information letter, put together."""

from __future__ import annotations

from chalicelib.signals.inform import WriteInformationLetter
from chalicelib.wiring import base


def information_letter() -> WriteInformationLetter:
    """Writes the letters of this region."""
    settings = base.settings()
    return WriteInformationLetter(
        storage=base.storage(),
        names=base.names(),
        clock=base.clock(),
        region_mail=settings.reply_to,
        legal=settings.legal,
    )
