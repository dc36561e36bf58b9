"""A review: two signals that may be about one youth, for a person to decide."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.match import Side
from chalicelib.matching.decision import Explanation


class ReviewState(StrEnum):
    """OPEN until a person DECIDED; WITHDRAWN when the doubt or a signal is gone before that."""

    OPEN = "OPEN"
    DECIDED = "DECIDED"
    WITHDRAWN = "WITHDRAWN"


class ReviewVerdict(StrEnum):
    """A person's word: the two signals are about the same youth, or they are not."""

    SAME = "SAME"
    NOT_SAME = "NOT_SAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A doubtful pair of signals; ``sides`` are ordered by signal id.

    Attributes:
        episode: 1 at first, raised each time a withdrawn review returns.
        revision: counts every write; guards concurrent ones.
        since: when this episode began.
        withdrawn_at: set while WITHDRAWN.
        verdict: set while DECIDED, as are ``decided_by`` (an organisation's id) and ``decided_at``.
        asked_at: when the organisations were last asked to confirm or complete their own record.
        explanation: field names and levels, no values (D22); None when read from a mirror.
        digest: of the explanation; tells whether a rewrite is needed.
    """

    id: str
    sides: tuple[Side, Side]
    state: ReviewState
    episode: int
    revision: int
    since: datetime
    withdrawn_at: datetime | None
    verdict: ReviewVerdict | None
    decided_by: str | None
    decided_at: datetime | None
    asked_at: datetime | None
    explanation: Explanation | None
    digest: str

    @property
    def signal_ids(self) -> tuple[str, str]:
        """The two signals, in order."""
        return self.sides[0].signal_id, self.sides[1].signal_id

    def other(self, signal_id: str) -> str:
        """The signal across from this one. Raises KeyError when it is not in the review."""
        first, second = self.signal_ids
        if signal_id not in self.signal_ids:
            raise KeyError(signal_id)
        return second if signal_id == first else first


def review_id(stage_code: str, signal_id: str, other_id: str) -> str:
    """The one id a pair can have, so that no doubt exists twice; as match ids are made."""
    first, second = sorted((signal_id, other_id))
    return f"{stage_code}-{hashlib.sha256(f'REVIEW|{first}|{second}'.encode()).hexdigest()[:32]}"
