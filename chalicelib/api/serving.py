"""Between Chalice and the endpoints: every request comes in here, every answer goes out here.

``answer`` is the view of each route, ``finish`` the middleware around it. A view raises nothing but
problems, so Chalice never logs or tells of an exception itself; the middleware turns problems into
answers, puts the same headers on every answer, and writes one line about each request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from chalice.app import Request as ChaliceRequest
from chalice.app import Response as ChaliceResponse

from chalicelib.api import catalogue
from chalicelib.api.arriving import (
    context_of,
    declared,
    passport_of,
    plain,
    professional_or_none,
    request_id,
    route_of,
)
from chalicelib.api.endpoints import endpoint
from chalicelib.api.headers import ANY_ORIGIN, SECURITY_HEADERS, origin_of
from chalicelib.api.limits import Limits
from chalicelib.api.log import Log
from chalicelib.api.messages import Response
from chalicelib.api.negotiation import negotiated
from chalicelib.api.passports import Passport
from chalicelib.api.problems import (
    MEDIA_TYPE,
    InsufficientScope,
    Problem,
    Unauthorized,
    Unavailable,
)
from chalicelib.api.queries import acting_professional, professional_id
from chalicelib.api.refused_access import RefusedAccess
from chalicelib.api.route import JSON, OWN_ID, Route
from chalicelib.api.telling import told
from chalicelib.api.usecases import UseCases
from chalicelib.domain.caller import Caller
from chalicelib.domain.organisation import OrganisationState
from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy

_REFUSALS: Final = frozenset({403, 404})
"""Statuses for want of a right: another's id answers 404 too."""


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
            problem = told(error, request_id(request), self.log)
            raise self._written_down(request, problem) from None
        return ChaliceResponse(
            body=response.text(),
            status_code=response.status,
            headers={"Content-Type": _content_type(response.media_type), **response.headers},
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

    def _written_down(self, request: ChaliceRequest, problem: Problem) -> Problem:
        """The problem, once a refusal is in the audit trail; else that storage is busy."""
        passport = passport_of(request) if problem.kind.status in _REFUSALS else None
        route = declared(request)
        if passport is None or route is None:
            return problem
        try:
            self.refused(
                passport.organisation.id,
                route.name,
                wanted=(request.uri_params or {}).values(),
                professional_id=professional_or_none(request),
                request_id=request_id(request),
                token_id=passport.token_id,
            )
        except StorageBusy:
            return Unavailable()
        return problem

    def _told(self, problem: Problem, request: ChaliceRequest) -> ChaliceResponse:
        return ChaliceResponse(
            body=problem.as_text(request_id(request), self.documentation_url),
            status_code=problem.kind.status,
            headers={"Content-Type": MEDIA_TYPE, **problem.headers},
        )

    def _log_served(self, request: ChaliceRequest, status: int, seconds: float) -> None:
        self.log(
            Code.REQUEST_SERVED,
            method=request.method,
            route=request.path,
            status=status,
            ms=round(seconds * 1000, 1),
            organisation=context_of(request).get("organisationId"),
            request=request_id(request),
        )


def _endpoint_answer(request: ChaliceRequest, cases: UseCases) -> Response:
    route = route_of(request)
    wants = negotiated(request.headers.get("accept"), route.media_types)
    caller = _caller(route, request, cases.limits) if route.scope is not None else None
    return endpoint(route.name)(plain(request, caller, wants), cases)


def _content_type(media_type: str) -> str:
    """JSON is UTF-8 by its definition (RFC 8259); of a page a browser has to be told."""
    return media_type if media_type == JSON else f"{media_type}; charset=utf-8"


def _caller(route: Route, request: ChaliceRequest, limits: Limits) -> Caller:
    """Who calls.

    Raises Unauthorized, Problem (too-many-requests, access-denied), InsufficientScope, InvalidRequest.
    """
    passport = passport_of(request)
    if passport is None:
        raise Unauthorized
    limits(passport.organisation)
    _require_right(route, passport, request)
    who = acting_professional if route.names_professional else professional_id
    return Caller(
        organisation=passport.organisation,
        scopes=passport.scopes,
        professional_id=who(request.headers),
        request_id=request_id(request),
        token_id=passport.token_id,
    )


def _require_right(route: Route, passport: Passport, request: ChaliceRequest) -> None:
    if passport.organisation.state is not OrganisationState.ACTIVE:
        raise Problem(catalogue.ACCESS_DENIED)
    if route.scope is None or route.scope in passport.scopes:
        return
    if not (route.own and (request.uri_params or {}).get(OWN_ID) == passport.organisation.id):
        raise InsufficientScope(route.scope)


def _is_public(request: ChaliceRequest) -> bool:
    route = declared(request)
    return route is not None and route.public
