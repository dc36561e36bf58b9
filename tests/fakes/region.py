"""Organisations, the register of excluded addresses, audit and settings in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.audit import ALWAYS, AuditEntry, Period
from chalicelib.domain.organisation import Mailbox, Organisation, Professional, receiver_key
from chalicelib.domain.site import Site
from chalicelib.models.audit import kept_until
from chalicelib.models.moments import stored
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.repeats import Run
from chalicelib.ports.storage import ExcludedAddress, Page, UniqueName
from chalicelib.security.hashing import FIRST_KEYSET
from tests.fakes.repeats import finish_in, is_own
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeOrganisations:
    """Organisations and professionals over a dict."""

    state: FakeState

    def get(self, organisation_id: str) -> Organisation | None:
        """The organisation."""
        self.state.before("organisations.get")
        return self.state.organisations.get(organisation_id)

    def get_many(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Those that exist, by id."""
        self.state.before("organisations.get_many")
        held = self.state.organisations
        return {one: held[one] for one in set(organisation_ids) if one in held}

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by id."""
        self.state.before("organisations.all")
        return tuple(self.state.organisations[one] for one in sorted(self.state.organisations))

    def page(self, *, limit: int, after: str | None) -> Page[Organisation]:
        """A page of them, by id."""
        self.state.before("organisations.page")
        ids = [one for one in sorted(self.state.organisations) if after is None or one > after]
        items = tuple(self.state.organisations[one] for one in ids[:limit])
        return Page(items, ids[limit - 1] if len(ids) > limit else None)

    def put(
        self,
        organisation: Organisation,
        *,
        previous_revision: int | None,
        audit: AuditEntry,
        run: Run | None = None,
    ) -> None:
        """Create or replace, with what a run made."""
        self.state.before("organisations.put")
        held = self.state.organisations.get(organisation.id)
        if previous_revision is None and held is not None:
            raise AlreadyThere(organisation.id)
        if previous_revision != (held.revision if held is not None else None):
            raise Stale(organisation.id)
        if run is not None and not is_own(self.state, run):
            raise Stale(run.name)
        self.state.require_new_audit(audit)
        if run is not None:
            finish_in(self.state, run, organisation.id)
        self.state.organisations[organisation.id] = organisation
        self.state.put_audit(audit)
        self.state.after("organisations.put")

    def professional(self, organisation_id: str, professional_id: str) -> Professional | None:
        """A contact card with the site it names."""
        self.state.before("organisations.professional")
        held = self.state.professionals.get(receiver_key(organisation_id, professional_id))
        return None if held is None else self.state.placed(held)

    def professionals(self, receivers: Iterable[str]) -> dict[str, Professional]:
        """Those that exist, by receiver key."""
        self.state.before("organisations.professionals")
        held = self.state.professionals
        return {one: self.state.placed(held[one]) for one in set(receivers) if one in held}

    def put_professional(self, professional: Professional) -> None:
        """Create or replace a card."""
        self.state.before("organisations.put_professional")
        self.state.put_card(professional)

    def cards(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Professional]:
        """A page of an organisation's cards, by staff id."""
        self.state.before("organisations.cards")
        own = [card for card in self.state.professionals.values() if card.organisation_id == organisation_id]
        rest = sorted((card for card in own if after is None or card.id > after), key=lambda card: card.id)
        items = tuple(map(self.state.placed, rest[:limit]))
        return Page(items, rest[limit - 1].id if len(rest) > limit else None)

    def keep_card(self, card: Professional, *, previous: Professional | None, audit: AuditEntry) -> None:
        """Create a card, or replace the previous one."""
        self.state.before("organisations.keep_card")
        if self.state.professionals.get(card.receiver) != previous:
            raise Stale(card.receiver)
        self.state.require_new_audit(audit)
        self.state.put_card(card)
        self.state.professionals[card.receiver] = replace(
            self.state.professionals[card.receiver], left_at=None, left_to=None
        )
        self.state.put_audit(audit)
        self.state.after("organisations.keep_card")

    def close_card(self, card: Professional, at: datetime, taker: str, audit: AuditEntry) -> None:
        """Note since when a professional is gone, and who takes over."""
        self.state.before("organisations.close_card")
        held = self.state.professionals.get(card.receiver)
        if held is None or held != card:
            raise Stale(card.receiver)
        self.state.require_new_audit(audit)
        self.state.put_audit(audit)
        self.state.professionals[card.receiver] = replace(held, left_at=at, left_to=taker)
        self.state.after("organisations.close_card")

    def site(self, organisation_id: str, site_id: str) -> Site | None:
        """A site of an organisation."""
        self.state.before("organisations.site")
        return self.state.sites.get((organisation_id, site_id))

    def sites(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Site]:
        """A page of an organisation's sites, by id."""
        self.state.before("organisations.sites")
        own = [site for site in self.state.sites.values() if site.organisation_id == organisation_id]
        rest = sorted((site for site in own if after is None or site.id > after), key=lambda site: site.id)
        return Page(tuple(rest[:limit]), rest[limit - 1].id if len(rest) > limit else None)

    def keep_site(self, site: Site, *, previous: Site | None, audit: AuditEntry) -> None:
        """Create a site, or replace the previous one."""
        self.state.before("organisations.keep_site")
        if self.state.sites.get((site.organisation_id, site.id)) != previous:
            raise Stale(site.id)
        self.state.require_new_audit(audit)
        self.state.sites[site.organisation_id, site.id] = site
        self.state.put_audit(audit)
        self.state.after("organisations.keep_site")

    def put_mailbox(self, card: Professional, mailbox: Mailbox | None, audit: AuditEntry | None) -> None:
        """Write what is known of the address on a card as it was read."""
        self.state.before("organisations.put_mailbox")
        held = self.state.professionals.get(card.receiver)
        if held is None or (held.email, held.mailbox) != (card.email, card.mailbox):
            raise Stale(card.receiver)
        if audit is not None:
            self.state.require_new_audit(audit)
            self.state.put_audit(audit)
        self.state.professionals[card.receiver] = replace(held, mailbox=mailbox)

    def supervisor(self, municipality_code: str) -> str | None:
        """The receiver key of the municipality's supervisor."""
        self.state.before("organisations.supervisor")
        held = self.state.names.get(f"supervisor#{municipality_code}")
        return held.target if held is not None else None

    def set_supervisor(self, municipality_code: str, receiver: str) -> None:
        """Create or replace the supervisor of a municipality."""
        self.state.before("organisations.set_supervisor")
        self.state.claim((UniqueName(name=f"supervisor#{municipality_code}", target=receiver),))


