"""The bodies of the public resources and of problems."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chalicelib.api.schemas.base import Body


class HealthBody(Body):
    """Live, and the tables answer; when they do not, the answer is a problem (503)."""

    status: Literal["UP"]
    version: str
    tables: Literal["UP"]


class FieldErrorBody(Body):
    """One broken rule: in which part of the request, where (JSON Pointer), which, and why."""

    in_: Literal["body", "query", "header", "path"] = Field(alias="in")
    location: str
    code: str
    detail: str


class ProblemBody(Body):
    """Problem details (RFC 9457); ``errors`` lists every broken rule at once."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldErrorBody] | None = None
