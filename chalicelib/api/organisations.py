"""The endpoints of organisations, for the region's administrator and for each about itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.merging import merge_patch, refuse_fixed
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body, require_patch
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import ORGANISATION_ID, idempotency_key, page_query, require_no_query
from chalicelib.api.route import OWN_ID
from chalicelib.api.schemas.organisations import (
    UNCHANGEABLE,
    ChangedOrganisationBody,
    NewOrganisationBody,
    as_registered,
    organisation_body,
    organisation_list,
    registration_of,
    terms_of,
)
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.organisation import Organisation
from chalicelib.organisations.edit import Terms
from chalicelib.ports.repeats import Run


def list_organisations(request: Request, cases: UseCases) -> Response:
    """``GET /organisations``: by id; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = page_query(request)
    page = cases.organisations.read.page(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/organisations", page.cursor, limit=query.limit)
    return Response(status=200, body=organisation_list(page.items), headers=headers)


def register_organisation(request: Request, cases: UseCases) -> Response:
    """``POST /organisations``: 201; from then on it can get tokens."""
    require_no_query(request)
    key = idempotency_key(request.headers)
    require_json(request)
    content = read_object(request.body)
    registration = registration_of(checked(NewOrganisationBody, content))
    caller, register = caller_of(request), cases.organisations.register

    def act(run: Run | None) -> Response:
        return _created(register(registration, operator=caller, run=run), cases)

    def again(made: str) -> Response:
        return _created(register.replayed(registration, made, operator=caller), cases)

    return cases.repeats.together(caller, key, ["organisations", content], act=act, again=again)


def read_organisation(request: Request, cases: UseCases) -> Response:
    """``GET /organisations/{organisationId}``: any for who manages them, else one's own."""
    require_no_body(request)
    require_no_query(request)
    return _told(cases.organisations.read.one(caller_of(request), organisation_id(request)))


def change_organisation(request: Request, cases: UseCases) -> Response:
    """``PATCH /organisations/{organisationId}``: a JSON Merge Patch (RFC 7396)."""
    require_no_query(request)
    wanted = organisation_id(request)
    revisions = if_match(request.headers, wanted)
    require_patch(request)
    edit = OrganisationPatch(read_object(request.body))
    changed = cases.organisations.edit(wanted, edit, operator=caller_of(request), revisions=revisions)
    return _told(changed)


@dataclass(frozen=True, slots=True)
class OrganisationPatch:
    """What a caller wants of an organisation; raises InvalidRequest as registering one does."""

    content: dict[str, Any]

    def applied_to(self, held: Organisation) -> Terms:
        """The terms as they are to be. Raises InvalidRequest."""
        refuse_fixed(UNCHANGEABLE, self.content, "This never changes: register another organisation.")
        merged = merge_patch(as_registered(held), self.content)
        return terms_of(checked(ChangedOrganisationBody, merged), held)


def organisation_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no organisation can have it."""
    given = request.path[OWN_ID]
    if ORGANISATION_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _created(registered: Organisation, cases: UseCases) -> Response:
    location = {"Location": f"{cases.base_url}/organisations/{registered.id}"}
    return _told(registered, status=201, headers=location)


def _told(held: Organisation, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    tag = {"ETag": entity_tag(held)}
    return Response(status=status, body=organisation_body(held), headers=tag | (headers or {}))
