"""Reading reviews: the doubts that a person has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.review import ReviewState
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.reviews.find import review_at
from chalicelib.reviews.seen import SeenReview, shown
from chalicelib.security.cursors import Cursors

LIST = "reviews"
"""What the audit trail calls the list of reviews."""


@dataclass(frozen=True, slots=True)
class SeenReviews:
    """A page of reviews; ``cursor`` starts the next, None at the end."""

    items: tuple[SeenReview, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReviews:
    """Shows reviews to whoever may decide them; every read is logged before it is answered (D39)."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def one(self, caller: Caller, review_id: str) -> SeenReview:
        """One review, whatever its state. Raises ReviewNotFound."""
        review = review_at(self.storage, review_id)
        self._log(caller, Act.REVIEW_READ, review.id, self.clock.now())
        return shown(self.storage, [review])[0]

    def page(self, caller: Caller, *, state: ReviewState, limit: int, cursor: str | None) -> SeenReviews:
        """A page of reviews that are OPEN or DECIDED, oldest first; it may be short and have a next.

        Raises CursorRefused for a cursor that this list, in this state, did not give.
        """
        bound_to = (LIST, caller.organisation.id, state.value)
        page = self.storage.reviews.page(
            state, limit=limit, after=None if cursor is None else self.cursors.opened(cursor, bound_to)
        )
        self._log(caller, Act.REVIEWS_LISTED, LIST, self.clock.now())
        return SeenReviews(
            items=shown(self.storage, page.items),
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _log(self, caller: Caller, act: Act, resource: str, now: datetime) -> None:
        self.storage.audit.append(caller.entry(act, resource, at=now, token=self.names.token()))
