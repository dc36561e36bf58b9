"""Between Chalice and the endpoints: every request comes in here, every answer goes out here.

``answer`` is the view of each route, ``finish`` the middleware around it. A view raises nothing but
problems, so Chalice never logs or tells of an exception itself; the middleware turns problems into
answers, puts the same headers on every answer, and writes one line about each request.
"""

from __future__ import annotations

import base64
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final

from chalice.app import Request as ChaliceRequest
from chalice.app import Response as ChaliceResponse

from chalicelib.api import catalogue
from chalicelib.api.endpoints import ENDPOINTS
from chalicelib.api.headers import ANY_ORIGIN, SECURITY_HEADERS, origin_of
from chalicelib.api.log import Log
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import JSON, require_acceptable
from chalicelib.api.passports import Passport, read_passport
from chalicelib.api.problems import (
    MEDIA_TYPE,
    InsufficientScope,
    MethodNotAllowed,
    Problem,
    Unauthorized,
    Unavailable,
)
from chalicelib.api.queries import professional_id
from chalicelib.api.refusals import problem_of
from chalicelib.api.refused_access import RefusedAccess
from chalicelib.api.routes import ROUTES, Route, allowed_methods
from chalicelib.api.usecases import UseCases
from chalicelib.domain.caller import Caller
from chalicelib.domain.organisation import OrganisationState
from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy

_REFUSALS: Final = frozenset({403, 404})
"""Statuses for want of a right: another's id answers 404 too (api.md)."""
_BY_METHOD_AND_PATH: Final = {(route.method, route.path): route for route in ROUTES}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """The HTTPS interface over the use cases of one stage."""

    cases: UseCases
    documentation_url: str
    log: Log
    refused: RefusedAccess

    def answer(self, request: ChaliceRequest) -> ChaliceResponse:
        """What the endpoint answers. Raises Problem for everything else."""
        try:
            response = _endpoint_answer(request, self.cases)
        except Exception as error:  # noqa: BLE001 - whatever it is, the caller gets our shape
            raise self._written_down(request, self._problem(request, error)) from None
        return ChaliceResponse(
            body=response.text(),
            status_code=response.status,
            headers={"Content-Type": JSON, **response.headers},
        )

    def finish(
        self, request: ChaliceRequest, get_response: Callable[[ChaliceRequest], ChaliceResponse]
    ) -> ChaliceResponse:
        """The answer with the headers of every answer; problems in their one shape."""
        started = perf_counter()
        try:
            response = get_response(request)
        except Problem as problem:
            response = self._told(problem, request)
        origin = ANY_ORIGIN if _is_public(request) else origin_of(self.cases.base_url)
        response.headers = {
            **SECURITY_HEADERS,
            "Access-Control-Allow-Origin": origin,
            **response.headers,
        }
        self._log_served(request, response.status_code, perf_counter() - started)
        return response

    def _problem(self, request: ChaliceRequest, error: Exception) -> Problem:
        if isinstance(error, Problem):
            return error
        return problem_of(error) or self._unexpected(request, error)

    def _written_down(self, request: ChaliceRequest, problem: Problem) -> Problem:
        """The problem, once a refusal is in the audit trail; else that storage is busy."""
        passport = _passport(request) if problem.kind.status in _REFUSALS else None
        route = _BY_METHOD_AND_PATH.get((request.method, request.path))
        if passport is None or route is None:
            return problem
        try:
            self.refused(
                passport.organisation.id,
                route.name,
                wanted=(request.uri_params or {}).values(),
                professional_id=_professional_or_none(request),
                request_id=_request_id(request),
                token_id=passport.token_id,
            )
        except StorageBusy:
            return Unavailable()
        return problem

    def _told(self, problem: Problem, request: ChaliceRequest) -> ChaliceResponse:
        return ChaliceResponse(
            body=problem.as_text(_request_id(request), self.documentation_url),
            status_code=problem.kind.status,
            headers={"Content-Type": MEDIA_TYPE, **problem.headers},
        )

    def _unexpected(self, request: ChaliceRequest, error: Exception) -> Problem:
        """Logged by the class of the error and the line it came from; its text may quote a person."""
        self.log(
            Code.REQUEST_FAILED,
            request=_request_id(request),
            error=type(error).__name__,
            place=_place_of(error),
        )
        return Problem(catalogue.INTERNAL_ERROR)

    def _log_served(self, request: ChaliceRequest, status: int, seconds: float) -> None:
        self.log(
            Code.REQUEST_SERVED,
            method=request.method,
            route=request.path,
            status=status,
            ms=round(seconds * 1000, 1),
            organisation=_context(request).get("organisationId"),
            request=_request_id(request),
        )


