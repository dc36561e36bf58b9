"""In whose name a request is carried out: whoever handles it, whichever process does the step (D39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.rights import RightsRequest


@dataclass(frozen=True, slots=True)
class Handling:
    """The handler of a request, as an :class:`chalicelib.domain.audit.Actor`."""

    request: RightsRequest

    def entry(
        self, act: Act, resource: str, *, at: datetime, token: str, youth: str | None = None
    ) -> AuditEntry:
        """The audit entry of what is done for the request."""
        return AuditEntry.of(
            act,
            resource,
            organisation_id=self.request.organisation_id,
            professional_id=self.request.professional_id,
            at=at,
            token=token,
            youth=youth,
        )
