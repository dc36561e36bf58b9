"""Asking both organisations to confirm or complete their own record, without naming the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import ReviewClosed
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.review import Review, ReviewState
from chalicelib.domain.signal import Signal
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import ConfirmationsAsked, Guard, Storage
from chalicelib.ports.world import Names
from chalicelib.reviews.find import active_signals, review_at
from chalicelib.reviews.seen import SeenReview, shown

ATTEMPTS: Final = 5
NOT_AGAIN_WITHIN: Final = timedelta(days=1)
"""Nobody is asked twice a day, so that repeating the request is harmless."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskConfirmation:
    """Puts a question in the outbox of each side's professional, about their own signal alone.

    The two notices have nothing in common that could tell one side of the other (D16).
    """

    storage: Storage
    names: Names
    clock: Clock

    def __call__(self, caller: Caller, review_id: str) -> SeenReview:
        """Ask both, unless they were asked less than a day ago.

        Raises:
            ReviewNotFound: no review has this id.
            ReviewClosed: it is not open, or one of the two signals has ended.
            StorageBusy: nothing was written; try again later.
        """
        for _ in range(ATTEMPTS):
            now = self.clock.now()
            review = review_at(self.storage, review_id)
            if review.state is not ReviewState.OPEN:
                raise ReviewClosed
            signals = active_signals(self.storage, review, amsterdam_day(now))
            if review.asked_at is not None and now < review.asked_at + NOT_AGAIN_WITHIN:
                self._log_read(caller, review, now)
                self._wake(signals)
                return shown(self.storage, [review])[0]
            asked = self._asked(caller, review, signals, now)
            try:
                self.storage.reviews.ask(asked)
            except Stale:
                continue
            self._wake(signals)
            return shown(self.storage, [asked.review])[0]
        raise StorageBusy("the review or its signals kept changing")

    def _asked(
        self, caller: Caller, review: Review, signals: tuple[Signal, Signal], now: datetime
    ) -> ConfirmationsAsked:
        return ConfirmationsAsked(
            review=replace(review, revision=review.revision + 1, asked_at=now),
            previous_revision=review.revision,
            guards=tuple(Guard(signal_id=one.id, revision=one.revision, active=True) for one in signals),
            notices=tuple(self._notice(review, one, now) for one in signals),
            audit=caller.entry(Act.CONFIRMATION_ASKED, review.id, at=now, token=self.names.token()),
        )

    def _notice(self, review: Review, signal: Signal, now: datetime) -> Notice:
        return Notice(
            id=self.names.new_id(),
            kind=NoticeKind.CONFIRMATION,
            state=NoticeState.PENDING,
            match_id=review.id,
            episode=review.episode,
            receiver=_receiver(signal),
            signal_id=signal.id,
            created_at=now,
        )

    def _log_read(self, caller: Caller, review: Review, now: datetime) -> None:
        self.storage.audit.append(caller.entry(Act.REVIEW_READ, review.id, at=now, token=self.names.token()))

    def _wake(self, signals: Iterable[Signal]) -> None:
        self.storage.notices.wake(sorted({_receiver(signal) for signal in signals}))


def _receiver(signal: Signal) -> str:
    return receiver_key(signal.organisation_id, signal.professional_id)
