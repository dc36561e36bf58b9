"""Sites of an organisation, and how a card names one (D28)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Protocol, TypeVar

from pydantic import Field
from pydantic_core import PydanticCustomError

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.text import CardText, Telephone
from chalicelib.domain.site import Site


class _NamesSite(Protocol):
    @property
    def site(self) -> str | None: ...
    @property
    def site_id(self) -> str | None: ...


Card = TypeVar("Card", bound=_NamesSite)


class SiteBody(Body):
    """A place of an organisation; its id stands in the path."""

    name: CardText
    telephone: Annotated[
        Telephone | None, Field(description="Shown of professionals who have none of their own.")
    ] = None


class OwnSiteBody(Body):
    """An own site as it is stored."""

    id: str
    name: str
    telephone: str | None


class OwnSiteListBody(Body):
    """A page of own sites, by id; the ``Link`` header leads to the next."""

    items: list[OwnSiteBody]


def one_site(card: Card) -> Card:
    """The card, which says where somebody works once. Raises PydanticCustomError."""
    if card.site is not None and card.site_id is not None:
        raise PydanticCustomError("one_of_two", "Give the text (site) or the site (siteId), not both.")
    return card


def site_of(body: SiteBody, organisation_id: str, site_id: str) -> Site:
    """The site that is to be stored."""
    return Site(organisation_id=organisation_id, id=site_id, name=body.name, telephone=body.telephone)


def own_site(site: Site) -> OwnSiteBody:
    """One own site."""
    return OwnSiteBody(id=site.id, name=site.name, telephone=site.telephone)


def own_sites(sites: Iterable[Site]) -> OwnSiteListBody:
    """A page of own sites."""
    return OwnSiteListBody(items=[own_site(one) for one in sites])
