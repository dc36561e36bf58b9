"""Problems: the one error tree of the interface, and the one shape they are told in (RFC 9457).

ChaliceUnhandledError       the only base that Chalice hands to the middleware unchanged
└── Problem                 any kind of the catalogue
    ├── InvalidRequest      400, every broken rule at once
    ├── Unauthorized        401, with the challenge
    ├── InsufficientScope   403, names the scope that is needed
    ├── MethodNotAllowed    405, names the methods in ``Allow``
    └── Unavailable         503, says when in ``Retry-After``

A problem never holds a value of the request, an address of a resource of ours, or a class name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from chalice.app import ChaliceUnhandledError

from chalicelib.api import catalogue
from chalicelib.api.catalogue import ProblemKind
from chalicelib.api.headers import CHALLENGE

Place = Literal["body", "query", "header", "path"]

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2
MOST_ERRORS = 100
"""How many broken rules one answer tells; no honest request breaks more."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One broken rule: in which part of the request, where (JSON Pointer), which, and why."""

    place: Place
    location: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        """The line as it stands in ``errors``."""
        return {"in": self.place, "location": self.location, "code": self.code, "detail": self.detail}


class Problem(ChaliceUnhandledError):  # noqa: N818 - RFC 9457 calls it a problem
    """An answer that is a problem.

    Attributes:
        kind: from the catalogue.
        detail: one sentence about this occurrence, without any value of the request.
        errors: broken rules, ordered by place and location.
        headers: that belong to this answer besides those of every answer.
    """

    def __init__(
        self,
        kind: ProblemKind,
        detail: str | None = None,
        *,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind = kind
        self.detail = detail or kind.advice
        self.errors = tuple(sorted(errors, key=lambda error: (error.place, error.location, error.code)))
        self.headers = dict(headers or {})

    def as_json(self, request_id: str, documentation_url: str) -> dict[str, object]:
        """The problem details object."""
        told: dict[str, object] = {
            "type": self.kind.type_url(documentation_url),
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "instance": f"urn:uuid:{request_id}",
        }
        if self.errors:
            told["errors"] = [error.as_json() for error in self.errors[:MOST_ERRORS]]
        return told

    def as_text(self, request_id: str, documentation_url: str) -> str:
        """The body of the answer."""
        return json.dumps(self.as_json(request_id, documentation_url), ensure_ascii=False)


class InvalidRequest(Problem):
    """The content of the request breaks rules: all of them are told at once."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        told = tuple(errors)
        rules = "One rule is" if len(told) == 1 else f"{len(told)} rules are"
        super().__init__(catalogue.INVALID_REQUEST, f"{rules} broken; nothing was stored.", errors=told)


class Unauthorized(Problem):
    """Nobody was let in: the gateway's authorizer did not vouch for a caller."""

    def __init__(self) -> None:
        super().__init__(catalogue.UNAUTHORIZED, headers={"WWW-Authenticate": CHALLENGE})


class InsufficientScope(Problem):
    """The token or the organisation's rights do not reach this operation (RFC 6750, section 3.1)."""

    def __init__(self, needed: str) -> None:
        super().__init__(
            catalogue.INSUFFICIENT_SCOPE,
            f"This needs the scope {needed}.",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed}"'},
        )


class MethodNotAllowed(Problem):
    """The path exists, the method does not (RFC 9110, section 15.5.6)."""

    def __init__(self, allowed: Iterable[str]) -> None:
        methods = ", ".join(allowed)
        super().__init__(
            catalogue.METHOD_NOT_ALLOWED, f"Offered here: {methods}.", headers={"Allow": methods}
        )


class Unavailable(Problem):
    """Storage is busy; nothing was written and trying again is safe."""

    def __init__(self, detail: str | None = None) -> None:
        super().__init__(catalogue.UNAVAILABLE, detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
