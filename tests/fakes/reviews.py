"""Reviews in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.review import Review, ReviewState
from chalicelib.models.moments import stored
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import (
    ConfirmationsAsked,
    Guard,
    Page,
    ReviewChange,
    VerdictChange,
)
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeReviews:
    """The review store over a dict."""

    state: FakeState

    def get(self, review_id: str) -> Review | None:
        """The review with its explanation."""
        self.state.before("reviews.get")
        return self.state.reviews.get(review_id)

    def page(self, state: ReviewState, *, limit: int, after: str | None) -> Page[Review]:
        """Reviews in this state, oldest first."""
        self.state.before("reviews.page")
        found = sorted((one for one in self.state.reviews.values() if one.state is state), key=_place)
        rest = [one for one in found if after is None or _place(one) > after]
        return Page(tuple(rest[:limit]), _place(rest[limit - 1]) if len(rest) > limit else None)

    def commit(self, change: ReviewChange) -> None:
        """Write a review when row and guards are as expected."""
        self.state.before("reviews.commit")
        self._require(change.review, change.previous_revision)
        for guard in change.guards:
            self.state.require_as_read(guard)
        self._write(change.review)
        self.state.after("reviews.commit")

    def decide(self, change: VerdictChange) -> None:
        """Write a verdict when review and signals are as they were read."""
        self.state.before("reviews.decide")
        self._require(change.review, change.previous_revision)
        for signal in change.signals:
            self.state.require_as_read(Guard(signal_id=signal.id, revision=signal.revision - 1, active=True))
        self.state.require_new_audit(change.audit)
        self._write(change.review)
        for signal in change.signals:
            held = self.state.signals[signal.id]
            self.state.signals[signal.id] = replace(held, revision=signal.revision, verdicts=signal.verdicts)
            self.state.ask(signal.id, signal.revision, change.audit.at)
        self.state.put_audit(change.audit)
        self.state.after("reviews.decide")

    def ask(self, change: ConfirmationsAsked) -> None:
        """Write the question and its notices when review and guards are as expected."""
        self.state.before("reviews.ask")
        self._require(change.review, change.previous_revision)
        for guard in change.guards:
            self.state.require_as_read(guard)
        for notice in change.notices:
            self.state.require_new_notice(notice)
        self.state.require_new_audit(change.audit)
        self._write(change.review)
        for notice in change.notices:
            self.state.put_new_notice(notice)
        self.state.put_audit(change.audit)
        self.state.after("reviews.ask")

    def _require(self, review: Review, previous_revision: int | None) -> None:
        held = self.state.reviews.get(review.id)
        if previous_revision is None and held is not None:
            raise AlreadyThere(review.id)
        if previous_revision != (held.revision if held is not None else None):
            raise Stale(review.id)

    def _write(self, review: Review) -> None:
        held = self.state.reviews.get(review.id)
        explanation = review.explanation or (held.explanation if held is not None else None)
        self.state.reviews[review.id] = replace(review, explanation=explanation)


def _place(review: Review) -> str:
    return f"{stored(review.since)}#{review.id}"
