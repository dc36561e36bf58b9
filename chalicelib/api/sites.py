"""The endpoints of an organisation's own sites."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import REFERENCE, page_query, require_no_query
from chalicelib.api.schemas.sites import SiteBody, own_site, own_sites, site_of
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.site import Site


def list_sites(request: Request, cases: UseCases) -> Response:
    """``GET /sites``: own ones, by id; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = page_query(request)
    page = cases.own_sites.page(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/sites", page.cursor, limit=query.limit)
    return Response(status=200, body=own_sites(page.items), headers=headers)


def read_site(request: Request, cases: UseCases) -> Response:
    """``GET /sites/{siteId}``."""
    require_no_body(request)
    require_no_query(request)
    return _told(cases.own_sites.one(caller_of(request), _site_id(request)))


def put_site(request: Request, cases: UseCases) -> Response:
    """``PUT /sites/{siteId}``: 201 for a new one; to replace one needs ``If-Match``."""
    require_no_query(request)
    caller, wanted = caller_of(request), _site_id(request)
    conditional = "if-match" in request.headers
    revisions = if_match(request.headers, wanted) if conditional else None
    require_json(request)
    site = site_of(checked(SiteBody, read_object(request.body)), caller.organisation.id, wanted)
    if conditional:
        cases.own_sites.replace(caller, site, revisions)
        return _told(site)
    if not cases.own_sites.create(caller, site):
        return _told(site)
    return _told(site, status=201, headers={"Location": f"{cases.base_url}/sites/{site.id}"})


def _site_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no site can have it."""
    given = request.path["siteId"]
    if REFERENCE.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _told(site: Site, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(status=status, body=own_site(site), headers={"ETag": entity_tag(site)} | (headers or {}))
