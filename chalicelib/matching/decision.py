"""What the matcher answers: groups, matches and doubtful pairs, each with its explanation (D22)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MatchKind(StrEnum):
    """The two kinds of match: the same youth (D11), or different youths of one household (D12)."""

    PERSON = "PERSON"
    HOUSEHOLD = "HOUSEHOLD"


class Basis(StrEnum):
    """On what a household match rests (D12)."""

    SHARED_ADDRESS = "SHARED_ADDRESS"
    SHARED_PARENT = "SHARED_PARENT"


class Outcome(StrEnum):
    """What comparing two records says."""

    MATCH = "MATCH"
    POSSIBLE = "POSSIBLE"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """One line of an explanation: field and level by name, never by value.

    ``weight`` is in bits (log2 m/u) and includes ``term_frequency_share``, the part that comes
    from how rare the value is.
    """

    field: str
    level: str
    weight: float
    term_frequency_share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why two signals match: the weights of ``evidence`` add up to ``total`` (property-tested)."""

    rule: str
    model_version: str
    evidence: tuple[FieldEvidence, ...]
    total: float
    match_threshold: float
    possible_threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedMatch:
    """A match between two signals, ``first`` < ``second``.

    ``rests_on`` holds the ids of every signal on whose evidence the match rests, the two included.
    """

    kind: MatchKind
    first: str
    second: str
    basis: frozenset[Basis]
    rests_on: frozenset[str]
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class PossiblePair:
    """Two signals (of two groups) that may be about one youth; a person has to look."""

    first: str
    second: str
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer over one closure; the same for the same input in any order.

    ``groups``: every signal in exactly one group, members sorted, groups sorted.
    ``matches``: between every two signals of one group (PERSON), and between the signals of two
    groups of one household (HOUSEHOLD), whichever their organisations.
    """

    groups: tuple[tuple[str, ...], ...]
    matches: tuple[DecidedMatch, ...]
    possible: tuple[PossiblePair, ...]
