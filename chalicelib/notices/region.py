"""How a region presents itself to those who get its mails and events."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Final

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.settings import Settings

SERVICE = "Verwijsindex"
_SPECIALS: Final = str.maketrans("", "", '()<>[]:;@\\,"')
"""RFC 5322, 3.2.3, but for the full stop: beside letters that have to be encoded, some break the header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region's face.

    Attributes:
        name: what stands above a mail and in its From, ``Verwijsindex Midden-Nederland``.
        address: the bare sender address.
        reply_to: a mailbox that people read.
        oin: the system's own OIN, in the source of events.
        base_url: the public base of the interface, ending in ``/v1``.
        legal: the law that its mails speak of.
    """

    name: str
    address: str
    reply_to: str
    oin: str
    base_url: str
    legal: LegalProfile = DUTCH_DEFAULT

    @property
    def mail_domain(self) -> str:
        """The domain under which mails are tied together by ``References``."""
        return self.address.rpartition("@")[2]

    @property
    def sender(self) -> str:
        """The From header: the region's name, without what has a meaning in a header, and its address."""
        return formataddr((self.name.translate(_SPECIALS), self.address))


def region_of(settings: Settings) -> Region:
    """The region of a stage; a name in the sender setting wins over the stage's own name."""
    name, address = parseaddr(settings.sender)
    return Region(
        name=name or f"{SERVICE} {settings.stage.title()}",
        address=address,
        reply_to=settings.reply_to,
        oin=settings.oin,
        base_url=settings.base_url.rstrip("/"),
        legal=settings.legal,
    )
