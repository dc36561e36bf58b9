"""Deciding a review: a person's word, which no automatic decision overrules."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.review import Review, ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalVerdict
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Storage, VerdictChange
from chalicelib.ports.world import Names
from chalicelib.reviews.find import active_signals, review_at
from chalicelib.reviews.seen import SeenReview, shown

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReview:
    """Writes a verdict on both signals, so that every later decision about either knows it.

    Their next revisions ask for a reconcile, which makes or ends the match and tells those in it.
    ``revisions`` are those of the review at which the caller decides, None for any. Both raise:
        ReviewNotFound: no review has this id.
        ReviewRevised: it is at another revision by now.
        ReviewClosed: one of the two signals has ended.
        StorageBusy: nothing was written; try again later.
    """

    storage: Storage
    names: Names
    clock: Clock

    def give(
        self, caller: Caller, review_id: str, verdict: ReviewVerdict, revisions: Collection[int] | None = None
    ) -> SeenReview:
        """Give a verdict, or another one; the same again changes nothing."""
        return self._settle(caller, review_id, verdict, revisions)

    def undo(self, caller: Caller, review_id: str, revisions: Collection[int] | None = None) -> SeenReview:
        """Take the verdict back; the evidence decides again, and the review stays open if it cannot."""
        return self._settle(caller, review_id, None, revisions)

    def _settle(
        self,
        caller: Caller,
        review_id: str,
        verdict: ReviewVerdict | None,
        revisions: Collection[int] | None,
    ) -> SeenReview:
        for _ in range(ATTEMPTS):
            review = review_at(self.storage, review_id, revisions)
            if review.verdict is verdict:
                self._log_read(caller, review)
                return shown(self.storage, [review])[0]
            change = self._change(caller, review, verdict)
            try:
                self.storage.reviews.decide(change)
            except Stale:
                continue
            return shown(self.storage, [change.review])[0]
        raise StorageBusy("the review or its signals kept changing")

    def _change(self, caller: Caller, review: Review, verdict: ReviewVerdict | None) -> VerdictChange:
        now = self.clock.now()
        first, second = active_signals(self.storage, review, amsterdam_day(now))
        given = verdict is not None
        return VerdictChange(
            review=replace(
                review,
                state=ReviewState.DECIDED if given else ReviewState.OPEN,
                revision=review.revision + 1,
                withdrawn_at=None,
                verdict=verdict,
                decided_by=caller.organisation.id if given else None,
                decided_at=now if given else None,
            ),
            previous_revision=review.revision,
            signals=(_told(first, second.id, verdict), _told(second, first.id, verdict)),
            audit=caller.entry(
                Act.VERDICT_GIVEN if given else Act.VERDICT_UNDONE,
                review.id,
                at=now,
                token=self.names.token(),
            ),
        )

    def _log_read(self, caller: Caller, review: Review) -> None:
        entry = caller.entry(Act.REVIEW_READ, review.id, at=self.clock.now(), token=self.names.token())
        self.storage.audit.append(entry)


def _told(signal: Signal, other_id: str, verdict: ReviewVerdict | None) -> Signal:
    """The signal's next revision, with this word on the other and none before it."""
    kept = {one for one in signal.verdicts if one.other_id != other_id}
    if verdict is not None:
        kept.add(SignalVerdict(other_id, verdict is ReviewVerdict.SAME))
    return replace(signal, revision=signal.revision + 1, verdicts=frozenset(kept))
