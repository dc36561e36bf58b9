"""Matches in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.match import Match
from chalicelib.domain.review import Review
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Links, MatchChange
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeMatches:
    """The match store over a dict; mirrors are read off the rows."""

    state: FakeState

    def get(self, match_id: str) -> Match | None:
        """The match with its explanation."""
        self.state.before("matches.get")
        return self.state.matches.get(match_id)

    def of_signal(self, signal_id: str) -> tuple[Match, ...]:
        """All matches of a signal, without explanation, by id."""
        self.state.before("matches.of_signal")
        return self._matches_of(signal_id)

    def links_of(self, signal_id: str) -> Links:
        """Matches and reviews of a signal, without explanation, by id."""
        self.state.before("matches.links_of")
        reviews = [review for review in self.state.reviews.values() if signal_id in review.signal_ids]
        return Links(
            matches=self._matches_of(signal_id),
            reviews=tuple(bare_review(review) for review in sorted(reviews, key=lambda review: review.id)),
        )

    def commit(self, change: MatchChange) -> None:
        """Write a match with its notices when row and guards are as expected."""
        self.state.before("matches.commit")
        match, held = change.match, self.state.matches.get(change.match.id)
        if change.previous_revision is None and held is not None:
            raise AlreadyThere(match.id)
        if change.previous_revision != (held.revision if held is not None else None):
            raise Stale(match.id)
        for guard in change.guards:
            self.state.require_as_read(guard)
        if change.name is not None:
            self.state.require_free((change.name,))
        for notice in change.notices:
            self.state.require_new_notice(notice)
        explanation = match.explanation or (held.explanation if held is not None else None)
        self.state.matches[match.id] = replace(match, explanation=explanation)
        if change.name is not None:
            self.state.claim((change.name,))
        for notice in change.notices:
            self.state.put_new_notice(notice)
        self.state.after("matches.commit")

    def _matches_of(self, signal_id: str) -> tuple[Match, ...]:
        found = [match for match in self.state.matches.values() if match.concerns(signal_id)]
        return tuple(bare_match(match) for match in sorted(found, key=lambda match: match.id))


def bare_match(match: Match) -> Match:
    """As a listing shows it: without explanation."""
    return replace(match, explanation=None)


def bare_review(review: Review) -> Review:
    """As a listing shows it: without explanation."""
    return replace(review, explanation=None)
