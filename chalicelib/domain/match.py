"""A match between two signals, as it is kept (D11, D12, D14)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.matching.decision import Basis, Explanation, MatchKind


class MatchState(StrEnum):
    """A match is ACTIVE while both signals are and the evidence holds; it can return."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"


class EndReason(StrEnum):
    """Why a match ended; the notice says only that it did (D37)."""

    SIGNAL_ENDED = "SIGNAL_ENDED"
    EVIDENCE_GONE = "EVIDENCE_GONE"
    SAME_PERSON = "SAME_PERSON"


class Audience(StrEnum):
    """Pairs within one organisation are recorded apart and give no notice (D14)."""

    BETWEEN_ORGANISATIONS = "BETWEEN_ORGANISATIONS"
    WITHIN_ORGANISATION = "WITHIN_ORGANISATION"


class ContactState(StrEnum):
    """Whether the professionals spoke (D24, D26); set per match."""

    OPEN = "OPEN"
    TRIED = "TRIED"
    MADE = "MADE"
    ALIGNED = "ALIGNED"
    ALREADY_IN_CONTACT = "ALREADY_IN_CONTACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a match: a value, not necessarily a local row."""

    signal_id: str
    organisation_id: str
    professional_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A match between two signals; ``sides`` are ordered by signal id.

    Attributes:
        episode: 1 at creation, raised each time an ended match returns; guards notices' ids.
        revision: counts every write; guards concurrent reconciles.
        match_key: the reference people say on the phone, ``M-4TZ9-K3WD-7``.
        rests_on: ids of the signals on whose evidence it rests, both sides included.
        explained_at: when the evidence was weighed that the explanation tells of (D22).
        explanation: None when read from a mirror.
        digest: of basis, rests_on and explanation; tells whether a rewrite is needed.
    """

    id: str
    kind: MatchKind
    sides: tuple[Side, Side]
    audience: Audience
    state: MatchState
    basis: frozenset[Basis]
    episode: int
    revision: int
    match_key: str
    since: datetime
    ended_at: datetime | None
    end_reason: EndReason | None
    contact: ContactState
    rests_on: frozenset[str]
    explained_at: datetime
    explanation: Explanation | None
    digest: str

    def concerns(self, signal_id: str) -> bool:
        """Whether this signal is one of the two."""
        first, second = self.sides
        return signal_id in (first.signal_id, second.signal_id)

    def side_of(self, signal_id: str) -> Side:
        """This signal's side. Raises KeyError when the signal is not in the match."""
        for side in self.sides:
            if side.signal_id == signal_id:
                return side
        raise KeyError(signal_id)

    def other_side(self, signal_id: str) -> Side:
        """The side across from this signal. Raises KeyError when the signal is not in the match."""
        own = self.side_of(signal_id)
        return self.sides[1] if own is self.sides[0] else self.sides[0]


def match_id(stage_code: str, kind: MatchKind, signal_id: str, other_id: str) -> str:
    """The one id a pair and kind can have, so no pair exists twice."""
    first, second = sorted((signal_id, other_id))
    return f"{stage_code}-{hashlib.sha256(f'{kind}|{first}|{second}'.encode()).hexdigest()[:32]}"