def _place_of(error: Exception) -> str:
    """The innermost line of ours that an error came through: ``/api/serving.py:120``."""
    frames = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    file, line = [frame for frame in frames if "chalicelib" in frame[0]][-1]
    return f"{file.rpartition('chalicelib')[2]}:{line}"


def _endpoint_answer(request: ChaliceRequest, cases: UseCases) -> Response:
    route = _route_of(request)
    require_acceptable(request.headers.get("accept"))
    caller = _caller(route, request) if route.scope is not None else None
    return ENDPOINTS[route.name](_plain(request, caller), cases)


def _route_of(request: ChaliceRequest) -> Route:
    """The route that was called. Raises Problem (not-found), MethodNotAllowed."""
    if not _is_plain_path(request.to_original_event().get("path") or "/"):
        raise Problem(catalogue.NOT_FOUND)
    route = _BY_METHOD_AND_PATH.get((request.method, request.path))
    if route is not None:
        return route
    allowed = allowed_methods(request.path)
    raise MethodNotAllowed(allowed) if allowed else Problem(catalogue.NOT_FOUND)


def _is_plain_path(path: str) -> bool:
    """No trailing and no doubled slash: the gateway overlooks both."""
    return not path.endswith("/") and "//" not in path


def _passport(request: ChaliceRequest) -> Passport | None:
    return read_passport(_context(request))


def _professional_or_none(request: ChaliceRequest) -> str | None:
    try:
        return professional_id(request.headers)
    except Problem:
        return None


def _caller(route: Route, request: ChaliceRequest) -> Caller:
    """Who calls. Raises Unauthorized, Problem (access-denied), InsufficientScope, InvalidRequest."""
    passport = _passport(request)
    if passport is None:
        raise Unauthorized
    _require_right(route, passport)
    return Caller(
        organisation=passport.organisation,
        scopes=passport.scopes,
        professional_id=professional_id(request.headers),
        request_id=_request_id(request),
        token_id=passport.token_id,
    )


def _require_right(route: Route, passport: Passport) -> None:
    if passport.organisation.state is not OrganisationState.ACTIVE:
        raise Problem(catalogue.ACCESS_DENIED)
    if route.scope is not None and route.scope not in passport.scopes:
        raise InsufficientScope(route.scope)


def _plain(request: ChaliceRequest, caller: Caller | None) -> Request:
    event = request.to_original_event()
    query = event.get("multiValueQueryStringParameters") or {}
    return Request(
        path=request.uri_params or {},
        query={name: tuple(values) for name, values in query.items()},
        headers=dict(request.headers),
        body=_body(event),
        caller=caller,
    )


def _body(event: Mapping[str, Any]) -> bytes:
    """As received; what is no Unicode stays recognisable, and is refused when it is read."""
    text = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(text)
    return str(text).encode("utf-8", "surrogatepass")


def _is_public(request: ChaliceRequest) -> bool:
    route = _BY_METHOD_AND_PATH.get((request.method, request.path))
    return route is not None and route.public


def _context(request: ChaliceRequest) -> Mapping[str, Any]:
    return request.context.get("authorizer") or {}


def _request_id(request: ChaliceRequest) -> str:
    """The gateway's id of the request; one made here where no gateway made one."""
    return str(request.context.setdefault("requestId", str(uuid.uuid4())))
