"""Suspected searches, as the region's administrator sees them (D16)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body
from chalicelib.signals.searching import SuspectedSearch


class SuspectedSearchBody(Body):
    """Who retracted signals after reading their matches, and how many in that month."""

    month: Annotated[str, Field(description="Year and month in the Netherlands.")]
    organisation_id: str
    professional_id: Annotated[
        str | None,
        Field(description="The organisation's own staff id; null for the organisation as a whole."),
    ]
    retractions: int


class SuspectedSearchListBody(Body):
    """A page of this month's and last month's; the ``Link`` header leads to the next."""

    items: list[SuspectedSearchBody]


def search_list(found: Iterable[SuspectedSearch]) -> SuspectedSearchListBody:
    """The list as it is told."""
    return SuspectedSearchListBody(
        items=[
            SuspectedSearchBody(
                month=one.month,
                organisation_id=one.organisation_id,
                professional_id=one.professional_id,
                retractions=one.retractions,
            )
            for one in found
        ]
    )
