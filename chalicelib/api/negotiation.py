"""What may come in and what goes out: ``Content-Type`` (415) and ``Accept`` (406)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from chalicelib.api import catalogue
from chalicelib.api.messages import Request
from chalicelib.api.problems import FieldError, InvalidRequest, Problem
from chalicelib.api.route import HTML, JSON

__all__ = ["FORM", "HTML", "JSON", "MERGE_PATCH"]

FORM: Final = "application/x-www-form-urlencoded"
MERGE_PATCH: Final = "application/merge-patch+json"
_QUALITY: Final = re.compile(r"[0-9](\.[0-9]{0,3})?")
_CHARSETS: Final = frozenset({"utf-8", "utf8"})


def negotiated(accept: str | None, offered: tuple[str, ...]) -> str:
    """Which of the media types that are offered the caller likes best, the first of those liked alike.

    Raises Problem (not-acceptable) when the caller takes none of them (RFC 9110, section 12.5.1).
    """
    if accept is None or not accept.strip():
        return offered[0]
    wishes = dict(_wish(part) for part in accept.split(","))
    liked = {kind: _quality(kind, wishes) for kind in offered}
    best = max(offered, key=lambda kind: liked[kind])
    if not liked[best]:
        raise Problem(catalogue.NOT_ACCEPTABLE)
    return best


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


def _quality(kind: str, wishes: dict[str, float]) -> float:
    """How much a media type is liked: what names it most closely counts."""
    ranges = (kind, f"{kind.partition('/')[0]}/*", "*/*")
    return next((wishes[one] for one in ranges if one in wishes), 0.0)


def _wish(part: str) -> tuple[str, float]:
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    return media_range, _weight(parameters)


def _weight(parameters: Iterable[str]) -> float:
    """The ``q`` of a wish: 1 where none is told, or none that can be read."""
    for name, _, value in (parameter.partition("=") for parameter in parameters):
        if name.strip() == "q" and _QUALITY.fullmatch(value.strip()):
            return float(value)
    return 1.0
