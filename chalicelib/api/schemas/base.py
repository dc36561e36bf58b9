"""What all bodies have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema
from pydantic.alias_generators import to_camel


class Body(BaseModel):
    """A JSON object with lowerCamelCase names; as strict coming in as it is going out."""

    model_config = ConfigDict(
        alias_generator=to_camel, extra="forbid", frozen=True, strict=True, validate_by_name=True
    )


def _utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


UtcMoment = Annotated[
    datetime,
    PlainSerializer(_utc_text, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-11-22T09:30:00Z"]}),
]
"""A moment, told in UTC to the second."""

WITHOUT_CARD: Final = (
    "What belongs to `items`, but lacks a contact card that got lost or cannot be read, for a reason of ours."
)
"""What every list says of those that it cannot show whole."""

KnownOrganisation = Annotated[
    str | None,
    Field(description="The other's organisation, or its contact point; null when that is not known either."),
]
"""What is left to tell of somebody whose card is missing."""
