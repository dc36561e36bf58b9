"""Bodies of all sorts: taken or refused, never the end of the function."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chalicelib.api.documentation import examples
from chalicelib.api.problems import InvalidRequest
from chalicelib.api.schemas.organisation_text import OrganisationName
from chalicelib.api.schemas.signals import NewSignalBody, signal_request
from chalicelib.api.schemas.validation import checked
from chalicelib.organisations.registration_rules import check_name
from tests.signal_bodies import make_body

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30)
)
VALUES = SCALARS | st.lists(SCALARS, max_size=3) | st.dictionaries(st.text(max_size=8), SCALARS, max_size=3)


def places(body: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every member of a body."""
    pairs = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    found = [] if not path else [path]
    for name, value in pairs:
        found += places(value, (*path, name))
    return found


def replaced(body: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy with another value at one place."""
    changed = copy.deepcopy(body)
    holder: Any = changed
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    return changed


def refused(body: dict[str, Any]) -> InvalidRequest | None:
    """The refusal of a body, None when it is taken."""
    try:
        checked(NewSignalBody, body)
    except InvalidRequest as problem:
        return problem
    return None


@given(place=st.sampled_from(places(make_body())), value=VALUES)
@settings(max_examples=1500, deadline=None)
def test_whatever_stands_in_a_place_is_taken_or_refused(place: tuple[Any, ...], value: Any) -> None:
    """A refusal names only places of ours; what is taken becomes a request of the domain."""
    body = replaced(make_body(), place, value)

    refusal = refused(body)

    if refusal is None:
        assert signal_request(checked(NewSignalBody, body)).reference
    else:
        assert all(error.place == "body" and error.detail.endswith(".") for error in refusal.errors)


def test_published_examples_are_taken() -> None:
    """A newcomer who copies one gets no refusal."""
    for example in (examples.NEW_SIGNAL, examples.NEW_SIGNAL_WITHOUT_BSN):
        assert signal_request(checked(NewSignalBody, example)).reference == example["reference"]


def test_a_postal_code_is_kept_in_one_form() -> None:
    """A space and small letters are taken, and gone."""
    body = replaced(make_body(), ("youth", "address", "postalCode"), "3511 ab")

    address = signal_request(checked(NewSignalBody, body)).youth.address
    assert address is not None
    assert address.postal_code == "3511AB"


def test_names_in_our_own_spelling_are_not_taken() -> None:
    """JSON is lowerCamelCase: the names of the code are unknown fields."""
    body = make_body()
    body["planned_end_date"] = body.pop("plannedEndDate")

    refusal = refused(body)
    assert refusal is not None
    assert {(error.location, error.code) for error in refusal.errors} == {
        ("/plannedEndDate", "required"),
        ("/planned_end_date", "unknown-field"),
    }


ORGANISATION_NAME = TypeAdapter(OrganisationName)


@given(name=st.from_regex(ORGANISATION_NAME.json_schema()["pattern"], fullmatch=True))
@settings(max_examples=500, deadline=None)
def test_a_name_that_the_description_allows_is_one_to_be_called_by(name: str) -> None:
    """No space alone, and no soft hyphen that nobody sees."""
    check_name(ORGANISATION_NAME.validate_python(name[:200]))
