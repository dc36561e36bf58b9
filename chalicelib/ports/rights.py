"""What the use cases need to keep the requests of families (D31 to D33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.notice import Notice
from chalicelib.domain.rights import RightsRequest
from chalicelib.ports.parts import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestChange:
    """A request's next revision, in one transaction with notices that must be new and an audit entry.

    ``previous_revision`` None creates. ``audit`` is None for a step that another entry tells of; ``also`` are
    the same act under other names of the youth.
    """

    request: RightsRequest
    previous_revision: int | None
    audit: AuditEntry | None
    notices: tuple[Notice, ...] = ()
    also: tuple[AuditEntry, ...] = ()


class RightsStore(Protocol):
    """Requests, each with its record sealed to it; reads are consistent where not told otherwise."""

    def get(self, request_id: str) -> RightsRequest | None:
        """The request, its record opened."""
        ...

    def sealed(self, request_ids: Iterable[str]) -> dict[str, RightsRequest]:
        """Those that exist, by id, their records left sealed."""
        ...

    def page(
        self, organisation_id: str, *, is_open: bool, limit: int, after: str | None
    ) -> Page[RightsRequest]:
        """What an organisation handles, first due first, records left sealed. May lag a moment."""
        ...

    def agenda(self, until: date | None, *, is_open: bool, limit: int, after: str | None) -> Page[str]:
        """Ids of requests with something to be done up to a day (None: on any), first due first.

        Those that are done wait for the day on which they go. May lag: read each again.
        """
        ...

    def commit(self, change: RequestChange) -> None:
        """Write a request. Raises AlreadyThere (creating, or a notice or the entry), Stale."""
        ...

    def remove(self, request: RightsRequest, audit: AuditEntry) -> None:
        """Remove a request that is done, at the revision that was read. Raises Stale."""
        ...
