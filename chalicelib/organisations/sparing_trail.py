"""Refusals that anybody can cause, written down sparingly (D39): each kind once a minute.

A stranger needs no right to be refused. So the trail keeps that it happened, for whom and why, but the
first of a minute stands for all: nobody can fill the trail. The log has a line for each.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import AuditStore

_TOKEN_DIGITS: Final = 12


@dataclass(slots=True)
class SparingTrail:
    """Adds the first refusal of each kind in each minute; what this process added is not asked again."""

    audit: AuditStore
    clock: Clock
    _added: set[tuple[str, str]] = field(default_factory=set)
    _minute: datetime | None = None

    def __call__(self, organisation_id: str, resource: str, *, request_id: str | None = None) -> None:
        """Write down that ``resource`` (an operation and a reason) was refused. Raises StorageBusy."""
        minute = self.clock.now().replace(second=0, microsecond=0)
        if self._minute != minute:
            self._added, self._minute = set(), minute
        if (organisation_id, resource) in self._added:
            return
        entry = AuditEntry.of(
            Act.ACCESS_REFUSED,
            resource,
            organisation_id=organisation_id,
            professional_id=None,
            at=minute,
            token=hashlib.sha256(resource.encode()).hexdigest()[:_TOKEN_DIGITS],
            outcome=Outcome.REFUSED,
            request_id=request_id,
        )
        with suppress(AlreadyThere):  # another process was first this minute
            self.audit.append(replace(entry, at=self.clock.now()))
        self._added.add((organisation_id, resource))
