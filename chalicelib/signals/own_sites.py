"""An organisation's own sites, kept in one place: every card that names one shows it as it is (D28)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import FieldProblem, SignalRefused, SiteExists, SiteNotFound, SiteRevised
from chalicelib.domain.organisation import Organisation
from chalicelib.domain.site import Site
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.hidden_bsn import holds_bsn

LIST: Final = "sites"
"""What the audit trail calls the list of an organisation's own sites."""


@dataclass(frozen=True, slots=True)
class OwnSites:
    """A page of own sites, by id; ``cursor`` starts the next, None at the end."""

    items: tuple[Site, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOwnSites:
    """Shows and stores sites of the caller's organisation, and no other's; each act is logged (D39)."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def one(self, caller: Caller, site_id: str) -> Site:
        """One site. Raises SiteNotFound, for another organisation's too."""
        held = self.storage.organisations.site(caller.organisation.id, site_id)
        if held is None:
            raise SiteNotFound
        self._log(caller, Act.SITE_READ, site_id)
        return held

    def page(self, caller: Caller, *, limit: int, cursor: str | None) -> OwnSites:
        """A page of sites, by id. Raises CursorRefused for a cursor that this list did not give."""
        bound_to = (LIST, caller.organisation.id)
        after = None if cursor is None else self.cursors.opened(cursor, bound_to)
        page = self.storage.organisations.sites(caller.organisation.id, limit=limit, after=after)
        self._log(caller, Act.SITES_LISTED, LIST)
        return OwnSites(
            items=page.items,
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def create(self, caller: Caller, site: Site) -> bool:
        """Store a site that was not there; False when just this one is there already.

        Raises SignalRefused, SiteExists when there is another one, StorageBusy.
        """
        _check(site)
        held = self.storage.organisations.site(site.organisation_id, site.id)
        if held == site:
            self._log(caller, Act.SITE_READ, site.id)
            return False
        if held is not None:
            raise SiteExists
        try:
            self._keep(caller, site, None)
        except Stale as error:
            raise SiteExists from error
        return True

    def replace(self, caller: Caller, site: Site, revisions: Collection[int] | None) -> None:
        """Store a site in the place of the one at one of these revisions, None for any.

        Raises SignalRefused, SiteRevised when it is not there, or not as it was read, StorageBusy.
        """
        _check(site)
        held = self.storage.organisations.site(site.organisation_id, site.id)
        if held is None or (revisions is not None and held.revision not in revisions):
            raise SiteRevised
        try:
            self._keep(caller, site, held)
        except Stale as error:
            raise SiteRevised from error

    def _keep(self, caller: Caller, site: Site, previous: Site | None) -> None:
        audit = self._entry(caller, Act.SITE_CHANGED, site.id)
        self.storage.organisations.keep_site(site, previous=previous, audit=audit)

    def _log(self, caller: Caller, act: Act, resource: str) -> None:
        self.storage.audit.append(self._entry(caller, act, resource))

    def _entry(self, caller: Caller, act: Act, resource: str) -> AuditEntry:
        return caller.entry(act, resource, at=self.clock.now(), token=self.names.token())


def unknown_site(
    storage: Storage, organisation: Organisation, site_id: str | None
) -> tuple[FieldProblem, ...]:
    """The rule that a card breaks by naming a site that its organisation does not have; sites stay."""
    if site_id is None or storage.organisations.site(organisation.id, site_id) is not None:
        return ()
    return (FieldProblem("/professional/siteId", "unknown-site", "The organisation has no such site."),)


def _check(site: Site) -> None:
    problems = tuple(
        FieldProblem(pointer, "holds-bsn", "Holds a valid BSN; part long numbers with a letter or a hyphen.")
        for pointer, text in (("/id", site.id), ("/name", site.name))
        if holds_bsn(text)
    )
    if problems:
        raise SignalRefused(problems)
