"""Requests of families in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.rights import RightsRequest
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.parts import Page
from chalicelib.ports.rights import RequestChange
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeRights:
    """The store of requests over a dict."""

    state: FakeState

    def get(self, request_id: str) -> RightsRequest | None:
        """The request, its record opened."""
        self.state.before("rights.get")
        return self.state.requests.get(request_id)

    def sealed(self, request_ids: Iterable[str]) -> dict[str, RightsRequest]:
        """Those that exist, by id, their records left sealed."""
        self.state.before("rights.sealed")
        held = self.state.requests
        return {one: replace(held[one], record=None) for one in request_ids if one in held}

    def page(
        self, organisation_id: str, *, is_open: bool, limit: int, after: str | None
    ) -> Page[RightsRequest]:
        """What an organisation handles, first due first."""
        self.state.before("rights.page")
        own = {
            f"{one.due_on.isoformat()}#{one.id}": one
            for one in self.state.requests.values()
            if one.organisation_id == organisation_id and one.is_open is is_open
        }
        part = _part(own, limit, after)
        return Page(tuple(replace(own[place], record=None) for place in part.items), part.next)

    def agenda(self, until: date | None, *, is_open: bool, limit: int, after: str | None) -> Page[str]:
        """Ids of requests with something to be done up to a day, first due first."""
        self.state.before("rights.agenda")
        planned = {
            f"{one.agenda_on.isoformat()}#{one.id}": one.id
            for one in self.state.requests.values()
            if one.is_open is is_open and (until is None or one.agenda_on <= until)
        }
        part = _part(planned, limit, after)
        return Page(tuple(planned[place] for place in part.items), part.next)

    def commit(self, change: RequestChange) -> None:
        """Write a request when it is as expected."""
        self.state.before("rights.commit")
        self._require(change.request.id, change.previous_revision)
        for notice in change.notices:
            self.state.require_new_notice(notice)
        entries = (*(() if change.audit is None else (change.audit,)), *change.also)
        for entry in entries:
            self.state.require_new_audit(entry)
        for entry in entries:
            self.state.put_audit(entry)
        self.state.requests[change.request.id] = change.request
        for notice in change.notices:
            self.state.put_new_notice(notice)
        self.state.after("rights.commit")

    def remove(self, request: RightsRequest, audit: AuditEntry) -> None:
        """Remove a request at the revision that was read."""
        self.state.before("rights.remove")
        self._require(request.id, request.revision)
        self.state.require_new_audit(audit)
        del self.state.requests[request.id]
        self.state.put_audit(audit)
        self.state.after("rights.remove")

    def _require(self, request_id: str, revision: int | None) -> None:
        held = self.state.requests.get(request_id)
        if revision is None and held is not None:
            raise AlreadyThere(request_id)
        if revision != (held.revision if held is not None else None):
            raise Stale(request_id)


def _part(places: Iterable[str], limit: int, after: str | None) -> Page[str]:
    rest = [place for place in sorted(places) if after is None or place > after]
    return Page(tuple(rest[:limit]), rest[limit - 1] if len(rest) > limit else None)
