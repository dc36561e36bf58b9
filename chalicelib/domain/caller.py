"""Who calls: an organisation's system, on behalf of one of its professionals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.organisation import Organisation, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """The organisation as it is stored now, what its token may do, and who acts.

    ``professional_id`` is the organisation's own staff id (header ``Professional-Id``), None when
    the system did not say. ``request_id`` is the gateway's, ``token_id`` the ``jti`` of the access token.
    """

    organisation: Organisation
    scopes: frozenset[Scope]
    professional_id: str | None
    request_id: str | None = None
    token_id: str | None = None

    def entry(
        self, act: Act, resource: str, *, at: datetime, token: str, youth: str | None = None
    ) -> AuditEntry:
        """The audit entry of what this caller does to a resource (D39)."""
        return AuditEntry.of(
            act,
            resource,
            organisation_id=self.organisation.id,
            professional_id=self.professional_id,
            at=at,
            token=token,
            request_id=self.request_id,
            token_id=self.token_id,
            youth=youth,
        )
