"""What a reconcile would write, and what it did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chalicelib.domain.signal import SignalState
from chalicelib.matches.closure import Closure
from chalicelib.matches.doubts import ReviewSettlement
from chalicelib.matches.match_keys import KeyedSettlement
from chalicelib.matches.settle import Settlement
from chalicelib.matching import Decision

OVERGROWN = 250
"""More signals than this under one key make looking up dear: the key needs one field more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcileReport:
    """What one reconcile did; counts only.

    ``possible`` counts pairs that a person has to look at; ``reviews`` the reviews that were written;
    ``under_one_key`` the signals under the key that most hold, all of which were looked at.
    """

    signal_id: str
    rounds: int
    closure: int
    arisen: int
    ended: int
    rewritten: int
    notices: int
    possible: int
    reviews: int
    under_one_key: int

    @property
    def is_overgrown(self) -> bool:
        """Whether a key brings so many together that it should be split by one more field."""
        return self.under_one_key > OVERGROWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One reading of a closure, and what follows from it.

    ``groups`` names per signal those that are about the same youth; ``keyed`` are the matches to
    write, in the order of writing, and ``doubts`` the reviews.
    """

    closure: Closure
    decision: Decision
    groups: Mapping[str, tuple[str, ...]]
    keyed: tuple[KeyedSettlement, ...]
    doubts: tuple[ReviewSettlement, ...]

    @property
    def cases(self) -> Mapping[str, tuple[str, ...]]:
        """The groups, and each restricted signal by itself: its holder hears of an end too (D33)."""
        hidden = SignalState.RESTRICTED
        alone = {one: (one,) for one, signal in self.closure.signals.items() if signal.state is hidden}
        return {**alone, **self.groups}

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """The matches to write."""
        return tuple(one.settlement for one in self.keyed)


@dataclass(slots=True)
class Tally:
    """What a reconcile did so far; ``closure`` is the last it read, ``groups`` the persons in it.

    ``crowded_out``: ids and revisions of neighbours whose match with another the subject has undone.
    """

    arisen: int = 0
    ended: int = 0
    rewritten: int = 0
    notices: int = 0
    closure: Closure | None = None
    groups: tuple[tuple[str, ...], ...] = ()
    crowded_out: Mapping[str, int] = field(default_factory=dict)
    possible: int = 0
    reviews: int = 0

    def report(self, signal_id: str, rounds: int) -> ReconcileReport:
        """All of it."""
        return ReconcileReport(
            signal_id=signal_id,
            rounds=rounds,
            closure=len(self.closure.walked) if self.closure is not None else 0,
            arisen=self.arisen,
            ended=self.ended,
            rewritten=self.rewritten,
            notices=self.notices,
            possible=self.possible,
            reviews=self.reviews,
            under_one_key=self._under_one_key(),
        )

    def _under_one_key(self) -> int:
        holders = self.closure.holders.values() if self.closure is not None else ()
        return max((len(signals) for signals in holders), default=0)
