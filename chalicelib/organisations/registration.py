"""What on-boarding asks of an organisation, and the rules it must keep (D4, D6, D17, D19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.errors import FieldProblem, OrganisationRefused
from chalicelib.domain.organisation import (
    NO_NUMBERS,
    ContactPoint,
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    RegisterNumbers,
    Scope,
    in_domains,
)
from chalicelib.organisations.numbers import wrong_numbers

REPORTING_SCOPES: Final = frozenset(
    {Scope.SIGNALS_WRITE, Scope.SIGNALS_READ, Scope.MATCHES_READ, Scope.MATCHES_WRITE}
)
"""What an organisation that gives signals may do unless it is said otherwise."""
SUPERVISION_SCOPES: Final = frozenset({Scope.SUPERVISION_READ})
"""What a municipal supervisor may do: it gives no signals (D17)."""
ADMINISTRATION_SCOPES: Final = frozenset({Scope.ORGANISATIONS_MANAGE, Scope.REVIEWS_DECIDE, Scope.AUDIT_READ})
"""What the region's administrator may do: nothing with a signal."""

_GRANTED: Final = {
    OrganisationKind.REPORTING: REPORTING_SCOPES,
    OrganisationKind.SUPERVISION: SUPERVISION_SCOPES,
    OrganisationKind.ADMINISTRATION: ADMINISTRATION_SCOPES,
}
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@([^@\s]+)")
_MUNICIPALITY: Final = re.compile(r"[0-9]{4}")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_LONGEST_NAME: Final = 200
LOWEST_LIMIT: Final = 100
"""Requests a minute: each signal of a batch is one, and a batch has a hundred at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An organisation as it is registered.

    Attributes:
        id: None makes one.
        scopes: None gives those of its kind.
        aws_account: that may subscribe to its events, None for none.
        administrator: the address of who keeps its contact data current (D28), None when not named.
    """

    name: str
    kind: OrganisationKind
    domains: tuple[Domain, ...]
    may_use_bsn: bool
    email_domains: tuple[str, ...]
    id: str | None = None
    scopes: frozenset[Scope] | None = None
    oin: str | None = None
    contact_point: ContactPoint | None = None
    municipalities: tuple[str, ...] = ()
    aws_account: str | None = None
    administrator: str | None = None
    numbers: RegisterNumbers = NO_NUMBERS
    language: Language = Language.DUTCH

    @property
    def granted(self) -> frozenset[Scope]:
        """The scopes asked for, or else those of its kind."""
        return _GRANTED[self.kind] if self.scopes is None else self.scopes

    def organisation(
        self, organisation_id: str, *, state: OrganisationState, topic_arn: str | None, revision: int
    ) -> Organisation:
        """The organisation that is registered so."""
        return Organisation(
            id=organisation_id,
            name=self.name,
            kind=self.kind,
            state=state,
            domains=self.domains,
            may_use_bsn=self.may_use_bsn,
            email_domains=self.email_domains,
            scopes=self.granted,
            oin=self.oin,
            contact_point=self.contact_point,
            municipalities=self.municipalities,
            topic_arn=topic_arn,
            revision=revision,
            administrator=self.administrator,
            aws_account=self.aws_account,
            numbers=self.numbers,
            language=self.language,
        )


def check_registration(registration: Registration) -> None:
    """Raise OrganisationRefused naming every rule that it breaks."""
    problems = (*_form(registration), *_kind(registration))
    if problems:
        raise OrganisationRefused(problems)


def check_name(name: str) -> None:
    """Raise OrganisationRefused for a name nobody can be called by."""
    problems = tuple(_name(name))
    if problems:
        raise OrganisationRefused(problems)


def check_contact_point(point: ContactPoint) -> None:
    """Raise OrganisationRefused for a contact point nobody can reach."""
    problems = tuple(_contact_point(point))
    if problems:
        raise OrganisationRefused(problems)


