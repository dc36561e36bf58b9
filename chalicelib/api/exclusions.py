"""The endpoints of the register of excluded addresses; an address is never in a URL."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import SIGNAL_ID, idempotency_key, page_query, require_no_query
from chalicelib.api.repeats import Made
from chalicelib.api.schemas.exclusions import (
    NewExclusionBody,
    RemovedExclusionBody,
    exclusion_body,
    exclusion_list,
    exclusion_of,
)
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.ports.storage import ExcludedAddress


def list_excluded_addresses(request: Request, cases: UseCases) -> Response:
    """``GET /excluded-addresses``: by id; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = page_query(request)
    page = cases.organisations.excluded.page(caller_of(request), limit=query.limit, cursor=query.cursor)
    headers = next_page(f"{cases.base_url}/excluded-addresses", page.cursor, limit=query.limit)
    return Response(status=200, body=exclusion_list(page.items), headers=headers)


def exclude_address(request: Request, cases: UseCases) -> Response:
    """``POST /excluded-addresses``: 201; who lives there is matched anew."""
    require_no_query(request)
    key = idempotency_key(request.headers)
    require_json(request)
    content = read_object(request.body)
    exclusion, caller = exclusion_of(checked(NewExclusionBody, content)), caller_of(request)

    def act() -> Made:
        entry = cases.organisations.exclude.enter(exclusion, operator=caller)
        return entry.id, _created(entry, cases)

    def again(made: str) -> Response:
        return _created(cases.organisations.excluded.one(caller, made), cases)

    return cases.repeats(caller, key, ["excluded-addresses", content], act=act, again=again)


def read_excluded_address(request: Request, cases: UseCases) -> Response:
    """``GET /excluded-addresses/{excludedAddressId}``."""
    require_no_body(request)
    require_no_query(request)
    entry = cases.organisations.excluded.one(caller_of(request), _entry_id(request))
    return Response(status=200, body=exclusion_body(entry))


def include_address(request: Request, cases: UseCases) -> Response:
    """``DELETE /excluded-addresses/{excludedAddressId}``: who lives there is matched anew."""
    require_no_body(request)
    require_no_query(request)
    signals = cases.organisations.exclude.withdraw(_entry_id(request), operator=caller_of(request))
    return Response(status=200, body=RemovedExclusionBody(signals=signals))


def _entry_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no entry can have it."""
    given = request.path["excludedAddressId"]
    if SIGNAL_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _created(entry: ExcludedAddress, cases: UseCases) -> Response:
    location = {"Location": f"{cases.base_url}/excluded-addresses/{entry.id}"}
    return Response(status=201, body=exclusion_body(entry), headers=location)
