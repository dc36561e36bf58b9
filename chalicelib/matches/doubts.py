"""What must change so that the open reviews are the doubts there are: a pure function."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.match import Side
from chalicelib.domain.review import Review, ReviewState, review_id
from chalicelib.matches.closure import Closure
from chalicelib.matches.settle import digest_of_explanation, side_of
from chalicelib.matching import Decision, PossiblePair


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettlement:
    """One review to write, and the row it replaces (None: the doubt is new)."""

    review: Review
    previous: Review | None


def review_settlements(
    closure: Closure, decision: Decision, *, stage_code: str, now: datetime
) -> tuple[ReviewSettlement, ...]:
    """Reviews to open, bring back, rewrite or withdraw; empty when all is as it should be.

    What a person decided stays as it is: only undoing the verdict opens it again. A doubt on which
    nothing hangs, because all signals in it are one professional's (D7), is nobody's to look at.
    """
    groups = {one: group for group in decision.groups for one in group}
    wanted = {
        review_id(stage_code, doubt.first, doubt.second): doubt
        for doubt in decision.possible
        if _matters(closure, groups[doubt.first] + groups[doubt.second])
    }
    opening = (_opened(closure, one, doubt, now) for one, doubt in wanted.items())
    withdrawing = (
        _withdrawn(review, now)
        for review in closure.reviews.values()
        if review.state is ReviewState.OPEN
        and review.id not in wanted
        and closure.walked.issuperset(review.signal_ids)
    )
    changes = [*(change for change in opening if change is not None), *withdrawing]
    return tuple(sorted(changes, key=lambda change: change.review.id))


def _matters(closure: Closure, signal_ids: tuple[str, ...]) -> bool:
    signals = [closure.signals[one] for one in signal_ids]
    return len({(signal.organisation_id, signal.professional_id) for signal in signals}) > 1


def _opened(closure: Closure, one: str, doubt: PossiblePair, now: datetime) -> ReviewSettlement | None:
    """What it takes to have this review, None when it stands as it should."""
    sides = side_of(closure.signals[doubt.first]), side_of(closure.signals[doubt.second])
    stored = closure.reviews.get(one)
    if stored is None:
        return ReviewSettlement(review=_new(one, sides, doubt, _former(closure, doubt), now), previous=None)
    if stored.state is ReviewState.DECIDED:
        return None
    current = replace(
        stored,
        sides=sides,
        state=ReviewState.OPEN,
        revision=stored.revision + 1,
        explanation=doubt.explanation,
        digest=digest_of_explanation(doubt.explanation),
    )
    if stored.state is ReviewState.WITHDRAWN:
        back = replace(current, episode=stored.episode + 1, since=now, withdrawn_at=None, asked_at=None)
        return ReviewSettlement(review=back, previous=stored)
    if (stored.digest, stored.sides) != (current.digest, current.sides):
        return ReviewSettlement(review=current, previous=stored)
    return None


def _former(closure: Closure, doubt: PossiblePair) -> Review | None:
    """The open review of those whose place the two took (D7): it goes on as theirs."""
    heirs = closure.heirs()
    pair = {doubt.first, doubt.second}
    open_ones = (one for one in closure.reviews.values() if one.state is ReviewState.OPEN)
    found = [one for one in open_ones if {heirs.get(side, side) for side in one.signal_ids} == pair]
    return min(found, key=lambda one: (one.since, one.id), default=None)


def _new(
    one: str, sides: tuple[Side, Side], doubt: PossiblePair, former: Review | None, now: datetime
) -> Review:
    return Review(
        id=one,
        sides=sides,
        state=ReviewState.OPEN,
        episode=1,
        revision=1,
        since=former.since if former is not None else now,
        withdrawn_at=None,
        verdict=None,
        decided_by=None,
        decided_at=None,
        asked_at=former.asked_at if former is not None else None,
        explanation=doubt.explanation,
        digest=digest_of_explanation(doubt.explanation),
    )


def _withdrawn(review: Review, now: datetime) -> ReviewSettlement:
    gone = replace(review, state=ReviewState.WITHDRAWN, withdrawn_at=now, revision=review.revision + 1)
    return ReviewSettlement(review=gone, previous=review)
