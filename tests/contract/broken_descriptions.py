"""The description of the interface, broken in one way for each of our rules: none of them may overlook it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from chalicelib.api import openapi

Document = dict[str, Any]

_GIVE: Final = ("paths", "/signals", "post")
_LIST: Final = ("paths", "/signals", "get")
_READ: Final = ("paths", "/signals/{signalId}", "get")
_CHANGE: Final = ("paths", "/signals/{signalId}", "patch")
_YOUTH: Final = ("components", "schemas", "Youth")


def _set(*path: str, to: object) -> Callable[[Document], None]:
    """Give a member another value, or make it."""

    def spoil(document: Document) -> None:
        holder = document
        for name in path[:-1]:
            holder = holder[name]
        holder[path[-1]] = to

    return spoil


def _drop(*path: str) -> Callable[[Document], None]:
    """Take a member away."""

    def spoil(document: Document) -> None:
        holder = document
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]

    return spoil


def _renamed(old: str, new: str) -> Callable[[Document], None]:
    """Give a path another name."""

    def spoil(document: Document) -> None:
        document["paths"][new] = document["paths"].pop(old)

    return spoil


def _lose_parameter(name: str, *path: str) -> Callable[[Document], None]:
    """Take a parameter away from an operation."""

    def spoil(document: Document) -> None:
        operation = document
        for step in path:
            operation = operation[step]
        kept = [one for one in operation["parameters"] if not one["$ref"].endswith(f"/{name}")]
        assert len(kept) < len(operation["parameters"])
        operation["parameters"] = kept

    return spoil


_JSON: Final = ("content", "application/json")
_PROBLEM: Final = ("components", "schemas", "Problem")

BROKEN: Final[Mapping[str, Callable[[Document], None]]] = {
    "version-is-semantic": _set("info", "version", to="1.0"),
    "contact-is-complete": _drop("info", "contact", "email"),
    "server-is-https-and-versioned": _set("servers", to=[{"url": "http://verwijsindex.example/v1"}]),
    "operation-is-told": _drop(*_GIVE, "summary"),
    "operation-name-is-snake-case": _set(*_GIVE, "operationId", to="giveSignal"),
    "path-is-kebab-case": _renamed("/signals", "/own_signals"),
    "path-has-no-version": _renamed("/signals", "/v1/signals"),
    "only-standard-methods": _set("paths", "/signals", "head", to={"responses": {}}),
    "parameter-of-a-query-is-camel-case": _set("components", "parameters", "Limit", "name", to="page-size"),
    "header-is-train-case": _set("components", "parameters", "IfMatch", "name", to="if_match"),
    "property-is-camel-case": _set(*_YOUTH, "properties", "birth_place", to={"type": "null"}),
    "no-person-in-an-address": _set("components", "parameters", "Reference", "name", to="professionalEmail"),
    "parameter-is-told": _drop("components", "parameters", "Limit", "description"),
    "answer-carries-every-header": _drop(*_GIVE, "responses", "201", "headers", "API-Version"),
    "answer-has-a-body-and-an-example": _drop(*_READ, "responses", "200", *_JSON, "example"),
    "request-has-an-example": _drop(*_GIVE, "requestBody", *_JSON, "examples"),
    "problem-has-the-one-shape": _set(
        *("components", "responses", "not-found", "content"),
        to={"application/json": {"schema": {"type": "object"}, "example": {}}},
    ),
    "problem-has-its-members": _set(*_PROBLEM, "required", to=["type", "title", "status", "detail"]),
    "every-operation-may-fail": _drop(*_GIVE, "responses", "503"),
    "token-may-be-refused": _drop(*_GIVE, "responses", "403"),
    "scope-is-asked": _set(*_GIVE, "security", to=[{"accessToken": []}]),
    "body-may-be-refused": _drop(*_GIVE, "responses", "415"),
    "parameter-may-be-refused": _drop(*_LIST, "responses", "400"),
    "id-may-be-unknown": _drop(*_READ, "responses", "404"),
    "wait-is-told": _drop("components", "responses", "too-many-requests", "headers", "Retry-After"),
    "challenge-is-told": _drop("components", "responses", "unauthorized", "headers", "WWW-Authenticate"),
    "change-is-conditional": _lose_parameter("IfMatch", *_CHANGE),
    "change-is-a-merge-patch": _drop(*_CHANGE, "requestBody", "content", "application/merge-patch+json"),
    "change-answers-the-new-tag": _drop(*_CHANGE, "responses", "200", "headers", "ETag"),
    "creation-is-repeatable": _lose_parameter("IdempotencyKey", *_GIVE),
    "list-goes-by-pages": _lose_parameter("Cursor", *_LIST),
    "text-that-is-taken-is-bounded": _set(*_YOUTH, "properties", "surname", to={"type": "string"}),
    "object-that-is-taken-is-closed": _drop(*_YOUTH, "additionalProperties"),
    "moment-has-an-offset": _set(*_YOUTH, "properties", "at", to={"type": "string", "format": "time"}),
    "date-says-so": _set(*_YOUTH, "properties", "birthDate", to={"type": "string", "maxLength": 10}),
}
"""By the name of the rule that has to find it."""


def broken(rule: str) -> Document:
    """A copy of a part of the description that breaks this rule."""
    document = copy.deepcopy(_part())
    BROKEN[rule](document)
    return document


@cache
def _part() -> Document:
    """The description of two paths with all they refer to: enough to break, and quickly read."""
    whole = openapi.document()
    part = whole | {"paths": {path: whole["paths"][path] for path in ("/signals", "/signals/{signalId}")}}
    kept: dict[str, Any] = {"securitySchemes": whole["components"]["securitySchemes"]}
    waiting = [part["paths"]]
    while waiting:
        for kind, name in re.findall(r'#/components/(\w+)/([^"]+)', json.dumps(waiting.pop())):
            if name not in kept.setdefault(kind, {}):
                kept[kind][name] = whole["components"][kind][name]
                waiting.append(kept[kind][name])
    return part | {"components": kept}