@dataclass(frozen=True, slots=True)
class FakeExclusions:
    """The register over a dict."""

    state: FakeState
    settings: FakeSettings

    def excluded(self, forms: Iterable[str], today: date) -> frozenset[str]:
        """The forms that are in the register on this day."""
        self.state.before("exclusions.excluded")
        return frozenset(form for form in forms if self._holds_on(form, today))

    def put(self, excluded: ExcludedAddress) -> None:
        """Create or replace an entry."""
        self.state.before("exclusions.put")
        self.state.excluded[excluded.form] = excluded
        self.state.excluded_under[excluded.form] = {*self.settings.keysets()[0]}

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep an entry under the key sets it lacks."""
        self.state.before("exclusions.rekey")
        if self.state.excluded.get(excluded.form) != excluded:
            return False
        self.state.excluded_under[excluded.form].update(self.settings.keysets()[0])
        return True

    def all(self) -> tuple[ExcludedAddress, ...]:
        """The whole register, by form."""
        self.state.before("exclusions.all")
        return tuple(self.state.excluded[form] for form in sorted(self.state.excluded))

    def page(self, *, limit: int, after: str | None) -> Page[ExcludedAddress]:
        """A page of the register, by id."""
        self.state.before("exclusions.page")
        rest = sorted(
            (one for one in self.state.excluded.values() if after is None or one.id > after),
            key=lambda one: one.id,
        )
        return Page(tuple(rest[:limit]), rest[limit - 1].id if len(rest) > limit else None)

    def entry(self, entry_id: str) -> ExcludedAddress | None:
        """One entry."""
        self.state.before("exclusions.entry")
        return next((one for one in self.state.excluded.values() if one.id == entry_id), None)

    def remove(self, form: str) -> bool:
        """Remove an entry."""
        self.state.before("exclusions.remove")
        self.state.excluded_under.pop(form, None)
        return self.state.excluded.pop(form, None) is not None

    def lacking(self, keyset: str) -> tuple[ExcludedAddress, ...]:
        """The entries that are not kept under a key set, by form."""
        self.state.before("exclusions.lacking")
        return tuple(entry for entry in self.all() if keyset not in self.state.excluded_under[entry.form])

    def drop(self, keyset: str) -> int:
        """Remove what is kept under a key set."""
        self.state.before("exclusions.drop")
        held = [form for form, keysets in self.state.excluded_under.items() if keyset in keysets]
        for form in held:
            self.state.excluded_under[form].discard(keyset)
            if not self.state.excluded_under[form]:
                del self.state.excluded[form]
        return len(held)

    def _holds_on(self, form: str, today: date) -> bool:
        entry = self.state.excluded.get(form)
        if entry is None or today < entry.valid_from:
            return False
        return entry.valid_until is None or today <= entry.valid_until


@dataclass(frozen=True, slots=True)
class FakeAudit:
    """The audit trail over a dict."""

    state: FakeState

    def append(self, entry: AuditEntry) -> None:
        """Add an entry."""
        self.state.before("audit.append")
        self.state.require_new_audit(entry)
        self.state.put_audit(entry)

    def of_organisation(
        self, organisation_id: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done for an organisation, oldest first."""
        self.state.before("audit.of_organisation")
        return self._page(lambda entry: entry.organisation_id == organisation_id, limit, after, period)

    def of_resource(
        self, resource: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done to one thing, oldest first."""
        self.state.before("audit.of_resource")
        return self._page(lambda entry: entry.resource == resource, limit, after, period)

    def of_youth(
        self, pseudonym: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done about one youth, oldest first."""
        self.state.before("audit.of_youth")
        return self._page(lambda entry: entry.youth == pseudonym, limit, after, period)

    def _page(
        self, wanted: Callable[[AuditEntry], bool], limit: int, after: str | None, period: Period
    ) -> Page[AuditEntry]:
        now = self.state.clock.now()
        found = sorted(
            (
                entry
                for entry in self.state.audit.values()
                if wanted(entry)
                and (after is None or entry.id > after)
                and (period.since is None or entry.id >= stored(period.since))
                and (period.until is None or entry.id < stored(period.until))
                and kept_until(entry.at, self.state.audit_years) > now
            ),
            key=lambda entry: entry.id,
        )
        return Page(tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


@dataclass(frozen=True, slots=True)
class FakeSettings:
    """Settings over a dict."""

    state: FakeState

    def keysets(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The key sets written and those read."""
        in_use = self.keysets_in_use()
        return in_use.written, in_use.read

    def keysets_in_use(self) -> KeysetsInUse:
        """The key sets as they are now."""
        self.state.before("settings.keysets")
        if self.state.keysets is None:
            first = (FIRST_KEYSET,)
            self.state.keysets = KeysetsInUse(written=first, read=first, kept=first)
        return self.state.keysets

    def put_keysets(
        self, written: tuple[str, ...], read: tuple[str, ...], *, previous: tuple[str, ...]
    ) -> None:
        """Replace them."""
        self.state.before("settings.put_keysets")
        if self.keysets()[0] != previous:
            raise Stale("keysets")
        self.state.keysets = KeysetsInUse(
            written=tuple(sorted(written)),
            read=tuple(sorted(read)),
            kept=tuple(sorted({*written, *previous})),
        )

    def report(self, name: str) -> Mapping[str, str | int] | None:
        """A stored report."""
        self.state.before("settings.report")
        held = self.state.reports.get(name)
        return dict(held) if held is not None else None

    def put_report(self, name: str, report: Mapping[str, str | int]) -> None:
        """Create or replace a report."""
        self.state.before("settings.put_report")
        self.state.reports[name] = dict(report)
