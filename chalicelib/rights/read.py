"""Reading requests, for who handles them; every read is logged before it is answered (D31, D39)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.rights import RightsRequest
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.rights.own import handled
from chalicelib.security.cursors import Cursors

LIST = "requests"
"""What the audit trail calls the list of requests."""


@dataclass(frozen=True, slots=True)
class SeenRequests:
    """A page of requests; ``cursor`` starts the next, None at the end."""

    items: tuple[RightsRequest, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequests:
    """Shows an organisation the requests that it handles."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def one(self, caller: Caller, request_id: str) -> RightsRequest:
        """One request. Raises RequestNotFound."""
        request = handled(self.storage, caller, request_id)
        self._log(caller, Act.REQUEST_READ, request.id, request.pseudonym)
        return request

    def page(self, caller: Caller, *, is_open: bool, limit: int, cursor: str | None) -> SeenRequests:
        """A page of those that are open, or done, first due first; it may be short and have a next.

        Raises CursorRefused for a cursor that this list, in this state, did not give.
        """
        bound_to = (LIST, caller.organisation.id, str(is_open))
        page = self.storage.rights.page(
            caller.organisation.id,
            is_open=is_open,
            limit=limit,
            after=None if cursor is None else self.cursors.opened(cursor, bound_to),
        )
        self._log(caller, Act.REQUESTS_LISTED, LIST)
        return SeenRequests(
            items=page.items,
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _log(self, caller: Caller, act: Act, resource: str, youth: str | None = None) -> None:
        entry = caller.entry(act, resource, at=self.clock.now(), token=self.names.token(), youth=youth)
        self.storage.audit.append(entry)
