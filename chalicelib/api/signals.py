"""The endpoints of signals."""

from __future__ import annotations

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.merging import MergePatch
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body, require_patch
from chalicelib.api.paging import next_page
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem, Unauthorized
from chalicelib.api.queries import SIGNAL_ID, idempotency_key, list_query, require_no_query
from chalicelib.api.schemas.signals import (
    EmptyBody,
    NewSignalBody,
    signal_body,
    signal_in_full,
    signal_list,
    signal_request,
)
from chalicelib.api.schemas.validation import checked
from chalicelib.api.usecases import UseCases
from chalicelib.domain.caller import Caller


def give_signal(request: Request, cases: UseCases) -> Response:
    """``POST /signals``: 201, or 200 when it had been given before with the same reference (D10)."""
    require_no_query(request)
    key = idempotency_key(request.headers)
    require_json(request)
    body = checked(NewSignalBody, read_object(request.body))
    given = cases.give_signal(caller_of(request), signal_request(body), key)
    answer, tag = signal_body(given), {"ETag": entity_tag(given.signal)}
    if not given.created:
        return Response(status=200, body=answer, headers=tag)
    location = {"Location": f"{cases.base_url}/signals/{answer.id}"}
    return Response(status=201, body=answer, headers=tag | location)


def list_signals(request: Request, cases: UseCases) -> Response:
    """``GET /signals``: own signals only, newest first; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query = list_query(request)
    page = cases.read_signals.page(
        caller_of(request),
        state=query.state,
        reference=query.reference,
        limit=query.limit,
        cursor=query.cursor,
    )
    link = next_page(
        f"{cases.base_url}/signals",
        page.cursor,
        limit=query.limit,
        state=query.state,
        reference=query.reference,
    )
    return Response(status=200, body=signal_list(page), headers=link)


def read_signal(request: Request, cases: UseCases) -> Response:
    """``GET /signals/{signalId}``: with the names and birth date the organisation itself gave (D4)."""
    require_no_body(request)
    require_no_query(request)
    own = cases.read_signals.one(caller_of(request), signal_id(request))
    return Response(status=200, body=signal_in_full(own), headers={"ETag": entity_tag(own.signal)})


def change_signal(request: Request, cases: UseCases) -> Response:
    """``PATCH /signals/{signalId}``: moved, corrected, a BSN that arrived, another professional (D23)."""
    require_no_query(request)
    wanted = signal_id(request)
    revisions = if_match(request.headers, wanted)
    require_patch(request)
    edit = MergePatch(read_object(request.body))
    own = cases.change_signal(caller_of(request), wanted, edit, revisions)
    return Response(status=200, body=signal_in_full(own), headers={"ETag": entity_tag(own.signal)})


def close_signal(request: Request, cases: UseCases) -> Response:
    """``POST /signals/{signalId}/closure``: the risk is gone (D34)."""
    require_empty(request)
    return Response(
        status=200, body=signal_body(cases.end_signal.close(caller_of(request), signal_id(request)))
    )


def retract_signal(request: Request, cases: UseCases) -> Response:
    """``POST /signals/{signalId}/retraction``: it was wrongly made (D34)."""
    require_empty(request)
    return Response(
        status=200, body=signal_body(cases.end_signal.retract(caller_of(request), signal_id(request)))
    )


def signal_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no signal can have it."""
    given = request.path["signalId"]
    if SIGNAL_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def caller_of(request: Request) -> Caller:
    """Who calls. Raises Unauthorized when nobody was let in."""
    if request.caller is None:
        raise Unauthorized
    return request.caller


def require_empty(request: Request) -> None:
    """Refuse a query and members of a body: there is nothing to say. Raises InvalidRequest."""
    require_no_query(request)
    if request.body:
        require_json(request)
        checked(EmptyBody, read_object(request.body))
