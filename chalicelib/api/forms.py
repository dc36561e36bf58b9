"""Bodies that are forms: ``application/x-www-form-urlencoded``, as OAuth has them (RFC 6749, appendix B)."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from chalicelib.api import catalogue
from chalicelib.api.messages import Request
from chalicelib.api.negotiation import FORM, is_said_to_be
from chalicelib.api.problems import Problem

LARGEST_FORM: Final = 32 * 1024
_MOST_FIELDS: Final = 50


class UnreadableForm(Exception):  # noqa: N818 - named as the problems are
    """No form, or one with a field twice (RFC 6749, section 3.2)."""


def read_form(request: Request) -> dict[str, str]:
    """The fields that were filled in: an empty one counts as left out.

    Raises UnreadableForm, and Problem: unsupported-media-type, body-too-large.
    """
    if not is_said_to_be(request, (FORM,)):
        raise Problem(catalogue.UNSUPPORTED_MEDIA_TYPE, f"Send Content-Type: {FORM}.")
    if len(request.body) > LARGEST_FORM:
        raise Problem(catalogue.BODY_TOO_LARGE, f"A form has {LARGEST_FORM // 1024} KiB at most.")
    try:
        fields = parse_qsl(
            request.body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(request.body),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise UnreadableForm from error
    if len(dict(fields)) < len(fields):
        raise UnreadableForm
    return {name: value for name, value in fields if value}
