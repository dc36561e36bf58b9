"""Matches in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain.match import Match
from chalicelib.domain.signal import SignalState
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import Guard, MatchChange
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
        found = (
            match
            for match in self.state.matches.values()
            if any(side.signal_id == signal_id for side in match.sides)
        )
        return tuple(replace(match, explanation=None) for match in sorted(found, key=lambda match: match.id))

    def commit(self, change: MatchChange) -> None:
        """Write a match with its notices when row and guards are as expected."""
        self.state.before("matches.commit")
        match, held = change.match, self.state.matches.get(change.match.id)
        if change.previous_revision is None and held is not None:
            raise AlreadyThere(match.id)
        if change.previous_revision != (held.revision if held is not None else None):
            raise Stale(match.id)
        for guard in change.guards:
            self._require(guard)
        if change.name is not None:
            self.state.require_free((change.name,))
        for notice in change.notices:
            if notice.id in self.state.notices:
                raise AlreadyThere(notice.id)
        explanation = match.explanation or (held.explanation if held is not None else None)
        self.state.matches[match.id] = replace(match, explanation=explanation)
        if change.name is not None:
            self.state.claim((change.name,))
        for notice in change.notices:
            self.state.notices[notice.id] = notice
            self.state.due[notice.receiver, notice.id] = notice.due_at or notice.created_at
        self.state.after("matches.commit")

    def _require(self, guard: Guard) -> None:
        signal = self.state.signals.get(guard.signal_id)
        if signal is None or signal.revision != guard.revision:
            raise Stale(guard.signal_id)
        if guard.active and signal.state is not SignalState.ACTIVE:
            raise Stale(guard.signal_id)
