"""The answers API Gateway makes by itself, in the same shape and with the same headers as the application's.

Each deploy overwrites the API's document, so the gateway's responses must be inside it. Chalice has no
setting for them; while its command runs (and only then), importing this module adds them to the document
that Chalice generates.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from chalicelib.settings import deploying_for

API_VERSION: Final = "1.0.0"
PROBLEM_TYPES: Final = "https://verwijsindex.example/problems"

HEADERS: Final = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Content-Type": "application/problem+json",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """One kind of answer that the gateway makes: its status, the problem's name, title and detail."""

    status: int
    problem: str
    title: str
    detail: str


_UNAUTHORISED: Final = GatewayAnswer(
    401, "unauthorised", "Not authenticated", "A valid access token is needed in the Authorization header."
)
_FORBIDDEN: Final = GatewayAnswer(403, "forbidden", "Not allowed", "This access token does not allow this request.")
_NOT_FOUND: Final = GatewayAnswer(404, "not-found", "Not found", "There is nothing at this address.")
_INVALID: Final = GatewayAnswer(400, "invalid-request", "Invalid request", "The request could not be read.")
_TOO_LARGE: Final = GatewayAnswer(413, "too-large", "Request too large", "The request is larger than is accepted.")
_MEDIA_TYPE: Final = GatewayAnswer(
    415, "unsupported-media-type", "Unsupported media type", "The body must be of the documented media type."
)
_TOO_MANY: Final = GatewayAnswer(429, "too-many-requests", "Too many requests", "Try again later.")
_FAILED: Final = GatewayAnswer(500, "internal-error", "Internal error", "The request failed through no fault of yours.")
_TIMED_OUT: Final = GatewayAnswer(504, "timed-out", "Timed out", "The request took too long; it may be repeated.")

ANSWERS: Final = {
    "UNAUTHORIZED": _UNAUTHORISED,
    "ACCESS_DENIED": _FORBIDDEN,
    "EXPIRED_TOKEN": _UNAUTHORISED,
    "INVALID_API_KEY": _FORBIDDEN,
    "INVALID_SIGNATURE": _UNAUTHORISED,
    "WAF_FILTERED": _FORBIDDEN,
    "MISSING_AUTHENTICATION_TOKEN": _NOT_FOUND,  # what the gateway says of an unknown route
    "RESOURCE_NOT_FOUND": _NOT_FOUND,
    "BAD_REQUEST_BODY": _INVALID,
    "BAD_REQUEST_PARAMETERS": _INVALID,
    "REQUEST_TOO_LARGE": _TOO_LARGE,
    "UNSUPPORTED_MEDIA_TYPE": _MEDIA_TYPE,
    "THROTTLED": _TOO_MANY,
    "QUOTA_EXCEEDED": _TOO_MANY,
    "AUTHORIZER_CONFIGURATION_ERROR": _FAILED,
    "AUTHORIZER_FAILURE": _FAILED,
    "API_CONFIGURATION_ERROR": _FAILED,
    "INTEGRATION_FAILURE": GatewayAnswer(502, _FAILED.problem, _FAILED.title, _FAILED.detail),
    "INTEGRATION_TIMEOUT": _TIMED_OUT,
    "DEFAULT_4XX": _INVALID,
    "DEFAULT_5XX": _FAILED,
}
"""Every kind of answer of the gateway; none is left to its defaults, which DEFAULT_4XX would override."""

_EXTRA_HEADERS: Final = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "1"}}


def gateway_responses() -> dict[str, Any]:
    """The value of ``x-amazon-apigateway-gateway-responses`` in the API's document."""
    return {kind: _response(answer) for kind, answer in ANSWERS.items()}


def _response(answer: GatewayAnswer) -> dict[str, Any]:
    headers = HEADERS | _EXTRA_HEADERS.get(answer.status, {})
    problem = {
        "type": f"{PROBLEM_TYPES}/{answer.problem}",
        "title": answer.title,
        "status": answer.status,
        "detail": answer.detail,
        "instance": "urn:uuid:$context.requestId",
    }
    return {
        "statusCode": str(answer.status),
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()},
        "responseTemplates": {"application/json": json.dumps(problem)},
    }


def _extend_generated_document() -> None:
    from chalice.app import Chalice  # noqa: PLC0415 - only Chalice's command has what follows
    from chalice.deploy.models import RestAPI  # noqa: PLC0415
    from chalice.deploy.swagger import SwaggerGenerator  # noqa: PLC0415

    stock = SwaggerGenerator.generate_swagger

    def generate_swagger(self: SwaggerGenerator, app: Chalice, rest_api: RestAPI | None = None) -> dict[str, Any]:
        document: dict[str, Any] = stock(self, app, rest_api)
        return document | {"x-amazon-apigateway-gateway-responses": gateway_responses()}

    SwaggerGenerator.generate_swagger = generate_swagger


if deploying_for():
    _extend_generated_document()
