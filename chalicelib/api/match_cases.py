"""What the endpoints of matches and reviews call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from chalicelib.domain.caller import Caller
    from chalicelib.domain.review import ReviewState, ReviewVerdict
    from chalicelib.matches.read import ExplainedMatch, SeenMatch
    from chalicelib.reviews.read import SeenReviews
    from chalicelib.reviews.seen import SeenReview


class ReadsMatches(Protocol):
    """:class:`chalicelib.matches.read.ReadMatches`."""

    def of_signal(self, caller: Caller, signal_id: str) -> tuple[SeenMatch, ...]:
        """The matches of an own signal. Raises SignalNotFound, StorageBusy."""
        ...

    def one(self, caller: Caller, match_id: str) -> SeenMatch:
        """One match. Raises MatchNotFound, StorageBusy."""
        ...

    def explanation(self, caller: Caller, match_id: str) -> ExplainedMatch:
        """Why it was made. Raises MatchNotFound, StorageBusy."""
        ...


class ReadsReviews(Protocol):
    """:class:`chalicelib.reviews.read.ReadReviews`."""

    def one(self, caller: Caller, review_id: str) -> SeenReview:
        """One review. Raises ReviewNotFound, StorageBusy."""
        ...

    def page(self, caller: Caller, *, state: ReviewState, limit: int, cursor: str | None) -> SeenReviews:
        """A page of reviews. Raises CursorRefused, StorageBusy."""
        ...


class DecidesReviews(Protocol):
    """:class:`chalicelib.reviews.decide.DecideReview`."""

    def give(
        self, caller: Caller, review_id: str, verdict: ReviewVerdict, revisions: Collection[int] | None = None
    ) -> SeenReview:
        """Give a verdict. Raises ReviewNotFound, ReviewRevised, ReviewClosed, StorageBusy."""
        ...

    def undo(self, caller: Caller, review_id: str, revisions: Collection[int] | None = None) -> SeenReview:
        """Take it back. Raises ReviewNotFound, ReviewRevised, ReviewClosed, StorageBusy."""
        ...


class AsksConfirmation(Protocol):
    """:class:`chalicelib.reviews.ask.AskConfirmation`."""

    def __call__(self, caller: Caller, review_id: str) -> SeenReview:
        """Ask both sides. Raises ReviewNotFound, ReviewClosed, StorageBusy."""
        ...
