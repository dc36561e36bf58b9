"""Rows of matches and reviews, and of each as its two sides list it."""

from __future__ import annotations

from typing import ClassVar

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.models.rows.row import Row


class ByReviewState(GlobalSecondaryIndex["MatchRow"]):  # type: ignore[no-untyped-call] # PynamoDB's own
    """Reviews that are open, and those decided, oldest first; sparse: no match is in it."""

    class Meta:
        """How PynamoDB wants an index declared."""

        index_name = "byReviewState"
        projection = KeysOnlyProjection()

    review_state = UnicodeAttribute(hash_key=True, attr_name="reviewState")
    review_since = UnicodeAttribute(range_key=True, attr_name="reviewSince")


class MatchColumns(Row):
    """What the row of a pair of signals and its mirrors both hold, of a match as of a review.

    They share the mirrors so that one consistent read tells all that ties a signal to others. What
    is null here belongs to one of the two: ``kind`` tells which (a kind of match, or REVIEW).
    """

    kind = UnicodeAttribute()
    first_signal = UnicodeAttribute(attr_name="firstSignal")
    first_organisation = UnicodeAttribute(attr_name="firstOrganisation")
    first_professional = UnicodeAttribute(attr_name="firstProfessional")
    second_signal = UnicodeAttribute(attr_name="secondSignal")
    second_organisation = UnicodeAttribute(attr_name="secondOrganisation")
    second_professional = UnicodeAttribute(attr_name="secondProfessional")
    state = UnicodeAttribute()
    episode = NumberAttribute()
    revision = NumberAttribute()
    since = UnicodeAttribute()
    ended_at = UnicodeAttribute(attr_name="endedAt", null=True)
    digest = UnicodeAttribute()

    audience = UnicodeAttribute(null=True)
    basis = UnicodeSetAttribute()
    match_key = UnicodeAttribute(attr_name="matchKey", null=True)
    end_reason = UnicodeAttribute(attr_name="endReason", null=True)
    contact = UnicodeAttribute(null=True)
    rests_on = UnicodeSetAttribute(attr_name="restsOn")
    explained_at = UnicodeAttribute(attr_name="explainedAt", null=True)

    verdict = UnicodeAttribute(null=True)
    decided_by = UnicodeAttribute(attr_name="decidedBy", null=True)
    decided_at = UnicodeAttribute(attr_name="decidedAt", null=True)
    asked_at = UnicodeAttribute(attr_name="askedAt", null=True)


class MatchRow(MatchColumns):
    """One row per pair of signals and kind; ``explanation`` is JSON and holds no values (D22).

    ``review_state`` and ``review_since`` (``<ISO time>#<id>``) place a review in its list; both are
    absent from matches and from reviews that were withdrawn.
    """

    table: ClassVar[str] = "matches"

    match_id = UnicodeAttribute(hash_key=True, attr_name="matchId")
    explanation = UnicodeAttribute(null=True)
    review_state = UnicodeAttribute(attr_name="reviewState", null=True)
    review_since = UnicodeAttribute(attr_name="reviewSince", null=True)

    by_review_state = ByReviewState()


class SignalMatchRow(MatchColumns):
    """The mirror of a match or review under one of its signals: all but the explanation."""

    table: ClassVar[str] = "signal-matches"

    signal_id = UnicodeAttribute(hash_key=True, attr_name="signalId")
    match_id = UnicodeAttribute(range_key=True, attr_name="matchId")
