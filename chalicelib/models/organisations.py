"""Organisations, supervisors and professionals over their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Language,
    Mailbox,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Professional,
    RegisterNumbers,
    Scope,
)
from chalicelib.domain.site import Site
from chalicelib.models.audit import append_in
from chalicelib.models.cards import (
    card_actions,
    card_of,
    close_card,
    page_of_cards,
    put_mailbox,
    replace_card,
    row_of_card,
)
from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import read_one, read_those_that_open, row_of, rows_of
from chalicelib.models.repeats import finish_in
from chalicelib.models.rows.organisations import OrganisationRow
from chalicelib.models.rows.region import SettingRow
from chalicelib.models.sites import page_of_sites, placed, replace_site, site
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.repeats import Run
from chalicelib.ports.storage import Page

REGISTER: Final = "organisations"
"""The settings row that lists every organisation's id, so that nobody has to scan for them."""


@dataclass(frozen=True, slots=True)
class OrganisationTable:
    """The organisation store over its tables."""

    tables: Tables

    def get(self, organisation_id: str) -> Organisation | None:
        """The organisation."""
        row = row_of(self.tables.organisations, organisation_id)
        return _organisation(row) if row is not None else None

    def get_many(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Those that exist, by id."""
        rows = rows_of(self.tables.organisations, organisation_ids)
        return {row.organisation_id: _organisation(row) for row in rows}

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by id."""
        register = row_of(self.tables.settings, REGISTER)
        found = self.get_many(register.members or ()) if register is not None else {}
        return tuple(found[one] for one in sorted(found))

    def page(self, *, limit: int, after: str | None) -> Page[Organisation]:
        """A page of them, by id; ``after`` is the last id of the page before."""
        register = row_of(self.tables.settings, REGISTER)
        members = register.members or () if register is not None else ()
        ids = sorted(one for one in members if after is None or one > after)
        found = self.get_many(ids[:limit])
        items = tuple(found[one] for one in ids[:limit] if one in found)
        return Page(items, ids[limit - 1] if len(ids) > limit else None)

    def put(
        self,
        organisation: Organisation,
        *,
        previous_revision: int | None,
        audit: AuditEntry,
        run: Run | None = None,
    ) -> None:
        """Create (None) or replace, with what a run made. Raises AlreadyThere, Stale."""
        row = _organisation_row(self.tables, organisation)
        transaction = Transaction(self.tables.connection)
        if previous_revision is None:
            transaction.put(
                row, OrganisationRow.organisation_id.does_not_exist(), lambda _: AlreadyThere(organisation.id)
            )
            transaction.update(self.tables.settings(REGISTER), [SettingRow.members.add({organisation.id})])
        else:
            transaction.put(
                row, OrganisationRow.revision == previous_revision, lambda _: Stale(organisation.id)
            )
        if run is not None:
            finish_in(transaction, self.tables, run, organisation.id)
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def professional(self, organisation_id: str, professional_id: str) -> Professional | None:
        """A contact card with the site it names, as that is now. Raises Unreadable."""
        card = read_one(self.tables.professionals, card_of, organisation_id, professional_id)
        return placed(self.tables, [card])[0] if card is not None else None

    def professionals(self, receivers: Iterable[str]) -> dict[str, Professional]:
        """Those that exist and can be read, by receiver key, with the sites they name."""
        keys = [
            (organisation_id, own) for organisation_id, _, own in (one.partition("#") for one in receivers)
        ]
        found = placed(self.tables, read_those_that_open(self.tables.professionals, card_of, keys))
        return {professional.receiver: professional for professional in found}

    def put_professional(self, professional: Professional) -> None:
        """Create or replace a card; what is known of the mailbox stays."""
        with storage_errors():
            row_of_card(self.tables, professional).update(card_actions(professional))

    def cards(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Professional]:
        """A page of an organisation's cards, by staff id."""
        return page_of_cards(self.tables, organisation_id, limit=limit, after=after)

    def keep_card(self, card: Professional, *, previous: Professional | None, audit: AuditEntry) -> None:
        """Create a card, or replace the previous one; what is known of the mailbox stays. Raises Stale."""
        transaction = Transaction(self.tables.connection)
        replace_card(transaction, self.tables, card, previous)
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def close_card(self, card: Professional, at: datetime, taker: str, audit: AuditEntry) -> None:
        """Note since when a professional is gone. Raises Stale when the card changed."""
        transaction = Transaction(self.tables.connection)
        close_card(transaction, self.tables, card, at, taker)
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def site(self, organisation_id: str, site_id: str) -> Site | None:
        """A site of an organisation."""
        return site(self.tables, organisation_id, site_id)

    def sites(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Site]:
        """A page of an organisation's sites, by id."""
        return page_of_sites(self.tables, organisation_id, limit=limit, after=after)

    def keep_site(self, site: Site, *, previous: Site | None, audit: AuditEntry) -> None:
        """Create a site, or replace the previous one. Raises Stale."""
        transaction = Transaction(self.tables.connection)
        replace_site(transaction, self.tables, site, previous)
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def put_mailbox(self, card: Professional, mailbox: Mailbox | None, audit: AuditEntry | None) -> None:
        """Write what is known of the address on a card as it was read; None forgets it."""
        transaction = Transaction(self.tables.connection)
        put_mailbox(transaction, self.tables, card, mailbox)
        if audit is not None:
            append_in(transaction, self.tables, audit)
        transaction.commit()

    def supervisor(self, municipality_code: str) -> str | None:
        """The receiver key of the municipality's supervisor (D17)."""
        row = row_of(self.tables.references, f"supervisor#{municipality_code}")
        return row.target if row is not None else None

    def set_supervisor(self, municipality_code: str, receiver: str) -> None:
        """Create or replace the supervisor of a municipality."""
        with storage_errors():
            self.tables.references(f"supervisor#{municipality_code}", target=receiver).save()


def _organisation_row(tables: Tables, organisation: Organisation) -> OrganisationRow:
    point = organisation.contact_point
    return tables.organisations(
        organisation.id,
        name=organisation.name,
        kind=organisation.kind.value,
        state=organisation.state.value,
        domains=[domain.value for domain in organisation.domains],
        may_use_bsn=organisation.may_use_bsn,
        email_domains=list(organisation.email_domains),
        scopes={scope.value for scope in organisation.scopes},
        oin=organisation.oin,
        contact_point=asdict(point) if point is not None else None,
        municipalities=list(organisation.municipalities),
        topic_arn=organisation.topic_arn,
        administrator=organisation.administrator,
        aws_account=organisation.aws_account,
        numbers=asdict(organisation.numbers),
        language=organisation.language.value,
        requests_per_minute=organisation.requests_per_minute,
        revision=organisation.revision,
    )


def _organisation(row: OrganisationRow) -> Organisation:
    return Organisation(
        id=row.organisation_id,
        name=row.name,
        kind=OrganisationKind(row.kind),
        state=OrganisationState(row.state),
        domains=tuple(Domain(domain) for domain in row.domains),
        may_use_bsn=row.may_use_bsn,
        email_domains=tuple(row.email_domains),
        scopes=frozenset(Scope(scope) for scope in row.scopes or ()),
        oin=row.oin,
        contact_point=ContactPoint(**row.contact_point) if row.contact_point is not None else None,
        municipalities=tuple(row.municipalities),
        topic_arn=row.topic_arn,
        administrator=row.administrator,
        aws_account=row.aws_account,
        numbers=RegisterNumbers(**row.numbers or {}),
        language=Language(row.language or Language.DUTCH),
        requests_per_minute=_whole(row.requests_per_minute),
        revision=int(row.revision),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
