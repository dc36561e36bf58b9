"""Organisations and their professionals, and the contact card others see of them (D9, D18, D19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from chalicelib.domain.site import Site


class Domain(StrEnum):
    """The seven domains of work (D6)."""

    YOUTH_HELP = "YOUTH_HELP"
    YOUTH_HEALTH_CARE = "YOUTH_HEALTH_CARE"
    HEALTH_CARE = "HEALTH_CARE"
    EDUCATION = "EDUCATION"
    SOCIAL_SUPPORT = "SOCIAL_SUPPORT"
    WORK_AND_INCOME = "WORK_AND_INCOME"
    POLICE_AND_JUSTICE = "POLICE_AND_JUSTICE"


class OrganisationState(StrEnum):
    """Read on every request; a suspension holds at once."""

    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class OrganisationKind(StrEnum):
    """Who gives signals, who watches over a municipality (D17), and who manages the region."""

    REPORTING = "REPORTING"
    SUPERVISION = "SUPERVISION"
    ADMINISTRATION = "ADMINISTRATION"


class Language(StrEnum):
    """The language of a professional's mail."""

    DUTCH = "nl"
    ENGLISH = "en"


class Scope(StrEnum):
    """What a token may do; deny by default."""

    SIGNALS_WRITE = "signals:write"
    SIGNALS_READ = "signals:read"
    MATCHES_READ = "matches:read"
    MATCHES_WRITE = "matches:write"
    RIGHTS_HANDLE = "rights:handle"
    SUPERVISION_READ = "supervision:read"
    ORGANISATIONS_MANAGE = "organisations:manage"
    AUDIT_READ = "audit:read"
    REVIEWS_DECIDE = "reviews:decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """Shown instead of an organisation whose very name says something (D19)."""

    name: str
    email: str
    telephone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterNumbers:
    """What an organisation is called in the trade register, and in those of schools and of care."""

    kvk: str | None = None
    brin: str | None = None
    agb: str | None = None


NO_NUMBERS = RegisterNumbers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation that may give signals, a municipal supervisor, or the region's administrator.

    Attributes:
        id: stored with every signal; the name is looked up when shown (D9).
        may_use_bsn: then a BSN is required, else refused (D4).
        email_domains: a professional's address must be in one of them.
        municipalities: four-digit codes; only for SUPERVISION.
        topic_arn: its own topic for events, None until made.
        administrator: the address of who keeps its contact data current (D28), None when not named.
        aws_account: the one that may subscribe to its topic, None for none.
        numbers: what other registers call it.
        language: of mails to its professionals who choose none.
        requests_per_minute: that it may make, None for as many as its stage allows each.
    """

    id: str
    name: str
    kind: OrganisationKind
    state: OrganisationState
    domains: tuple[Domain, ...]
    may_use_bsn: bool
    email_domains: tuple[str, ...]
    scopes: frozenset[Scope]
    oin: str | None
    contact_point: ContactPoint | None
    municipalities: tuple[str, ...]
    topic_arn: str | None
    revision: int
    administrator: str | None = None
    aws_account: str | None = None
    numbers: RegisterNumbers = NO_NUMBERS
    language: Language = Language.DUTCH
    requests_per_minute: int | None = None

    def receives_at(self, email: str) -> bool:
        """Whether the address is in a registered domain itself: a subdomain is another one."""
        return in_domains(email, self.email_domains)


def in_domains(email: str, domains: Iterable[str]) -> bool:
    """Whether an address is in one of the domains itself, whatever their case."""
    mailbox, _, domain = email.rpartition("@")
    return bool(mailbox) and domain.casefold() in {one.casefold() for one in domains}


