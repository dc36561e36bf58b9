"""What the audit trail says of an act: who, what, when, on which resource; never a value (D39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chalicelib.domain.dates import utc

SYSTEM = "system"
"""The organisation id of acts of the index itself."""


class Act(StrEnum):
    """What was done."""

    SIGNAL_GIVEN = "SIGNAL_GIVEN"
    SIGNAL_CHANGED = "SIGNAL_CHANGED"
    SIGNAL_CLOSED = "SIGNAL_CLOSED"
    SIGNAL_RETRACTED = "SIGNAL_RETRACTED"
    SIGNAL_RETRACTED_AFTER_LOOKING = "SIGNAL_RETRACTED_AFTER_LOOKING"
    SIGNAL_EXPIRED = "SIGNAL_EXPIRED"
    SIGNAL_RENEWED = "SIGNAL_RENEWED"
    SIGNAL_TRANSFERRED = "SIGNAL_TRANSFERRED"
    DEATHS_LISTED = "DEATHS_LISTED"
    DEATH_CONFIRMED = "DEATH_CONFIRMED"
    SIGNAL_ERASED = "SIGNAL_ERASED"
    HISTORY_OPENED = "HISTORY_OPENED"
    HISTORY_SHOWN = "HISTORY_SHOWN"
    SIGNAL_REDATED = "SIGNAL_REDATED"
    SIGNAL_READ = "SIGNAL_READ"
    SIGNALS_LISTED = "SIGNALS_LISTED"
    MATCHES_READ = "MATCHES_READ"
    MATCH_READ = "MATCH_READ"
    EXPLANATION_READ = "EXPLANATION_READ"
    LETTER_READ = "LETTER_READ"
    INFORMING_LISTED = "INFORMING_LISTED"
    SEARCHES_LISTED = "SEARCHES_LISTED"
    REVIEWS_LISTED = "REVIEWS_LISTED"
    REVIEW_READ = "REVIEW_READ"
    VERDICT_GIVEN = "VERDICT_GIVEN"
    VERDICT_UNDONE = "VERDICT_UNDONE"
    CONFIRMATION_ASKED = "CONFIRMATION_ASKED"
    NOTICE_SENT = "NOTICE_SENT"
    ADDRESS_FLAGGED = "ADDRESS_FLAGGED"
    ADDRESS_RELEASED = "ADDRESS_RELEASED"
    WORK_REDRIVEN = "WORK_REDRIVEN"
    WORK_DISCARDED = "WORK_DISCARDED"
    TOKEN_ISSUED = "TOKEN_ISSUED"  # noqa: S105 - the name of an act
    PROFESSIONALS_LISTED = "PROFESSIONALS_LISTED"
    PROFESSIONAL_READ = "PROFESSIONAL_READ"
    PROFESSIONAL_CHANGED = "PROFESSIONAL_CHANGED"
    PROFESSIONAL_LEFT = "PROFESSIONAL_LEFT"
    SITES_LISTED = "SITES_LISTED"
    SITE_READ = "SITE_READ"
    SITE_CHANGED = "SITE_CHANGED"
    ORGANISATIONS_LISTED = "ORGANISATIONS_LISTED"
    ORGANISATION_READ = "ORGANISATION_READ"
    TOKEN_KEYS_CHANGED = "TOKEN_KEYS_CHANGED"  # noqa: S105 - as above
    KEYS_READ = "KEYS_READ"
    KEYS_CHANGED = "KEYS_CHANGED"
    ORGANISATION_REGISTERED = "ORGANISATION_REGISTERED"
    ORGANISATION_CHANGED = "ORGANISATION_CHANGED"
    LEGAL_PROFILE_CHANGED = "LEGAL_PROFILE_CHANGED"
    KEYSETS_CHANGED = "KEYSETS_CHANGED"
    EXCLUSIONS_LISTED = "EXCLUSIONS_LISTED"
    EXCLUSION_READ = "EXCLUSION_READ"
    ADDRESS_EXCLUDED = "ADDRESS_EXCLUDED"
    ADDRESS_INCLUDED = "ADDRESS_INCLUDED"
    REQUEST_FILED = "REQUEST_FILED"
    REQUESTS_LISTED = "REQUESTS_LISTED"
    REQUEST_READ = "REQUEST_READ"
    REQUEST_CHANGED = "REQUEST_CHANGED"
    REQUEST_DECIDED = "REQUEST_DECIDED"
    REQUEST_REMOVED = "REQUEST_REMOVED"
    ADVICE_READ = "ADVICE_READ"
    ADVICE_GIVEN = "ADVICE_GIVEN"
    ACCESS_ANSWERED = "ACCESS_ANSWERED"
    SIGNAL_RESTRICTED = "SIGNAL_RESTRICTED"
    SIGNAL_RESTORED = "SIGNAL_RESTORED"
    SIGNAL_CORRECTED = "SIGNAL_CORRECTED"
    TRAIL_READ = "TRAIL_READ"
    ERASURE_READ = "ERASURE_READ"
    ACCESS_REFUSED = "ACCESS_REFUSED"
    REGION_LOOKED_AT = "REGION_LOOKED_AT"
    WORK_ASKED = "WORK_ASKED"


class Outcome(StrEnum):
    """Whether it was done, or refused for want of a right."""

    DONE = "DONE"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act by one actor; ``id`` is ``<ISO time>#<random>`` and unique per organisation.

    Attributes:
        organisation_id: :data:`SYSTEM` for acts of the index itself.
        resource: an id, or what the trail calls a list.
        youth: keyed pseudonym of whom it is about, of the signal as it was then; None for what is about
            nobody, or about more than one.
        request_id: the gateway's id of the request; None for what came past no gateway.
        token_id: of the access token by which it was allowed.
    """

    id: str
    organisation_id: str
    professional_id: str | None
    act: Act
    resource: str
    at: datetime
    outcome: Outcome = Outcome.DONE
    request_id: str | None = None
    token_id: str | None = None
    youth: str | None = None

    @classmethod
    def of(
        cls,
        act: Act,
        resource: str,
        *,
        organisation_id: str,
        professional_id: str | None,
        at: datetime,
        token: str,
        outcome: Outcome = Outcome.DONE,
        request_id: str | None = None,
        token_id: str | None = None,
        youth: str | None = None,
    ) -> AuditEntry:
        """The entry of an act at a moment; ``token`` tells two acts of one millisecond apart."""
        moment = utc(at).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3]
        return cls(
            id=f"{moment}Z#{token}",
            organisation_id=organisation_id,
            professional_id=professional_id,
            act=act,
            resource=resource,
            at=at,
            outcome=outcome,
            request_id=request_id,
            token_id=token_id,
            youth=youth,
        )


class Actor(Protocol):
    """Of whom an entry can be written: a :class:`chalicelib.domain.caller.Caller`, or the index."""

    def entry(
        self, act: Act, resource: str, *, at: datetime, token: str, youth: str | None = None
    ) -> AuditEntry:
        """The audit entry of what this actor does to a resource (D39)."""
        ...


@dataclass(frozen=True, slots=True)
class IndexItself:
    """The index, acting by itself: a day has come, or its rows were restored."""

    def entry(
        self, act: Act, resource: str, *, at: datetime, token: str, youth: str | None = None
    ) -> AuditEntry:
        """The audit entry of what the index does to a resource."""
        return AuditEntry.of(
            act, resource, organisation_id=SYSTEM, professional_id=None, at=at, token=token, youth=youth
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment on, and before another; None is open."""

    since: datetime | None = None
    until: datetime | None = None


ALWAYS = Period()
