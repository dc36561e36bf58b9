"""The rules that a registration keeps, as a whole or in one part (D4, D6, D17, D19, D28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from chalicelib.domain.errors import FieldProblem, OrganisationRefused
from chalicelib.domain.organisation import ContactPoint, OrganisationKind, Scope, in_domains
from chalicelib.organisations.numbers import wrong_numbers
from chalicelib.organisations.registration import Registration

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@([^@\s]+)")
_MUNICIPALITY: Final = re.compile(r"[0-9]{4}")
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_LONGEST_NAME: Final = 200
LOWEST_LIMIT: Final = 100
"""Requests a minute: each signal of a batch is one, and a batch has a hundred at most."""


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
    problems = tuple(_limit(requests_per_minute))
    if problems:
        raise OrganisationRefused(problems)


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
    yield from _limit(registration.requests_per_minute)


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


def _limit(requests_per_minute: int | None) -> Iterator[FieldProblem]:
    if requests_per_minute is not None and requests_per_minute < LOWEST_LIMIT:
        detail = f"At least {LOWEST_LIMIT}: as many as one batch has lines."
        yield FieldProblem("/requestsPerMinute", "too-low", detail)


def _each(pointer: str, values: Iterable[str], form: re.Pattern[str], code: str) -> Iterator[FieldProblem]:
    for place, value in enumerate(values):
        if not form.fullmatch(value):
            yield FieldProblem(f"{pointer}/{place}", code, "Not of the form it should have.")
