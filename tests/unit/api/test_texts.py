"""What a text field takes is what the description says of it, as it was written; what is kept is tidied."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openapi_schema_validator import OAS31Validator
from pydantic import TypeAdapter, ValidationError

from chalicelib.api.schemas import organisation_text, text

TIDIED: dict[str, TypeAdapter[str]] = {
    "name of a person": TypeAdapter(text.PersonName),
    "prefix": TypeAdapter(text.SurnamePrefix),
    "initials": TypeAdapter(text.Initials),
    "on a card": TypeAdapter(text.CardText),
    "place": TypeAdapter(text.PlaceName),
    "postal code": TypeAdapter(text.PostalCode),
    "addition": TypeAdapter(text.HouseNumberAddition),
    "telephone": TypeAdapter(text.Telephone),
    "name of an organisation": TypeAdapter(organisation_text.OrganisationName),
}
SPACES = st.integers(0, 12).map(lambda number: " " * number)
WRITTEN = st.one_of(
    st.text("aé e\u0301.-'1", max_size=12),
    st.sampled_from(["3511 AB", "0301112233", "+31 30 1112233", "de", "J.", "12-a"]),
    st.integers(1, 210).map(lambda number: "a" * number),
)


def taken(kind: TypeAdapter[str], written: str) -> str | None:
    """What is kept; None when it is refused."""
    try:
        return kind.validate_python(written)
    except ValidationError:
        return None


def described(kind: TypeAdapter[Any], written: str) -> bool:
    """Whether the description lets it in."""
    return bool(OAS31Validator(kind.json_schema()).is_valid(written))


@pytest.mark.parametrize("kind", TIDIED.values(), ids=TIDIED)
@given(before=SPACES, written=WRITTEN, after=SPACES)
@example(before=" " * 5, written="a" * 198, after="")
@example(before="", written="   ", after="")
def test_what_is_taken_is_what_is_described(
    kind: TypeAdapter[str], before: str, written: str, after: str
) -> None:
    """Spaces around it and marks apart from their letter count, as a reader of the schema counts them."""
    whole = before + written + after

    assert (taken(kind, whole) is not None) == described(kind, whole)


@pytest.mark.parametrize("kind", TIDIED.values(), ids=TIDIED)
@given(before=SPACES, written=WRITTEN, after=SPACES)
def test_what_is_kept_is_tidy(kind: TypeAdapter[str], before: str, written: str, after: str) -> None:
    """Something, in Unicode's form C, without spaces around it."""
    kept = taken(kind, before + written + after)

    if kept is not None:
        assert kept == unicodedata.normalize("NFC", kept).strip(" ") != ""


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("postal code", " 3511 ab ", "3511AB"),
        ("telephone", " 030-1112233", "030-1112233"),
        ("name of a person", " Andre\u0301 ", "André"),
        ("addition", " 2 ", "2"),
    ],
)
def test_spaces_around_what_systems_send_do_no_harm(kind: str, written: str, kept: str) -> None:
    """As fields of fixed width come."""
    assert taken(TIDIED[kind], written) == kept
