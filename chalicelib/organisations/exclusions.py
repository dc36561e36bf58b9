"""Reading the register of excluded addresses, for who keeps it (D13)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import ExclusionNotFound
from chalicelib.organisations.exclude_address import RESOURCE
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import ExcludedAddress, Storage
from chalicelib.security.cursors import Cursors


@dataclass(frozen=True, slots=True)
class Exclusions:
    """A page of the register; ``cursor`` starts the next, None at the end."""

    items: tuple[ExcludedAddress, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadExclusions:
    """Shows the register; every read is logged before it is answered (D39)."""

    storage: Storage
    cursors: Cursors
    trail: OperatorTrail

    def one(self, caller: Caller, entry_id: str) -> ExcludedAddress:
        """One entry. Raises ExclusionNotFound."""
        entry = self.storage.exclusions.entry(entry_id)
        if entry is None:
            raise ExclusionNotFound
        self._log(caller, Act.EXCLUSION_READ)
        return entry

    def page(self, caller: Caller, *, limit: int, cursor: str | None) -> Exclusions:
        """A page of the register, by id. Raises CursorRefused for a cursor that this list did not give."""
        bound_to = (RESOURCE, caller.organisation.id)
        after = None if cursor is None else self.cursors.opened(cursor, bound_to)
        page = self.storage.exclusions.page(limit=limit, after=after)
        self._log(caller, Act.EXCLUSIONS_LISTED)
        return Exclusions(
            items=page.items,
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _log(self, caller: Caller, act: Act) -> None:
        self.storage.audit.append(self.trail.entry(act, RESOURCE, caller))
