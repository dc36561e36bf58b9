"""The endpoints of requests of families, for who handles them and for who advises (D31 to D33)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import Problem
from chalicelib.api.queries import SIGNAL_ID, idempotency_key, request_query, require_no_query
from chalicelib.api.repeats import Made
from chalicelib.api.rights_cases import RightsCases
from chalicelib.api.schemas.requests import (
    ConcernsBody,
    DecisionBody,
    GivenAdviceBody,
    NewRequestBody,
    asked_advice,
    decision_of,
    new_request,
    request_body,
    request_list,
)
from chalicelib.api.schemas.signals import EmptyBody
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of, signal_id
from chalicelib.api.usecases import UseCases
from chalicelib.domain.errors import FieldProblem, RequestRefused
from chalicelib.domain.rights import Advice, RightsRequest


def file_request(request: Request, cases: UseCases) -> Response:
    """``POST /requests``: 202; what follows is read where ``Location`` says."""
    require_no_query(request)
    key = idempotency_key(request.headers)
    require_json(request)
    content = read_object(request.body)
    new, caller, rights = new_request(checked(NewRequestBody, content)), caller_of(request), cases.rights()

    def act() -> Made:
        filed = rights.file(caller, new)
        return filed.id, _accepted(filed, cases, rights)

    def again(made: str) -> Response:
        return _accepted(rights.read.one(caller, made), cases, rights)

    return cases.repeats(caller, key, ["requests", content], act=act, again=again)


def list_requests(request: Request, cases: UseCases) -> Response:
    """``GET /requests``: first due first; ``Link`` leads to the next page (RFC 8288)."""
    require_no_body(request)
    query, rights = request_query(request), cases.rights()
    page = rights.read.page(caller_of(request), is_open=query.is_open, limit=query.limit, cursor=query.cursor)
    headers = {}
    if page.cursor is not None:
        parameters = urlencode({"state": query.state, "limit": query.limit, "cursor": page.cursor})
        headers["Link"] = f'<{cases.base_url}/requests?{parameters}>; rel="next"'
    return Response(status=200, body=request_list(page.items, _names(page.items, rights)), headers=headers)


def read_request(request: Request, cases: UseCases) -> Response:
    """``GET /requests/{requestId}``: how far it is."""
    require_no_body(request)
    require_no_query(request)
    rights = cases.rights()
    return _told(rights.read.one(caller_of(request), request_id(request)), rights)


def settle_doubt(request: Request, cases: UseCases) -> Response:
    """``PUT /requests/{requestId}/signals/{signalId}``: a person's word on whose signal it is."""
    require_no_query(request)
    wanted, revisions = request_id(request), _revisions(request)
    require_json(request)
    body = checked(ConcernsBody, read_object(request.body))
    rights = cases.rights()
    told = rights.change.concern(
        caller_of(request), wanted, signal_id(request), revisions, concerns=body.concerns
    )
    return _told(told, rights)


def grant_restriction(request: Request, cases: UseCases) -> Response:
    """``PUT /requests/{requestId}/restriction``: nothing finds the signals meanwhile (D33)."""
    require_no_query(request)
    if request.body:
        require_json(request)
        checked(EmptyBody, read_object(request.body))
    rights = cases.rights()
    return _told(rights.change.hide(caller_of(request), request_id(request), _revisions(request)), rights)


def lift_restriction(request: Request, cases: UseCases) -> Response:
    """``DELETE /requests/{requestId}/restriction``: the signals match again (D33)."""
    require_no_body(request)
    require_no_query(request)
    rights = cases.rights()
    told = rights.change.bring_back(caller_of(request), request_id(request), _revisions(request))
    return _told(told, rights)


def decide_request(request: Request, cases: UseCases) -> Response:
    """``POST /requests/{requestId}/decision``: the index carries it out; a repeat goes on."""
    require_no_query(request)
    wanted, revisions = request_id(request), _revisions(request)
    require_json(request)
    given, rights = decision_of(checked(DecisionBody, read_object(request.body))), cases.rights()
    return _told(rights.decide(caller_of(request), wanted, given, revisions), rights)


def read_asked_advice(request: Request, cases: UseCases) -> Response:
    """``GET /requests/{requestId}/advice``: for the organisation of a signal, its own alone."""
    require_no_body(request)
    require_no_query(request)
    asked = cases.rights().advise.read(caller_of(request), request_id(request))
    return Response(status=200, body=asked_advice(asked))


def give_advice(request: Request, cases: UseCases) -> Response:
    """``PUT /requests/{requestId}/advice``: another advice takes the place of an earlier one."""
    require_no_query(request)
    wanted = request_id(request)
    require_json(request)
    body = checked(GivenAdviceBody, read_object(request.body))
    _require_grounds(body)
    said = {one.signal_id: (one.advice, one.ground) for one in body.signals}
    asked = cases.rights().advise.give(caller_of(request), wanted, said)
    return Response(status=200, body=asked_advice(asked))


def _require_grounds(body: GivenAdviceBody) -> None:
    detail = "Advice to refuse names a ground, and no other does."
    wrong = tuple(
        FieldProblem(f"/signals/{at}/ground", "ground-mismatch", detail)
        for at, one in enumerate(body.signals)
        if (one.advice is Advice.REFUSE) is not (one.ground is not None)
    )
    if wrong:
        raise RequestRefused(wrong)


def _accepted(filed: RightsRequest, cases: UseCases, rights: RightsCases) -> Response:
    location = {"Location": f"{cases.base_url}/requests/{filed.id}"}
    return _told(filed, rights, status=202, headers=location)


def _told(
    request: RightsRequest,
    rights: RightsCases,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    body = request_body(request, _names([request], rights))
    return Response(status=status, body=body, headers={"ETag": entity_tag(request)} | (headers or {}))


def _names(requests: Iterable[RightsRequest], rights: RightsCases) -> dict[str, str]:
    """The names that the organisations have now (D9)."""
    ids = {one.organisation_id for request in requests for one in request.concerned}
    found = rights.organisations.get_many(ids) if ids else {}
    return {one: organisation.name for one, organisation in found.items()}


def request_id(request: Request) -> str:
    """The id in the path. Raises Problem (not-found) when no request can have it."""
    given = request.path["requestId"]
    if SIGNAL_ID.fullmatch(given) is None:
        raise Problem(catalogue.NOT_FOUND)
    return given


def _revisions(request: Request) -> frozenset[int] | None:
    """The revisions on which the caller acts; None for any, when no condition is given."""
    return if_match(request.headers, request_id(request)) if "if-match" in request.headers else None
