"""Finishing erasures: what names an erased signal by its id goes once the others were told (D37, D38).

A match, a review or a notice holds ids only. They stay until the reconcile has ended the matches and the
other side has heard so, then they go, with the verdicts that were given about the signal. The certificate
is completed by a look that finds nothing any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.match import MatchState
from chalicelib.domain.notice import STAYS_DUE, Notice, NoticeKind
from chalicelib.domain.review import Review, ReviewState
from chalicelib.domain.signal import Signal
from chalicelib.matches.succession import Succession
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Links, Storage
from chalicelib.signals.ending import has_ended
from chalicelib.signals.told import HandOnWhatWasTold

MOST_AT_ONCE: Final = 100
SETTLED_AFTER: Final = timedelta(minutes=2)
"""By then what was written while the signal was erased is in the index of notices."""
PATIENCE: Final = timedelta(days=7)
"""An address that takes no mail holds up no erasure for longer; the match itself has ended all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasingReport:
    """What one run did: completed, still to be done, and not for now (another writes, or storage is busy)."""

    completed: int = 0
    waiting: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishErasures:
    """Finishes what can be finished; stopping anywhere and running again does no harm."""

    storage: Storage
    clock: Clock
    time_left: Callable[[], bool]

    def __call__(self) -> ErasingReport:
        """Take up each unfinished erasure while there is time."""
        completed = waiting = failed = 0
        for signal_id in self._unfinished():
            if not self.time_left():
                break
            try:
                done = self.one(signal_id)
            except (Stale, StorageBusy):
                failed += 1
            else:
                completed += done
                waiting += not done
        return ErasingReport(completed=completed, waiting=waiting, failed=failed)

    def _unfinished(self) -> Iterator[str]:
        """All of them: those that wait for somebody to be told hold up no other."""
        after: str | None = None
        while True:
            ids = self.storage.erasures.unfinished(limit=MOST_AT_ONCE, after=after)
            yield from ids
            if len(ids) < MOST_AT_ONCE:
                return
            after = ids[-1]

    def one(self, signal_id: str) -> bool:
        """Whether the certificate is complete, once what can be done now is. Raises Stale, StorageBusy."""
        certificate = self.storage.erasures.get(signal_id)
        if certificate is None or certificate.completed_at is not None:
            return True
        if self.clock.now() < certificate.erased_at + SETTLED_AFTER or not self._is_settled(signal_id):
            return False
        if self._goes_on_to_end(certificate):
            return False
        links = self.storage.matches.links_of(signal_id)
        notices = self._notices(certificate, links)
        if not links.matches and not links.reviews and not notices:
            self.storage.erasures.save(replace(certificate, completed_at=self.clock.now()))
            return True
        if not self._is_still_to_be_told(certificate, notices):
            self._remove(certificate, links, notices)
        return False

    def _is_settled(self, signal_id: str) -> bool:
        """Whether the reconcile that the erasure asked for is done: its matches have ended."""
        if self.storage.work.pending(signal_id) is not None:
            return False
        links = self.storage.matches.links_of(signal_id)
        running = any(match.state is MatchState.ACTIVE for match in links.matches)
        return not running and not any(review.state is ReviewState.OPEN for review in links.reviews)

    def _goes_on_to_end(self, certificate: ErasureCertificate) -> bool:
        """Whether the one that took its place ended, and its reconcile or its notices are still to come.

        What was said on the one counts as said on the other (D7), so it is needed until the end was told.
        """
        heir = self._heir(certificate.signal_id)
        if heir is None or not has_ended(heir):
            return False
        if not self._is_settled(heir.id):
            return True
        about = {match.id for match in self.storage.matches.links_of(heir.id).matches}
        notices = tuple(notice for one in sorted(about) for notice in self.storage.erasures.notices_of(one))
        return self._is_still_to_be_told(certificate, notices)

    def _heir(self, signal_id: str) -> Signal | None:
        succession = Succession(self.storage.signals.sealed)
        heir = succession.heir(signal_id)
        return None if heir == signal_id else succession.signals([heir]).get(heir)

    def _notices(self, certificate: ErasureCertificate, links: Links) -> tuple[Notice, ...]:
        """All about the signal itself or a pair that it is, or was, one of."""
        held = {match.id for match in links.matches} | {review.id for review in links.reviews}
        about = sorted({certificate.signal_id} | held | certificate.pairs)
        return tuple(notice for one in about for notice in self.storage.erasures.notices_of(one))

    def _is_still_to_be_told(self, certificate: ErasureCertificate, notices: tuple[Notice, ...]) -> bool:
        if self.clock.now() >= certificate.erased_at + PATIENCE:
            return False
        return any(
            notice.state in STAYS_DUE
            and (notice.signal_id != certificate.signal_id or notice.kind is NoticeKind.SIGNAL_ERASED)
            for notice in notices
        )

    def _remove(self, certificate: ErasureCertificate, links: Links, notices: tuple[Notice, ...]) -> None:
        """Notices go before their match, verdicts before their review: a crash orphans nothing."""
        certificate = self._named(certificate, links)
        HandOnWhatWasTold(self.storage)(certificate.signal_id, links.matches, notices)
        self.storage.erasures.remove_notices(notices)
        taken_back = sum(self._remove_review(certificate, review) for review in links.reviews)
        for match in links.matches:
            self.storage.erasures.remove_pair(match)
        counted = certificate.with_gone("notices", len(notices)).with_gone("verdicts", taken_back)
        if counted != certificate:
            self.storage.erasures.save(counted)

    def _named(self, certificate: ErasureCertificate, links: Links) -> ErasureCertificate:
        """With the pairs that go, written before they do: whatever stops this, what went is known."""
        matches = {match.id for match in links.matches} - certificate.pairs
        reviews = {review.id for review in links.reviews} - certificate.pairs
        named = certificate.with_gone("matches", len(matches), *matches)
        named = named.with_gone("reviews", len(reviews), *reviews)
        if named != certificate:
            self.storage.erasures.save(named)
        return named

    def _remove_review(self, certificate: ErasureCertificate, review: Review) -> bool:
        """Whether the other held a verdict about the erased signal."""
        erased, other = certificate.signal_id, review.other(certificate.signal_id)
        taken_back = self.storage.erasures.take_back_verdicts(other, erased, self.clock.now())
        self.storage.erasures.remove_pair(review)
        return taken_back
