"""What a renewal says anew (D7)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body
from chalicelib.api.schemas.signals import InformedBody, NotYetInformedBody, informed_of
from chalicelib.api.schemas.text import IsoDate, Reference
from chalicelib.signals.request import RenewalRequest


class RenewalBody(Body):
    """A renewal: until when, and whether the family was informed of it; what is known of the youth stays.

    ``informed`` is about this signal, never about the one it renews (D30).
    """

    planned_end_date: Annotated[IsoDate, Field(description="From today to two years from today (D7).")]
    informed: InformedBody | None = None
    not_yet_informed: NotYetInformedBody | None = None
    reference: Annotated[Reference | None, Field(description="Left out: the reference stays the same.")] = (
        None
    )


def renewal_request(body: RenewalBody) -> RenewalRequest:
    """The use case's request."""
    return RenewalRequest(
        planned_end_date=body.planned_end_date,
        informed=informed_of(body.informed, body.not_yet_informed),
        reference=body.reference,
    )
