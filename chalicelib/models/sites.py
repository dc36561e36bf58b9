"""Rows of sites, and contact cards with the sites that they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.organisation import Professional
from chalicelib.domain.site import Site
from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import row_of, rows_of
from chalicelib.models.rows.organisations import SiteRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page


def site(tables: Tables, organisation_id: str, site_id: str) -> Site | None:
    """A site, if there is one."""
    row = row_of(tables.sites, organisation_id, site_id)
    return None if row is None else _site(row)


def page_of_sites(tables: Tables, organisation_id: str, *, limit: int, after: str | None) -> Page[Site]:
    """A page of an organisation's sites, by id."""
    later = SiteRow.site_id > after if after is not None else None
    with storage_errors():
        rows = list(tables.sites.query(organisation_id, later, consistent_read=True, limit=limit + 1))
    last = rows[limit - 1].site_id if len(rows) > limit else None
    return Page(tuple(map(_site, rows[:limit])), last)


def replace_site(transaction: Transaction, tables: Tables, wanted: Site, previous: Site | None) -> None:
    """Write a site in the place of the one that was read, or of none; else Stale."""
    row = tables.sites(wanted.organisation_id, wanted.id, name=wanted.name, telephone=wanted.telephone)
    same = SiteRow.name.does_not_exist()
    if previous is not None:
        number = SiteRow.telephone
        same_number = number.does_not_exist() if previous.telephone is None else number == previous.telephone
        same = (SiteRow.name == previous.name) & same_number
    transaction.put(row, same, lambda _: Stale(wanted.id))


def placed(tables: Tables, cards: Iterable[Professional]) -> tuple[Professional, ...]:
    """The cards, each with the site that it names as that is now."""
    found = tuple(cards)
    named = {(card.organisation_id, card.site_id) for card in found if card.site_id is not None}
    if not named:
        return found
    sites = {(one.organisation_id, one.id): one for one in map(_site, rows_of(tables.sites, named))}
    return tuple(
        card if card.site_id is None else replace(card, place=sites.get((card.organisation_id, card.site_id)))
        for card in found
    )


def _site(row: SiteRow) -> Site:
    return Site(organisation_id=row.organisation_id, id=row.site_id, name=row.name, telephone=row.telephone)