def check_limit(requests_per_minute: int | None) -> None:
    """Raise OrganisationRefused for a limit under which not even one batch could be given."""
    if requests_per_minute is not None and requests_per_minute < LOWEST_LIMIT:
        detail = f"At least {LOWEST_LIMIT}: as many as one batch has lines."
        raise OrganisationRefused((FieldProblem("/requestsPerMinute", "too-low", detail),))


def check_administrator(address: str, email_domains: Iterable[str]) -> None:
    """Raise OrganisationRefused for an address outside the organisation's registered e-mail domains."""
    problems = tuple(_administrator(address, email_domains))
    if problems:
        raise OrganisationRefused(problems)


def is_email_address(address: str) -> bool:
    """Whether it looks like an address with a domain that can exist."""
    found = _EMAIL.fullmatch(address)
    return found is not None and _DOMAIN.fullmatch(found.group(1).casefold()) is not None


def _form(registration: Registration) -> Iterator[FieldProblem]:
    yield from _name(registration.name)
    if registration.id is not None and not _ID.fullmatch(registration.id):
        yield FieldProblem("/id", "bad-id", "Letters, digits and hyphens; 64 at most.")
    yield from wrong_numbers(registration.oin, registration.numbers)
    if registration.aws_account is not None and not _ACCOUNT.fullmatch(registration.aws_account):
        yield FieldProblem("/awsAccount", "bad-account", "An AWS account has 12 digits.")
    yield from _each("/emailDomains", registration.email_domains, _DOMAIN, "bad-domain")
    yield from _each("/municipalities", registration.municipalities, _MUNICIPALITY, "bad-municipality")
    if registration.contact_point is not None:
        yield from _contact_point(registration.contact_point)
    if registration.administrator is not None:
        yield from _administrator(registration.administrator, registration.email_domains)


def _kind(registration: Registration) -> Iterator[FieldProblem]:
    supervises = registration.kind is OrganisationKind.SUPERVISION
    if not registration.email_domains:
        yield FieldProblem("/emailDomains", "required", "Notices leave for a registered domain only.")
    if supervises and not registration.municipalities:
        yield FieldProblem("/municipalities", "required", "A supervisor watches over municipalities (D17).")
    if not supervises and registration.municipalities:
        yield FieldProblem("/municipalities", "not-allowed", "Only a supervisor has municipalities (D17).")
    reports = registration.kind is OrganisationKind.REPORTING
    if reports and not registration.domains:
        yield FieldProblem("/domains", "required", "One of the seven domains at least (D6).")
    if not reports and Scope.SIGNALS_WRITE in registration.granted:
        yield FieldProblem("/scopes", "not-allowed", "Only who reports gives signals (D17).")
    manages = registration.kind is OrganisationKind.ADMINISTRATION
    if not manages and Scope.ORGANISATIONS_MANAGE in registration.granted:
        yield FieldProblem("/scopes", "not-allowed", "Only the region's administrator manages organisations.")


def _name(name: str) -> Iterator[FieldProblem]:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        yield FieldProblem("/name", "bad-name", "A name of 200 printable characters at most.")


def _contact_point(point: ContactPoint) -> Iterator[FieldProblem]:
    if not point.name.strip() or not point.name.isprintable():
        yield FieldProblem("/contactPoint/name", "bad-name", "A name of printable characters (D19).")
    if not is_email_address(point.email):
        yield FieldProblem("/contactPoint/email", "bad-email", "An e-mail address (D19).")


def _administrator(address: str, email_domains: Iterable[str]) -> Iterator[FieldProblem]:
    if not is_email_address(address):
        yield FieldProblem("/administrator", "bad-email", "An e-mail address (D28).")
    elif not in_domains(address, email_domains):
        detail = "The address is in one of the organisation's registered e-mail domains."
        yield FieldProblem("/administrator", "email-domain-not-registered", detail)


def _each(pointer: str, values: Iterable[str], form: re.Pattern[str], code: str) -> Iterator[FieldProblem]:
    for place, value in enumerate(values):
        if not form.fullmatch(value):
            yield FieldProblem(f"{pointer}/{place}", code, "Not of the form it should have.")
