"""Query parameters and headers: only those an operation names, each once, each of its form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.api.messages import Request
from chalicelib.api.pointers import pointer
from chalicelib.api.problems import FieldError, InvalidRequest, Place
from chalicelib.domain.organisation import Language
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import SignalState
from chalicelib.signals.hidden_bsn import holds_bsn

DEFAULT_LIMIT: Final = 25
LARGEST_LIMIT: Final = 100
OPEN_REQUESTS: Final = "OPEN"
LISTED_REQUESTS: Final = (OPEN_REQUESTS, "DONE")
"""Requests that are open, or being carried out; and those that are done."""
LISTED_REVIEWS: Final = (ReviewState.OPEN, ReviewState.DECIDED)
REFERENCE: Final = re.compile(r"[A-Za-z0-9._-]{1,40}")
IDEMPOTENCY_KEY: Final = re.compile(r"[\x21\x23-\x7e]{1,128}")
CURSOR: Final = re.compile(r"[A-Za-z0-9._~=-]{1,4096}")
SIGNAL_ID: Final = re.compile(r"[a-z]{2,3}-[0-9a-f]{32}")
ORGANISATION_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
_LIMIT: Final = re.compile(r"[0-9]{1,4}")
_PERSON_SEARCHES: Final = frozenset({"professionalEmail", "bsn", "surname", "birthDate", "postalCode"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a list of signals is asked for."""

    state: SignalState | None = None
    reference: str | None = None
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """What a list without filters is asked for."""

    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuery:
    """What a list of reviews is asked for."""

    state: ReviewState = ReviewState.OPEN
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQuery:
    """What a list of requests is asked for."""

    state: str = OPEN_REQUESTS
    limit: int = DEFAULT_LIMIT
    cursor: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether those are asked for that are not done."""
        return self.state == OPEN_REQUESTS


def list_query(request: Request) -> ListQuery:
    """The parameters of a list of signals. Raises InvalidRequest with everything that is wrong."""
    errors = list(wrong_parameters(request.query, _FORMS))
    if errors:
        raise InvalidRequest(errors)
    given = {name: values[0] for name, values in request.query.items()}
    return ListQuery(
        state=SignalState(given["state"]) if "state" in given else None,
        reference=given.get("reference"),
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        cursor=given.get("cursor"),
    )


def review_query(request: Request) -> ReviewQuery:
    """The parameters of a list of reviews. Raises InvalidRequest with everything that is wrong."""
    errors = list(wrong_parameters(request.query, _REVIEW_FORMS))
    if errors:
        raise InvalidRequest(errors)
    given = {name: values[0] for name, values in request.query.items()}
    return ReviewQuery(
        state=ReviewState(given.get("state", ReviewState.OPEN)),
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        cursor=given.get("cursor"),
    )


def request_query(request: Request) -> RequestQuery:
    """The parameters of a list of requests. Raises InvalidRequest with everything that is wrong."""
    errors = list(wrong_parameters(request.query, _REQUEST_FORMS))
    if errors:
        raise InvalidRequest(errors)
    given = {name: values[0] for name, values in request.query.items()}
    return RequestQuery(
        state=given.get("state", OPEN_REQUESTS),
        limit=int(given.get("limit", DEFAULT_LIMIT)),
        cursor=given.get("cursor"),
    )


def page_query(request: Request) -> PageQuery:
    """The parameters of a list without filters. Raises InvalidRequest with everything that is wrong."""
    errors = list(wrong_parameters(request.query, PAGE_FORMS))
    if errors:
        raise InvalidRequest(errors)
    given = {name: values[0] for name, values in request.query.items()}
    return PageQuery(limit=int(given.get("limit", DEFAULT_LIMIT)), cursor=given.get("cursor"))


def language_query(request: Request) -> Language | None:
    """The language that is asked for, None when none is. Raises InvalidRequest."""
    errors = list(wrong_parameters(request.query, _LANGUAGE_FORMS))
    if errors:
        raise InvalidRequest(errors)
    return Language(request.query["language"][0]) if "language" in request.query else None


def require_no_query(request: Request) -> None:
    """Raises InvalidRequest when parameters are given to an operation that has none."""
    errors = list(wrong_parameters(request.query, {}))
    if errors:
        raise InvalidRequest(errors)


def professional_id(headers: Mapping[str, str]) -> str | None:
    """Who acts (``Professional-Id``), None when it is not said.

    Raises InvalidRequest when it is no staff id, or holds a BSN: it lands in the audit trail (D39).
    """
    given = headers.get("professional-id")
    if given is None:
        return None
    if REFERENCE.fullmatch(given) is None:
        raise InvalidRequest(
            [_wrong("header", "Professional-Id", "A staff id of 1 to 40 letters and digits.")]
        )
    if holds_bsn(given):
        raise InvalidRequest([_acting("holds-bsn", "Holds a valid BSN; part long numbers with a letter.")])
    return given


def acting_professional(headers: Mapping[str, str]) -> str:
    """As :func:`professional_id`, where it has to be said. Raises InvalidRequest."""
    given = professional_id(headers)
    if given is None:
        raise InvalidRequest(
            [_acting("required", "Names who acts, by the organisation's own staff id (D39).")]
        )
    return given


def idempotency_key(headers: Mapping[str, str]) -> str | None:
    """The ``Idempotency-Key``, quoted or bare. Raises InvalidRequest when it is none."""
    given = headers.get("idempotency-key")
    if given is None:
        return None
    key = given[1:-1] if len(given) > 1 and given[0] == given[-1] == '"' else given
    if IDEMPOTENCY_KEY.fullmatch(key) is None:
        raise InvalidRequest([_wrong("header", "Idempotency-Key", "1 to 128 visible ASCII characters.")])
    return key


def _is_state(text: str) -> bool:
    return text in SignalState.__members__


def _is_listed(text: str) -> bool:
    return text in LISTED_REVIEWS


def _is_language(text: str) -> bool:
    return text in set(Language)


def _is_limit(text: str) -> bool:
    return _LIMIT.fullmatch(text) is not None and 1 <= int(text) <= LARGEST_LIMIT


def _is_reference(text: str) -> bool:
    return REFERENCE.fullmatch(text) is not None


def _is_cursor(text: str) -> bool:
    return CURSOR.fullmatch(text) is not None


Form = tuple[Callable[[str], bool], str]
"""Whether a text is of a form, and what the form is called."""

_FORMS: Final[Mapping[str, Form]] = {
    "state": (_is_state, f"One of {', '.join(SignalState)}."),
    "reference": (_is_reference, "1 to 40 letters, digits, dots, hyphens and underscores."),
    "limit": (_is_limit, f"A whole number from 1 to {LARGEST_LIMIT}."),
    "cursor": (_is_cursor, "A cursor that this list gave."),
}
PAGE_FORMS: Final[Mapping[str, Form]] = {name: _FORMS[name] for name in ("limit", "cursor")}
_LANGUAGE_FORMS: Final[Mapping[str, Form]] = {"language": (_is_language, f"One of {', '.join(Language)}.")}
_REQUEST_FORMS: Final[Mapping[str, Form]] = {
    "state": (LISTED_REQUESTS.__contains__, f"One of {', '.join(LISTED_REQUESTS)}."),
    **PAGE_FORMS,
}
_REVIEW_FORMS: Final[Mapping[str, Form]] = {
    "state": (_is_listed, f"One of {', '.join(LISTED_REVIEWS)}."),
    **PAGE_FORMS,
}


def wrong_parameters(query: Mapping[str, tuple[str, ...]], forms: Mapping[str, Form]) -> Iterator[FieldError]:
    """Everything that is wrong with the parameters of an operation that takes these."""
    for name, values in query.items():
        if name not in forms:
            yield _unknown(name)
        elif len(values) > 1:
            yield FieldError("query", pointer([name]), "repeated", "Give this parameter once.")
        elif not forms[name][0](values[0]):
            yield _wrong("query", name, forms[name][1])


def _unknown(name: str) -> FieldError:
    if name in _PERSON_SEARCHES:
        detail = "Nobody is looked up here: this is not a search system (D16)."
        return FieldError("query", pointer([name]), "no-person-search", detail)
    return FieldError("query", pointer([name]), "unknown-parameter", "This operation has no such parameter.")


def _acting(code: str, detail: str) -> FieldError:
    return FieldError("header", "/Professional-Id", code, detail)


def _wrong(place: Place, name: str, detail: str) -> FieldError:
    return FieldError(place, pointer([name]), "invalid-format", detail)
