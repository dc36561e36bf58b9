"""What is asked of the audit trail, by query parameters: ids, pseudonyms and moments, never a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from chalicelib.api.messages import Request
from chalicelib.api.pointers import pointer
from chalicelib.api.problems import FieldError, InvalidRequest
from chalicelib.api.queries import DEFAULT_LIMIT, ORGANISATION_ID, PAGE_FORMS, Form, wrong_parameters
from chalicelib.organisations.read_trail import TrailQuestion

RESOURCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._#/-]{0,119}")
PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}")
MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
"""RFC 3339; whether there was such a moment is another question."""
_ONE_OF: Final = ("organisationId", "pseudonym", "resource")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailQuery:
    """A page of an answer of the trail."""

    question: TrailQuestion
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


def trail_query(request: Request) -> TrailQuery:
    """The parameters of a look into the trail. Raises InvalidRequest with everything that is wrong."""
    errors = [*wrong_parameters(request.query, _FORMS), *_impossible(request.query)]
    if not any(name in request.query for name in _ONE_OF):
        errors.append(FieldError("query", "", "required", "Name an organisation, a resource or a pseudonym."))
    if errors:
        raise InvalidRequest(errors)
    given = {name: values[0] for name, values in request.query.items()}
    question = TrailQuestion(
        organisation_id=given.get("organisationId"),
        resource=given.get("resource"),
        youth=given.get("pseudonym"),
        since=_moment(given.get("since")),
        until=_moment(given.get("until")),
    )
    return TrailQuery(
        question=question, limit=int(given.get("limit", DEFAULT_LIMIT)), cursor=given.get("cursor")
    )


def _impossible(query: Mapping[str, tuple[str, ...]]) -> Iterator[FieldError]:
    """Moments that no calendar has: a thirteenth month, or one before the first year in UTC."""
    for name in ("since", "until"):
        for text in query.get(name, ()):
            if MOMENT.fullmatch(text) is not None and _moment(text) is None:
                yield FieldError("query", pointer([name]), "invalid-date", "There is no such moment.")


def _moment(text: str | None) -> datetime | None:
    """The moment in UTC; None for none, and for one that cannot be."""
    try:
        return None if text is None else datetime.fromisoformat(text.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


_FORMS: Final[Mapping[str, Form]] = {
    "organisationId": (lambda text: ORGANISATION_ID.fullmatch(text) is not None, "An organisation's id."),
    "resource": (lambda text: RESOURCE.fullmatch(text) is not None, "An id, or the name of a list."),
    "pseudonym": (lambda text: PSEUDONYM.fullmatch(text) is not None, "A pseudonym: 32 hexadecimal digits."),
    "since": (lambda text: MOMENT.fullmatch(text) is not None, "A moment with its offset (RFC 3339)."),
    "until": (lambda text: MOMENT.fullmatch(text) is not None, "A moment with its offset (RFC 3339)."),
    **PAGE_FORMS,
}
QUESTIONS: Final = frozenset(_FORMS) - frozenset(PAGE_FORMS)
"""The parameters that say what is asked, and not which page."""
