"""A review as the region administrator may see it: organisations, field names and levels, never a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.review import Review, ReviewState, ReviewVerdict
from chalicelib.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class SeenEvidence:
    """How well two signals agree in one field; its weight could tell how rare a name is."""

    field: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSide:
    """Whose signal it is; the opaque id shows which reviews are about the same signal."""

    signal_id: str
    organisation_id: str
    organisation_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenReview:
    """A doubtful pair. ``rule`` says why nothing was decided by itself (D22)."""

    id: str
    revision: int
    state: ReviewState
    verdict: ReviewVerdict | None
    since: datetime
    decided_at: datetime | None
    asked_at: datetime | None
    rule: str | None
    evidence: tuple[SeenEvidence, ...]
    sides: tuple[SeenSide, ...]


def shown(storage: Storage, reviews: Iterable[Review]) -> tuple[SeenReview, ...]:
    """Reviews with the names that the organisations have now (D9)."""
    listed = tuple(reviews)
    ids = {side.organisation_id for review in listed for side in review.sides}
    organisations = storage.organisations.get_many(ids) if ids else {}
    names = {one: organisation.name for one, organisation in organisations.items()}
    return tuple(_shown(review, names) for review in listed)


def _shown(review: Review, names: dict[str, str]) -> SeenReview:
    explanation = review.explanation
    return SeenReview(
        id=review.id,
        revision=review.revision,
        state=review.state,
        verdict=review.verdict,
        since=review.since,
        decided_at=review.decided_at,
        asked_at=review.asked_at,
        rule=explanation.rule if explanation is not None else None,
        evidence=tuple(
            SeenEvidence(line.field, line.level)
            for line in (explanation.evidence if explanation is not None else ())
        ),
        sides=tuple(
            SeenSide(
                signal_id=side.signal_id,
                organisation_id=side.organisation_id,
                organisation_name=names.get(side.organisation_id),
            )
            for side in review.sides
        ),
    )
