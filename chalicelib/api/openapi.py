"""The OpenAPI 3.1 document, from the table of routes and the schemas.

``python -m chalicelib.api.openapi`` writes it twice, the same: to ``docs/`` for readers and beside
this module for the function that serves it. A test fails when either differs from the code.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from chalicelib.api import catalogue
from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.documentation.answers import (
    Part,
    header_references,
    problem_response,
    response_name,
)
from chalicelib.api.documentation.components import components, schema_name
from chalicelib.api.documentation.operation import OF_OAUTH, Operation, Refusal
from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.documentation.security import SCHEME
from chalicelib.api.headers import API_VERSION
from chalicelib.api.negotiation import JSON
from chalicelib.api.public import DOCUMENT, DOCUMENTED_BASE
from chalicelib.api.routes import ROUTES, Route
from chalicelib.api.schemas.base import Body

PUBLISHED: Final = Path(__file__).parents[2] / "docs" / "openapi.json"

_PAGE: Final[Part] = {
    "schema": {"type": "string", "description": "A page for people, in UTF-8."},
    "example": '<!DOCTYPE html><html lang="nl"><head><title>…</title></head><body>…</body></html>',
}
_ALWAYS: Final = (
    catalogue.NOT_ACCEPTABLE,
    catalogue.TOO_MANY_REQUESTS,
    catalogue.INTERNAL_ERROR,
    catalogue.UNAVAILABLE,
    catalogue.TIMED_OUT,
)
_WITH_TOKEN: Final = (catalogue.UNAUTHORIZED, catalogue.INSUFFICIENT_SCOPE, catalogue.ACCESS_DENIED)
_WITH_BODY: Final = (catalogue.MALFORMED_JSON, catalogue.BODY_TOO_LARGE, catalogue.UNSUPPORTED_MEDIA_TYPE)


def document() -> Part:
    """The whole document."""
    paths: dict[str, Part] = {}
    answers: dict[str, tuple[ProblemKind, ...]] = {}
    for route in ROUTES:
        if route.name in OF_OAUTH:
            continue
        problems = problems_of(route)
        answers |= {response_name(kinds): kinds for kinds in problems.values()}
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, problems)
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": DOCUMENTED_BASE, "description": "The stage that serves this document"}],
        "tags": [
            {"name": "Access", "description": "How a system proves who it is, and gets an access token."},
            {"name": "Deaths", "description": "What follows when a youth died (D34)."},
            {"name": "Excluded addresses", "description": "Where living together says nothing."},
            {"name": "Matches", "description": "Who else is involved: contact cards, nothing more."},
            {"name": "Organisations", "description": "Who takes part, and on which terms."},
            {"name": "Oversight", "description": "Who did what, and what was erased."},
            {"name": "Professionals", "description": "The organisation's own contact cards and sites."},
            {"name": "Public", "description": "What needs no token."},
            {"name": "Requests", "description": "Rights of the family: access, correction, erasure (D31)."},
            {"name": "Reviews", "description": "Doubtful pairs, for a region administrator to decide."},
            {"name": "Signals", "description": "“I am involved with this child”, never why."},
        ],
        "paths": paths,
        "components": components(answers[name] for name in sorted(answers)),
    }


def text() -> str:
    """The document as it is committed and served."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the document to both places."""
    for path in (PUBLISHED, DOCUMENT):
        path.write_text(text(), encoding="utf-8")
        sys.stdout.write(f"{path.name} written to {path.parent}\n")


def _info() -> Part:
    return {
        "title": "Verwijsindex",
        "summary": "A reference index for professionals who work with the same child, young person or family",
        "description": (
            "It stores who is involved, never why. Give a signal; when other organisations gave one about "
            "the same youth or household, each professional gets the other's contact card. Nobody can look "
            "up a child (D16). Rules are cited by number (D1 to D40): see the project's documentation. Every "
            "problem has one shape (RFC 9457) and lists all broken rules at once."
        ),
        "version": API_VERSION,
        "contact": {
            "name": "Verwijsindex maintainers",
            "url": "https://verwijsindex.example/contact",
            "email": "maintainers@verwijsindex.example",
        },
        "license": {"name": "EUPL-1.2", "url": f"{catalogue.DOCUMENTATION_URL}/licence"},
    }


def _operation(route: Route, problems: Mapping[int, tuple[ProblemKind, ...]]) -> Part:
    operation = OPERATIONS[route.name]
    told: Part = {
        "operationId": route.name,
        "tags": [operation.tag],
        "summary": route.summary,
        "description": operation.description,
        "security": [{SCHEME: [route.scope]}] if route.scope is not None else [],
    }
    if operation.parameters:
        told["parameters"] = [_parameter(name, route) for name in operation.parameters]
    if operation.takes is not None:
        told["requestBody"] = _request_body(operation)
    told["responses"] = (
        {str(status): _success(status, route, operation) for status in sorted(route.statuses)}
        | {
            str(status): {"$ref": f"#/components/responses/{response_name(kinds)}"}
            for status, kinds in problems.items()
        }
        | {str(status): _refusal(refusal, problems[status]) for status, refusal in operation.refusals.items()}
    )
    return told


def _refusal(refusal: Refusal, problems: tuple[ProblemKind, ...]) -> Part:
    """The refusal of an operation with errors of its own, or the problem that stops it before."""
    told = problem_response(problems)
    own = {JSON: {"schema": _reference(refusal.body), "example": refusal.example}}
    return told | {"description": refusal.description, "content": own | told["content"]}


def _parameter(name: str, route: Route) -> Part:
    """The parameter; who acts is to be named where the route asks it."""
    shared = "ActingProfessional" if name == "ProfessionalId" and route.names_professional else name
    return {"$ref": f"#/components/parameters/{shared}"}


def _request_body(operation: Operation) -> Part:
    examples = {name: {"value": value} for name, value in (operation.request_examples or {}).items()}
    content = {"schema": _reference(operation.takes), "examples": examples}
    return {
        "required": operation.body_required,
        "content": dict.fromkeys(operation.media_types, content),
    }


def problems_of(route: Route) -> dict[int, tuple[ProblemKind, ...]]:
    """What an operation may refuse with, by status."""
    operation = OPERATIONS[route.name]
    with_token = _WITH_TOKEN if route.scope is not None else ()
    with_body = _WITH_BODY if operation.takes is not None else ()
    kinds = (*operation.problems, *with_token, *with_body, *_ALWAYS)
    return {
        status: tuple(kind for kind in kinds if kind.status == status)
        for status in sorted({kind.status for kind in kinds})
    }


def _success(status: int, route: Route, operation: Operation) -> Part:
    headers = [name for name in operation.headers if status == route.statuses[0] or name != "Location"]
    content: Part = {"schema": _reference(operation.gives), "example": operation.answer_example}
    told: Part = {
        "description": route.summary if status == route.statuses[0] else "It was there already",
        "headers": header_references(*headers),
        "content": {kind: content if kind == JSON else _PAGE for kind in route.media_types},
    }
    if operation.leads_to:
        told["links"] = {name: _link(name) for name in operation.leads_to}
    return told


def _link(name: str) -> Part:
    return {"operationId": name, "parameters": {"signalId": "$response.body#/id"}}


def _reference(body: type[Body] | None) -> Part:
    if body is None:
        return {"type": "object", "required": ["openapi", "info", "paths"]}
    return {"$ref": f"#/components/schemas/{schema_name(body)}"}


if __name__ == "__main__":
    main()
