"""From pydantic's findings to broken rules in our words, without the values they are about."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from chalicelib.api.pointers import pointer
from chalicelib.api.problems import FieldError, InvalidRequest

Checked = TypeVar("Checked", bound=BaseModel)

_WRONG_TYPE: Final = "wrong-type"
RULES: Final = {
    "missing": ("required", "This field is required."),
    "extra_forbidden": ("unknown-field", "There is no such field, and none for a reason or a note (D3)."),
    "string_type": (_WRONG_TYPE, "This must be a text."),
    "int_type": (_WRONG_TYPE, "This must be a whole number."),
    "bool_type": (_WRONG_TYPE, "This must be true or false."),
    "list_type": (_WRONG_TYPE, "This must be a list."),
    "model_type": (_WRONG_TYPE, "This must be an object."),
    "date_type": (_WRONG_TYPE, "A date is a text, year-month-day."),
    "string_pattern_mismatch": ("invalid-format", "This is not of the form that the description gives."),
    "string_too_short": ("too-short", "This is too short."),
    "string_too_long": ("too-long", "This is too long."),
    "too_short": ("too-few", "This list has too few lines."),
    "too_long": ("too-many", "This list has too many lines."),
    "greater_than_equal": ("out-of-range", "This is too small or too early."),
    "less_than_equal": ("out-of-range", "This is too large or too late."),
    "enum": ("not-a-choice", "This is none of the values that the description lists."),
    "bsn": ("invalid-bsn", "The number fails the eleven-test."),
    "date": ("invalid-date", "A date is year-month-day, and exists."),
    "parent_unusable": ("parent-unusable", "Of a parent a number, a name or a birth date is needed."),
    "named_twice": ("named-twice", "Name each once."),
    "one_of_two": ("one-of-two", "Give the text (site) or the site (siteId), not both."),
}
"""Pydantic's type of finding: our code and sentence. A test sends all sorts, so that none is left out."""

_UNNAMED: Final = ("invalid-value", "This is not as the description gives it.")
"""What is found and has no name of ours yet is the caller's to correct all the same."""


def checked(model: type[Checked], content: dict[str, Any]) -> Checked:
    """The content as a body. Raises InvalidRequest with every broken rule of form."""
    try:
        return model.model_validate(content, by_name=False, by_alias=True)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
    raise InvalidRequest(_field_error(finding) for finding in found)


def _field_error(finding: ErrorDetails) -> FieldError:
    code, detail = RULES.get(finding["type"], _UNNAMED)
    parts = (part for part in finding["loc"] if isinstance(part, int) or not part.startswith("("))
    return FieldError("body", pointer(parts), code, detail)
