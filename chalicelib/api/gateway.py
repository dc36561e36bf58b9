"""The answers API Gateway makes by itself, in the same shape and with the same headers as the application's.

Each deploy overwrites the API's document, so the gateway's responses must be inside it. Chalice has no
setting for them; while its command runs (and only then), importing this module adds them to the document
that Chalice generates.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from chalicelib.api import catalogue
from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.headers import CHALLENGE, SECURITY_HEADERS, origin_of
from chalicelib.api.problems import MEDIA_TYPE, RETRY_AFTER_SECONDS, Problem
from chalicelib.api.routes import METHODS
from chalicelib.settings import Settings, deploying_for

_BAD_GATEWAY: Final = replace(catalogue.INTERNAL_ERROR, status=502)

ANSWERS: Final = {
    "UNAUTHORIZED": catalogue.UNAUTHORIZED,
    "EXPIRED_TOKEN": catalogue.UNAUTHORIZED,
    "INVALID_SIGNATURE": catalogue.UNAUTHORIZED,
    "ACCESS_DENIED": catalogue.ACCESS_DENIED,
    "INVALID_API_KEY": catalogue.ACCESS_DENIED,
    "WAF_FILTERED": catalogue.ACCESS_DENIED,
    "MISSING_AUTHENTICATION_TOKEN": catalogue.METHOD_NOT_ALLOWED,  # of a method not handed on: TRACE
    "RESOURCE_NOT_FOUND": catalogue.NOT_FOUND,
    "BAD_REQUEST_BODY": catalogue.INVALID_REQUEST,
    "BAD_REQUEST_PARAMETERS": catalogue.INVALID_REQUEST,
    "REQUEST_TOO_LARGE": catalogue.BODY_TOO_LARGE,
    "UNSUPPORTED_MEDIA_TYPE": catalogue.UNSUPPORTED_MEDIA_TYPE,
    "THROTTLED": catalogue.TOO_MANY_REQUESTS,
    "QUOTA_EXCEEDED": catalogue.TOO_MANY_REQUESTS,
    "AUTHORIZER_CONFIGURATION_ERROR": catalogue.INTERNAL_ERROR,
    "AUTHORIZER_FAILURE": catalogue.INTERNAL_ERROR,
    "API_CONFIGURATION_ERROR": catalogue.INTERNAL_ERROR,
    "INTEGRATION_FAILURE": _BAD_GATEWAY,
    "INTEGRATION_TIMEOUT": catalogue.TIMED_OUT,
    "DEFAULT_4XX": catalogue.INVALID_REQUEST,
    "DEFAULT_5XX": catalogue.INTERNAL_ERROR,
}
"""Every kind of answer of the gateway; none is left to its defaults, which DEFAULT_4XX would override."""

_EXTRA_HEADERS: Final = {
    401: {"WWW-Authenticate": CHALLENGE},
    405: {"Allow": ", ".join(METHODS)},
    429: {"Retry-After": str(RETRY_AFTER_SECONDS)},
}


def gateway_responses(base_url: str) -> dict[str, Any]:
    """The value of ``x-amazon-apigateway-gateway-responses`` in the document of the API at ``base_url``."""
    return {name: _response(kind, base_url) for name, kind in ANSWERS.items()}


def _response(kind: ProblemKind, base_url: str) -> dict[str, Any]:
    headers = SECURITY_HEADERS | _EXTRA_HEADERS.get(kind.status, {})
    headers |= {"Content-Type": MEDIA_TYPE, "Access-Control-Allow-Origin": origin_of(base_url)}
    problem = Problem(kind).as_json("$context.requestId", catalogue.DOCUMENTATION_URL)
    return {
        "statusCode": str(kind.status),
        "responseParameters": {
            f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()
        },
        "responseTemplates": {"application/json": json.dumps(problem, ensure_ascii=False)},
    }


def extend_generated_document(base_url: str) -> None:
    """Have Chalice put the gateway's answers into every document it generates from now on."""
    from chalice.app import Chalice  # noqa: PLC0415 - only Chalice's command has what follows
    from chalice.deploy.models import RestAPI  # noqa: PLC0415
    from chalice.deploy.swagger import SwaggerGenerator  # noqa: PLC0415

    stock = SwaggerGenerator.generate_swagger

    def generate_swagger(
        self: SwaggerGenerator, app: Chalice, rest_api: RestAPI | None = None
    ) -> dict[str, Any]:
        document: dict[str, Any] = stock(self, app, rest_api)
        return document | {"x-amazon-apigateway-gateway-responses": gateway_responses(base_url)}

    SwaggerGenerator.generate_swagger = generate_swagger  # type: ignore[method-assign]


if deploying_for():
    extend_generated_document(Settings.from_environment().base_url)
