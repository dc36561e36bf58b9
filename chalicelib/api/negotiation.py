"""What may come in and what goes out: ``Content-Type`` (415) and ``Accept`` (406)."""

from __future__ import annotations

from typing import Final

from chalicelib.api import catalogue
from chalicelib.api.messages import Request
from chalicelib.api.problems import FieldError, InvalidRequest, Problem

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
MERGE_PATCH: Final = "application/merge-patch+json"
_ACCEPTED: Final = frozenset({JSON, "application/*", "*/*"})
_CHARSETS: Final = frozenset({"utf-8", "utf8"})


def require_acceptable(accept: str | None) -> None:
    """Raises Problem (not-acceptable) when the caller does not take JSON (RFC 9110, section 12.5.1)."""
    if accept is None or not accept.strip():
        return
    if not any(_takes_json(wish) for wish in accept.split(",")):
        raise Problem(catalogue.NOT_ACCEPTABLE)


def require_json(request: Request) -> None:
    """Raises Problem (unsupported-media-type) unless the body is said to be JSON in UTF-8."""
    if not is_said_to_be(request, (JSON,)):
        raise Problem(catalogue.UNSUPPORTED_MEDIA_TYPE)


def require_patch(request: Request) -> None:
    """As :func:`require_json`, for a JSON Merge Patch under either name (RFC 5789, section 2.2)."""
    accepted = (MERGE_PATCH, JSON)
    if not is_said_to_be(request, accepted):
        headers = {"Accept-Patch": ", ".join(accepted)}
        raise Problem(catalogue.UNSUPPORTED_MEDIA_TYPE, headers=headers)


def is_said_to_be(request: Request, accepted: tuple[str, ...]) -> bool:
    """Whether the body is said to be of one of these types, in UTF-8."""
    media_type, *parameters = request.headers.get("content-type", "").split(";")
    charsets = {
        value.strip(' "').lower()
        for name, _, value in (parameter.partition("=") for parameter in parameters)
        if name.strip().lower() == "charset"
    }
    return media_type.strip().lower() in accepted and charsets <= _CHARSETS


def require_no_body(request: Request) -> None:
    """Raises InvalidRequest when something is sent where nothing is read."""
    if request.body:
        detail = "This operation takes no body."
        raise InvalidRequest([FieldError("body", "", "unexpected-body", detail)])


def _takes_json(wish: str) -> bool:
    media_range, *parameters = (part.strip().lower() for part in wish.split(";"))
    return media_range in _ACCEPTED and not any(_is_zero(parameter) for parameter in parameters)


def _is_zero(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip().rstrip("0").rstrip(".") in {"", "0"}
