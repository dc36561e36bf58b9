"""A correction of what a signal says of its youth, as a JSON Merge Patch (RFC 7396; D31)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from chalicelib.api.merging import merge_patch
from chalicelib.api.problems import InvalidRequest
from chalicelib.api.schemas.changes import youth_as_given
from chalicelib.api.schemas.person import YouthBody, youth_of
from chalicelib.api.schemas.validation import checked
from chalicelib.matching import Youth


@dataclass(frozen=True, slots=True)
class YouthPatch:
    """What is to be otherwise; ``place`` is where in the request it stands."""

    content: dict[str, Any]
    place: str

    def applied_to(self, youth: Youth) -> Youth:
        """The youth as it is to be. Raises InvalidRequest."""
        merged = merge_patch(youth_as_given(youth), self.content)
        try:
            return youth_of(checked(YouthBody, merged))
        except InvalidRequest as refused:
            told = [replace(line, location=f"{self.place}{line.location}") for line in refused.errors]
            raise InvalidRequest(told) from None
