"""A request as Chalice hands it over: which route it is for, who sent it, and what it says."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping
from typing import Any, Final

from chalice.app import Request as ChaliceRequest

from chalicelib.api import catalogue
from chalicelib.api.messages import Request
from chalicelib.api.passports import Passport, read_passport
from chalicelib.api.problems import MethodNotAllowed, Problem
from chalicelib.api.queries import professional_id
from chalicelib.api.routes import ROUTES, Route, allowed_methods
from chalicelib.domain.caller import Caller

_BY_METHOD_AND_PATH: Final = {(route.method, route.path): route for route in ROUTES}


def declared(request: ChaliceRequest) -> Route | None:
    """The route that is declared for the method and the path, if one is."""
    return _BY_METHOD_AND_PATH.get((request.method, request.path))


def route_of(request: ChaliceRequest) -> Route:
    """The route that was called. Raises Problem (not-found), MethodNotAllowed."""
    if not _is_plain_path(request.to_original_event().get("path") or "/"):
        raise Problem(catalogue.NOT_FOUND)
    route = declared(request)
    if route is not None:
        return route
    allowed = allowed_methods(request.path)
    raise MethodNotAllowed(allowed) if allowed else Problem(catalogue.NOT_FOUND)


def _is_plain_path(path: str) -> bool:
    """No trailing and no doubled slash: the gateway overlooks both."""
    return not path.endswith("/") and "//" not in path


def passport_of(request: ChaliceRequest) -> Passport | None:
    """Who the authorizer let in; None when the request came past none."""
    return read_passport(context_of(request))


def professional_or_none(request: ChaliceRequest) -> str | None:
    """The staff id the request names; None when it names none, or none that can be one."""
    try:
        return professional_id(request.headers)
    except Problem:
        return None


def plain(request: ChaliceRequest, caller: Caller | None, wants: str) -> Request:
    """The request as endpoints read it."""
    event = request.to_original_event()
    query = event.get("multiValueQueryStringParameters") or {}
    return Request(
        path=request.uri_params or {},
        query={name: tuple(values) for name, values in query.items()},
        headers=dict(request.headers),
        body=_body(event),
        caller=caller,
        request_id=request_id(request),
        wants=wants,
    )


def _body(event: Mapping[str, Any]) -> bytes:
    """As received; what is no Unicode stays recognisable, and is refused when it is read."""
    text = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(text)
    return str(text).encode("utf-8", "surrogatepass")


def context_of(request: ChaliceRequest) -> Mapping[str, Any]:
    """What the authorizer told the gateway."""
    return request.context.get("authorizer") or {}


def request_id(request: ChaliceRequest) -> str:
    """The gateway's id of the request; one made here where no gateway made one."""
    return str(request.context.setdefault("requestId", str(uuid.uuid4())))
