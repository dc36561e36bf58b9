"""Headers of answers, and problems: what an operation may answer besides its success."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from chalicelib.api import catalogue
from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.documentation.examples import REQUEST_ID, SIGNAL
from chalicelib.api.headers import CHALLENGE, SECURITY_HEADERS, origin_of
from chalicelib.api.problems import MEDIA_TYPE, FieldError, Problem, Unauthorized
from chalicelib.api.public import DOCUMENTED_BASE
from chalicelib.domain.organisation import Language

Part = dict[str, Any]

PROBLEM_SCHEMA: Final = "#/components/schemas/Problem"
_ORIGIN: Final = "Access-Control-Allow-Origin"

_ALWAYS_TOLD: Final = {
    "API-Version": "The full version of this interface.",
    "Cache-Control": "Nothing is kept by anybody on the way.",
    "Content-Security-Policy": "No page may frame this answer.",
    "Strict-Transport-Security": "Only HTTPS, from now on (RFC 6797).",
    "X-Content-Type-Options": "The media type is as told.",
    "X-Frame-Options": "As the policy, for older browsers.",
}
_TOLD: Final[dict[str, tuple[str, Part]]] = {
    _ORIGIN: (
        "Which pages may read this: every page for public documents, else only those of the stage itself.",
        {"type": "string", "examples": [origin_of(DOCUMENTED_BASE)]},
    ),
    "Content-Language": (
        "The language of the page.",
        {"type": "string", "enum": [language.value for language in Language]},
    ),
    "ETag": (
        "The revision that was read, for `If-Match`.",
        {"type": "string", "examples": [f'"{SIGNAL["id"]}.1"']},
    ),
    "Link": (
        "The next page, when there is one (RFC 8288).",
        {"type": "string", "examples": [f'<{DOCUMENTED_BASE}/signals?limit=25&cursor=eyJ…>; rel="next"']},
    ),
    "Location": (
        "Where what was made can be read.",
        {"type": "string", "examples": [f"{DOCUMENTED_BASE}/signals/{SIGNAL['id']}"]},
    ),
    "Accept-Patch": (
        "On a change that is refused: the media types that it may have (RFC 5789).",
        {"type": "string", "examples": ["application/merge-patch+json, application/json"]},
    ),
    "Retry-After": ("Seconds to wait.", {"type": "integer", "minimum": 0, "examples": [2]}),
    "WWW-Authenticate": ("How to authenticate (RFC 6750).", {"type": "string", "examples": [CHALLENGE]}),
}
_HEADERS_OF_STATUS: Final = {
    401: ("WWW-Authenticate",),
    415: ("Accept-Patch",),
    429: ("Retry-After",),
    503: ("Retry-After",),
}


def headers() -> Part:
    """The value of ``components.headers``: those of every answer, and those of some."""
    always = {
        name: {"description": text, "schema": {"type": "string", "const": SECURITY_HEADERS[name]}}
        for name, text in _ALWAYS_TOLD.items()
    }
    always["API-Version"]["schema"] = {"type": "string", "examples": [SECURITY_HEADERS["API-Version"]]}
    return always | {name: {"description": text, "schema": schema} for name, (text, schema) in _TOLD.items()}


def header_references(*names: str) -> Part:
    """References to headers of an answer, those of every answer first."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*_ALWAYS_TOLD, _ORIGIN, *names)}


def response_name(kinds: Iterable[ProblemKind]) -> str:
    """What the answer that is one of these problems is called in ``components.responses``."""
    return "-or-".join(kind.code for kind in kinds)


def problem_response(kinds: tuple[ProblemKind, ...]) -> Part:
    """The answer of one status, with an example of each kind of problem it may be."""
    return {
        "description": " Or: ".join(f"{kind.title}. {kind.advice}" for kind in kinds),
        "headers": header_references(*_HEADERS_OF_STATUS.get(kinds[0].status, ())),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": PROBLEM_SCHEMA},
                "examples": {kind.code: {"summary": kind.title, "value": _example(kind)} for kind in kinds},
            }
        },
    }


def _example(kind: ProblemKind) -> Part:
    problem = Unauthorized() if kind is catalogue.UNAUTHORIZED else Problem(kind, errors=_errors(kind))
    return problem.as_json(REQUEST_ID, catalogue.DOCUMENTATION_URL)


def _errors(kind: ProblemKind) -> list[FieldError]:
    if kind is catalogue.INVALID_REQUEST:
        return [FieldError("body", "/youth/bsn", "invalid-bsn", "The number fails the eleven-test.")]
    if kind is catalogue.MALFORMED_JSON:
        return [FieldError("body", "/youth/surname", "duplicate-key", "This name stands here twice.")]
    return []
