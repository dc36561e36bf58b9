"""Writing down who was refused for want of a right (D39): an attempt says as much as an act.

Requests without a valid token, which anybody can send, are written down by
:class:`chalicelib.organisations.sparing_trail.SparingTrail`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.ports.storage import AuditStore
from chalicelib.ports.world import Names

ENTRANCE: Final = "entrance"
"""What the trail calls the authorizer, which knows no operation yet."""

_ID: Final = re.compile(r"[a-z]{2,3}-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedAccess:
    """Adds one entry per refusal, before it is told. Raises StorageBusy."""

    audit: AuditStore
    names: Names
    clock: Clock

    def __call__(
        self,
        organisation_id: str,
        operation: str,
        *,
        wanted: Iterable[str] = (),
        professional_id: str | None = None,
        request_id: str | None = None,
        token_id: str | None = None,
    ) -> None:
        """Write down a refusal; of ``wanted`` only ids of ours, for anything else may be a name."""
        ids = [one for one in wanted if _ID.fullmatch(one)]
        self.audit.append(
            AuditEntry.of(
                Act.ACCESS_REFUSED,
                "/".join([operation, *ids]),
                organisation_id=organisation_id,
                professional_id=professional_id,
                at=self.clock.now(),
                token=self.names.token(),
                outcome=Outcome.REFUSED,
                request_id=request_id,
                token_id=token_id,
            )
        )