class MailTrouble(StrEnum):
    """Why an address gets no more mail: it bounces, its owner complained, or the mail service blocks it."""

    BOUNCES = "BOUNCES"
    COMPLAINED = "COMPLAINED"
    SUPPRESSED = "SUPPRESSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An address that mail came back from; ``told`` once the organisation was told (D28)."""

    address: str
    trouble: MailTrouble
    since: datetime
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Professional:
    """The contact card of a professional, a row of its own.

    ``mailbox`` is what delivery knows of an address of theirs; it is no part of the card, which stays
    the same card with it, and writing a card leaves it as it is. ``site`` is a text of the card's own,
    ``site_id`` names a site of the organisation instead, and ``place`` is that site as it is now.
    Nor does giving a signal touch ``left_at``, since when the professional is gone, nor ``left_to``, the
    staff id of who took over (D28); whoever stores the card by itself has them back.
    """

    organisation_id: str
    id: str
    name: str
    function: str | None
    site: str | None
    email: str
    telephone: str | None
    language: Language
    site_id: str | None = None
    mailbox: Mailbox | None = field(default=None, compare=False)
    place: Site | None = field(default=None, compare=False)
    left_at: datetime | None = field(default=None, compare=False)
    left_to: str | None = field(default=None, compare=False)

    @property
    def shown_site(self) -> str | None:
        """Where they work, as others see it."""
        return self.site if self.place is None else self.place.name

    @property
    def shown_telephone(self) -> str | None:
        """Their own number, or else that of where they work."""
        return self.telephone or (None if self.place is None else self.place.telephone)

    @property
    def is_unreachable(self) -> bool:
        """Whether mail to the address on the card came back for good: another address is tried again."""
        return self.mailbox is not None and self.mailbox.address == self.email

    @property
    def revision(self) -> int:
        """A number that another card does not share, nor one with other trouble, or of who left."""
        trouble = self.mailbox.trouble if self.mailbox is not None and self.is_unreachable else None
        where = (self.site, self.site_id)
        shown = (self.name, self.function, where, self.email, self.telephone, self.language)
        beside = (trouble, self.left_at)
        return 1 + int.from_bytes(sha256(repr((shown, beside)).encode()).digest()[:4])

    @property
    def receiver(self) -> str:
        """The key under which notices for this professional are gathered."""
        return receiver_key(self.organisation_id, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """What one professional sees of another: all of D18, nothing else.

    With a contact point (D19) only ``organisation`` (the contact point's name), ``email`` and
    ``telephone`` are filled.
    """

    organisation: str
    domain: Domain | None
    name: str | None
    function: str | None
    site: str | None
    email: str
    telephone: str | None


def receiver_key(organisation_id: str, professional_id: str) -> str:
    """``<organisationId>#<professionalId>``; neither holds a ``#``."""
    return f"{organisation_id}#{professional_id}"


def shown_name(organisation: Organisation) -> str:
    """What others may know it by (D9, D19)."""
    return organisation.name if organisation.contact_point is None else organisation.contact_point.name


def card_if_known(organisation: Organisation | None, professional: Professional | None) -> ContactCard | None:
    """As :func:`contact_card`, of rows that may have got lost; a contact point needs no professional."""
    if organisation is not None and organisation.contact_point is not None:
        return _card_of_point(organisation.contact_point)
    if organisation is None or professional is None:
        return None
    return contact_card(organisation, professional)


def contact_card(organisation: Organisation, professional: Professional) -> ContactCard:
    """The card others see, as the organisation is called now (D9, D18, D19)."""
    if organisation.contact_point is not None:
        return _card_of_point(organisation.contact_point)
    return ContactCard(
        organisation=organisation.name,
        domain=organisation.domains[0] if organisation.domains else None,
        name=professional.name,
        function=professional.function,
        site=professional.shown_site,
        email=professional.email,
        telephone=professional.shown_telephone,
    )


def _card_of_point(point: ContactPoint) -> ContactCard:
    return ContactCard(
        organisation=point.name,
        domain=None,
        name=None,
        function=None,
        site=None,
        email=point.email,
        telephone=point.telephone,
    )
