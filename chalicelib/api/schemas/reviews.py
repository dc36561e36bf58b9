"""Reviews as the region administrator sees them: organisations, field names and levels, never a value."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.api.schemas.text import OneOf
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.reviews.read import SeenReviews
from chalicelib.reviews.seen import SeenReview, SeenSide


class VerdictBody(Body):
    """A person's word on the two signals; it stands above every sum, until it is undone."""

    verdict: Annotated[
        OneOf[ReviewVerdict], Field(description="SAME: about the same youth. NOT_SAME: about two.")
    ]


class ReviewEvidenceBody(Body):
    """How well the two signals agree in one field."""

    field: str
    level: str


class ReviewOrganisationBody(Body):
    """An organisation, by the name it has now (D9)."""

    id: str
    name: str | None


class ReviewSideBody(Body):
    """One of the two signals: opaque, so that reviews about the same signal can be seen together."""

    signal_id: str
    organisation: ReviewOrganisationBody


class ReviewBody(Body):
    """Two signals that may be about one youth."""

    id: str
    state: Annotated[
        ReviewState, Field(description="WITHDRAWN: the doubt or a signal was gone before anybody decided.")
    ]
    since: UtcMoment
    verdict: ReviewVerdict | None
    decided_at: UtcMoment | None
    asked_at: Annotated[
        UtcMoment | None, Field(description="When each organisation was last asked to confirm its record.")
    ]
    rule: Annotated[str | None, Field(description="Why nothing was decided by itself (D22).")]
    evidence: list[ReviewEvidenceBody]
    sides: list[ReviewSideBody]


class ReviewListBody(Body):
    """A page of reviews, oldest first; the ``Link`` header leads to the next."""

    items: list[ReviewBody]


def review_body(review: SeenReview) -> ReviewBody:
    """One review."""
    return ReviewBody(
        id=review.id,
        state=review.state,
        since=review.since,
        verdict=review.verdict,
        decided_at=review.decided_at,
        asked_at=review.asked_at,
        rule=review.rule,
        evidence=[ReviewEvidenceBody(field=line.field, level=line.level) for line in review.evidence],
        sides=[_side(side) for side in review.sides],
    )


def review_list(page: SeenReviews) -> ReviewListBody:
    """A page of reviews."""
    return ReviewListBody(items=[review_body(review) for review in page.items])


def _side(side: SeenSide) -> ReviewSideBody:
    organisation = ReviewOrganisationBody(id=side.organisation_id, name=side.organisation_name)
    return ReviewSideBody(signal_id=side.signal_id, organisation=organisation)
