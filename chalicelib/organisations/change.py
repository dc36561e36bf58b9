"""Changing an organisation: suspending it, resuming, renaming, and how it is shown (D9, D19)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationNotFound
from chalicelib.domain.organisation import ContactPoint, Organisation, OrganisationState
from chalicelib.organisations.registration_rules import (
    check_administrator,
    check_contact_point,
    check_limit,
    check_name,
)
from chalicelib.organisations.trail import Operator, OperatorTrail
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Storage

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOrganisation:
    """Writes an organisation's next revision; what is so already is left alone.

    Every change raises OrganisationNotFound, and StorageBusy when nothing was written. ``operator``
    is who does it, for the audit trail.
    """

    storage: Storage
    trail: OperatorTrail

    def suspend(self, organisation_id: str, *, operator: Operator) -> Organisation:
        """Shut it out: its next request is refused, for its state is read on each."""
        return self._change(
            organisation_id, lambda one: replace(one, state=OrganisationState.SUSPENDED), operator
        )

    def resume(self, organisation_id: str, *, operator: Operator) -> Organisation:
        """Let it in again."""
        return self._change(
            organisation_id, lambda one: replace(one, state=OrganisationState.ACTIVE), operator
        )

    def rename(self, organisation_id: str, name: str, *, operator: Operator) -> Organisation:
        """Call it something else, everywhere at once: signals hold its id (D9)."""
        check_name(name)
        return self._change(organisation_id, lambda one: replace(one, name=name), operator)

    def show_as(
        self, organisation_id: str, point: ContactPoint | None, *, operator: Operator
    ) -> Organisation:
        """Show it as a contact point only (D19), or as itself again with None."""
        if point is not None:
            check_contact_point(point)
        return self._change(organisation_id, lambda one: replace(one, contact_point=point), operator)

    def administer(self, organisation_id: str, address: str, *, operator: Operator) -> Organisation:
        """Name the address of who keeps its contact data current, and hears of mail that fails (D28)."""

        def change(held: Organisation) -> Organisation:
            check_administrator(address, held.email_domains)
            return replace(held, administrator=address)

        return self._change(organisation_id, change, operator)

    def limit(
        self, organisation_id: str, requests_per_minute: int | None, *, operator: Operator
    ) -> Organisation:
        """Say how much it may ask in a minute; None for as much as its stage allows each.

        Raises OrganisationRefused for fewer than one batch has lines.
        """
        check_limit(requests_per_minute)
        return self._change(
            organisation_id, lambda one: replace(one, requests_per_minute=requests_per_minute), operator
        )

    def _change(
        self, organisation_id: str, change: Callable[[Organisation], Organisation], operator: Operator
    ) -> Organisation:
        for _ in range(ATTEMPTS):
            held = self.storage.organisations.get(organisation_id)
            if held is None:
                raise OrganisationNotFound
            changed = change(held)
            if changed == held:
                return held
            following = replace(changed, revision=held.revision + 1)
            audit = self.trail.entry(Act.ORGANISATION_CHANGED, organisation_id, operator)
            try:
                self.storage.organisations.put(following, previous_revision=held.revision, audit=audit)
            except Stale:
                continue
            return following
        raise StorageBusy("the organisation kept changing")
