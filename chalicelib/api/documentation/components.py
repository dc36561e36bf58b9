"""The shared parts of the document: schemas, parameters, headers, problems and the security scheme."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.api import catalogue
from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.documentation.examples import REQUEST_ID
from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.headers import API_VERSION
from chalicelib.api.problems import MEDIA_TYPE, FieldError, Problem
from chalicelib.api.queries import (
    CURSOR,
    DEFAULT_LIMIT,
    IDEMPOTENCY_KEY,
    LARGEST_LIMIT,
    LISTED_REVIEWS,
    REFERENCE,
    SIGNAL_ID,
)
from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.public import ProblemBody
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import SignalState

Part = dict[str, Any]

SCHEME: Final = "accessToken"
_TAKEN: Final[JsonSchemaMode] = "validation"
_GIVEN: Final[JsonSchemaMode] = "serialization"


def components() -> Part:
    """The value of ``components``."""
    return {
        "schemas": _schemas(),
        "parameters": _parameters(),
        "headers": _headers(),
        "responses": {kind.code: _problem(kind) for kind in catalogue.CATALOGUE.values()},
        "securitySchemes": {
            SCHEME: {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "An access token of at most an hour, for one organisation, with its scopes.",
            }
        },
    }


def schema_name(body: type[Body]) -> str:
    """What a body is called in the document."""
    return body.__name__.removesuffix("Body")


def _schemas() -> Part:
    taken: set[type[Body]] = {
        operation.takes for operation in OPERATIONS.values() if operation.takes is not None
    }
    given: set[type[Body]] = {
        operation.gives for operation in OPERATIONS.values() if operation.gives is not None
    }
    asked = [(body, _TAKEN) for body in sorted(taken, key=schema_name)]
    told = [(body, _GIVEN) for body in sorted(given | {ProblemBody}, key=schema_name)]
    _, schemas = models_json_schema([*asked, *told], ref_template="#/components/schemas/{model}")
    text = json.dumps(schemas["$defs"])
    for written, told_as in ((r"(\w+)Body-Input\b", r"\1Given"), (r"(\w+)Body(-Output)?\b", r"\1")):
        text = re.sub(written, told_as, text)
    plain: Part = _without_titles(json.loads(text))
    return dict(sorted(plain.items()))


def _without_titles(part: Any) -> Any:
    """Pydantic titles every field by its own name; properties that are called title stay."""
    if isinstance(part, list):
        return [_without_titles(member) for member in part]
    if not isinstance(part, dict):
        return part
    return {
        name: _without_titles(member)
        for name, member in part.items()
        if name != "title" or not isinstance(member, str)
    }


def _parameters() -> Part:
    states = {"type": "string", "enum": [state.value for state in SignalState]}
    limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}
    return {
        "SignalId": _parameter("path", "signalId", "The signal's id.", _text(SIGNAL_ID), required=True),
        "MatchId": _parameter("path", "matchId", "The match's id.", _text(SIGNAL_ID), required=True),
        "ReviewId": _parameter("path", "reviewId", "The review's id.", _text(SIGNAL_ID), required=True),
        "ReviewState": _parameter(
            "query",
            "state",
            "Only reviews in this state.",
            {"type": "string", "enum": list(LISTED_REVIEWS), "default": ReviewState.OPEN.value},
        ),
        "State": _parameter("query", "state", "Only signals in this state.", states),
        "Reference": _parameter("query", "reference", "Only signals with this reference.", _text(REFERENCE)),
        "Limit": _parameter("query", "limit", "How many at most.", limit),
        "Cursor": _parameter(
            "query", "cursor", "Where the previous page stopped; from `Link`.", _text(CURSOR)
        ),
        "ProfessionalId": _parameter(
            "header", "Professional-Id", "Who acts: the organisation's own staff id.", _text(REFERENCE)
        ),
        "ActingProfessional": _parameter(
            "header",
            "Professional-Id",
            "Who acts: the organisation's own staff id. It lands in the audit trail.",
            _text(REFERENCE),
            required=True,
        ),
        "IfMatchOptional": _parameter(
            "header", "If-Match", "The `ETag` that the change rests on, if any.", {"type": "string"}
        ),
        "IfMatch": _parameter(
            "header", "If-Match", "The `ETag` that the change rests on.", {"type": "string"}, required=True
        ),
        "IdempotencyKey": _parameter(
            "header", "Idempotency-Key", "Makes repeating harmless; quoted or bare.", _text(IDEMPOTENCY_KEY)
        ),
    }


def _parameter(place: str, name: str, description: str, schema: Part, *, required: bool = False) -> Part:
    return {"in": place, "name": name, "description": description, "required": required, "schema": schema}


def _text(form: re.Pattern[str]) -> Part:
    return {"type": "string", "pattern": f"^{form.pattern}$"}


def _headers() -> Part:
    told = {
        "API-Version": ("The full version of this interface.", API_VERSION),
        "ETag": ("The revision that was read, for `If-Match`.", '"mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04.1"'),
        "Link": (
            "The next page, when there is one (RFC 8288).",
            '<https://…/v1/signals?cursor=…>; rel="next"',
        ),
        "Location": ("The signal that was made.", "https://…/v1/signals/mn-9b2f4c1de07a4b6f8c3d5e1f2a7b9c04"),
        "Allow": ("The methods that are offered here.", "GET, POST"),
        "Retry-After": ("Seconds to wait.", "2"),
        "WWW-Authenticate": ("How to authenticate (RFC 6750).", 'Bearer realm="verwijsindex"'),
    }
    return {
        name: {"description": description, "schema": {"type": "string", "examples": [example]}}
        for name, (description, example) in told.items()
    }


_HEADERS_OF_STATUS: Final = {
    401: ("WWW-Authenticate",),
    405: ("Allow",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


def header_references(*names: str) -> Part:
    """References to headers of an answer; every answer tells the version."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("API-Version", *names)}


def _problem(kind: ProblemKind) -> Part:
    errors = []
    if kind is catalogue.INVALID_REQUEST:
        errors = [FieldError("body", "/youth/bsn", "invalid-bsn", "The number fails the eleven-test.")]
    example = Problem(kind, errors=errors).as_json(REQUEST_ID, catalogue.DOCUMENTATION_URL)
    schema = {"$ref": f"#/components/schemas/{schema_name(ProblemBody)}"}
    return {
        "description": f"{kind.title}. {kind.advice}",
        "headers": header_references(*_HEADERS_OF_STATUS.get(kind.status, ())),
        "content": {MEDIA_TYPE: {"schema": schema, "example": example}},
    }
