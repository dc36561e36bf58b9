"""A review as rows, and rows as a review."""

from __future__ import annotations

from typing import Any, Final

from chalicelib.domain.review import Review, ReviewState, ReviewVerdict
from chalicelib.models.match_codec import explanation_of, explanation_text, side_columns, sides_of
from chalicelib.models.moments import moment_of, moment_or_none, stored, stored_or_none
from chalicelib.models.rows.matches import MatchColumns, MatchRow

REVIEW: Final = "REVIEW"
"""The kind of rows that hold a review."""


def review_columns(review: Review) -> dict[str, Any]:
    """What the row of a review and both its mirrors hold, by the rows' field names."""
    return {
        "kind": REVIEW,
        **side_columns(review.sides),
        "state": review.state.value,
        "episode": review.episode,
        "revision": review.revision,
        "since": stored(review.since),
        "ended_at": stored_or_none(review.withdrawn_at),
        "verdict": review.verdict.value if review.verdict is not None else None,
        "decided_by": review.decided_by,
        "decided_at": stored_or_none(review.decided_at),
        "asked_at": stored_or_none(review.asked_at),
        "digest": review.digest,
    }


def own_columns(review: Review) -> dict[str, str | None]:
    """What only the row of a review holds: its place in the list, and the explanation if it was read."""
    listed = review.state is not ReviewState.WITHDRAWN
    own: dict[str, str | None] = {
        "review_state": review.state.value if listed else None,
        "review_since": place_in_list(review) if listed else None,
    }
    if review.explanation is not None:
        own["explanation"] = explanation_text(review.explanation)
    return own


def place_in_list(review: Review) -> str:
    """Where a review stands in its list: since when it is in doubt, then id."""
    return f"{stored(review.since)}#{review.id}"


def review_of(row: MatchColumns, review_id: str, explanation: str | None) -> Review:
    """The review of a row or a mirror."""
    return Review(
        id=review_id,
        sides=sides_of(row),
        state=ReviewState(row.state),
        episode=int(row.episode),
        revision=int(row.revision),
        since=moment_of(row.since),
        withdrawn_at=moment_or_none(row.ended_at),
        verdict=_verdict(row.verdict),
        decided_by=row.decided_by,
        decided_at=moment_or_none(row.decided_at),
        asked_at=moment_or_none(row.asked_at),
        explanation=explanation_of(explanation),
        digest=row.digest,
    )


def whole_review(row: MatchRow) -> Review:
    """The review of its own row, with its explanation."""
    return review_of(row, row.match_id, row.explanation)


def _verdict(text: str | None) -> ReviewVerdict | None:
    return ReviewVerdict(text) if text is not None else None
