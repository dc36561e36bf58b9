"""Reading organisations: all of them for the region's administrator, one's own for anybody."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import OrganisationNotFound
from chalicelib.domain.organisation import Organisation
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.security.cursors import Cursors

LIST = "organisations"
"""What the audit trail calls the list of organisations."""


@dataclass(frozen=True, slots=True)
class Organisations:
    """A page of organisations; ``cursor`` starts the next, None at the end."""

    items: tuple[Organisation, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOrganisations:
    """Shows organisations as they are stored; every read is logged before it is answered (D39)."""

    storage: Storage
    cursors: Cursors
    trail: OperatorTrail

    def one(self, caller: Caller, organisation_id: str) -> Organisation:
        """One organisation. Raises OrganisationNotFound."""
        held = self.storage.organisations.get(organisation_id)
        if held is None:
            raise OrganisationNotFound
        self.storage.audit.append(self.trail.entry(Act.ORGANISATION_READ, held.id, caller))
        return held

    def page(self, caller: Caller, *, limit: int, cursor: str | None) -> Organisations:
        """A page of organisations, by id. Raises CursorRefused for a cursor that this list did not give."""
        bound_to = (LIST, caller.organisation.id)
        page = self.storage.organisations.page(
            limit=limit, after=None if cursor is None else self.cursors.opened(cursor, bound_to)
        )
        self.storage.audit.append(self.trail.entry(Act.ORGANISATIONS_LISTED, LIST, caller))
        return Organisations(
            items=page.items,
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )
