"""Finding a review, and the two signals it is about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from chalicelib.domain.errors import ReviewClosed, ReviewNotFound, ReviewRevised
from chalicelib.domain.review import Review
from chalicelib.domain.signal import Signal
from chalicelib.ports.storage import Storage


def review_at(storage: Storage, review_id: str, revisions: Collection[int] | None = None) -> Review:
    """The review, at one of these revisions when they are given. Raises ReviewNotFound, ReviewRevised."""
    review = storage.reviews.get(review_id)
    if review is None:
        raise ReviewNotFound
    if revisions is not None and review.revision not in revisions:
        raise ReviewRevised
    return review


def active_signals(storage: Storage, review: Review, today: date) -> tuple[Signal, Signal]:
    """The two signals, their person records left sealed. Raises ReviewClosed unless both are active."""
    found = storage.signals.sealed(review.signal_ids)
    first, second = (found.get(one) for one in review.signal_ids)
    if first is None or second is None or not (first.is_active(today) and second.is_active(today)):
        raise ReviewClosed
    return first, second
