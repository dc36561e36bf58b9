"""From a closure of signals to groups, matches and doubts (D11 to D13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from chalicelib.matching.decision import DecidedMatch, Decision, MatchKind, Outcome, PossiblePair
from chalicelib.matching.fold import MatchRecord
from chalicelib.matching.groups import Grouping
from chalicelib.matching.households import Households
from chalicelib.matching.merges import Merge, Scales
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Records
from chalicelib.matching.verdicts import Verdict, Verdicts

__all__ = ["MatchingProfile", "Verdict", "decide"]


@dataclass(frozen=True, slots=True)
class MatchingProfile:
    """The settings of a region.

    ``address_match``: whether a shared address makes a household match at all (D13).
    ``unrelated_youths_per_address``: with more unrelated families than this at one address it stops
    counting. ``largest_group``: a group is not merged beyond this many signals.
    """

    address_match: bool = True
    unrelated_youths_per_address: int = 4
    largest_group: int = 60


def decide(
    records: Iterable[MatchRecord],
    *,
    verdicts: Iterable[Verdict] = (),
    excluded: frozenset[str] = frozenset(),
    model: Model,
    profile: MatchingProfile,
) -> Decision:
    """Decide a whole closure; the same answer for the same input in any order.

    ``excluded`` holds the address forms of this closure that are in the excluded-address register.
    """
    closure = Records(records)
    words = Verdicts(verdicts)
    scales = Scales(closure, words, model, profile.largest_group)
    grouping = Grouping(closure.youths, scales, words)
    doubts = grouping.doubts()
    households = Households(closure, grouping.groups, excluded, profile, model)
    doubtful = {(doubt.first, doubt.second) for doubt in doubts}
    matches = (
        *_person_matches(grouping.merges, scales),
        *households.matches(pair for pair in combinations(grouping.groups, 2) if pair not in doubtful),
    )
    return Decision(
        groups=grouping.groups,
        matches=tuple(sorted(matches, key=lambda match: (match.first, match.second, match.kind))),
        possible=tuple(_possible_pair(doubt, scales) for doubt in doubts),
    )


def _person_matches(merges: Iterable[Merge], scales: Scales) -> Iterator[DecidedMatch]:
    for merge in merges:
        for one, other in product(merge.first, merge.second):
            yield _person_match(one, other, merge, scales)


def _person_match(one: str, other: str, merge: Merge, scales: Scales) -> DecidedMatch:
    """A pair that matches by itself rests on itself; another on all that brought it together."""
    alone = scales.weigh((one,), (other,))
    carries_itself = alone.outcome is Outcome.MATCH
    return DecidedMatch(
        kind=MatchKind.PERSON,
        first=min(one, other),
        second=max(one, other),
        basis=frozenset(),
        rests_on=frozenset((one, other)) if carries_itself else frozenset(merge.first + merge.second),
        explanation=alone.explanation if carries_itself else merge.explanation,
    )


def _possible_pair(doubt: Merge, scales: Scales) -> PossiblePair:
    """The two signals of two doubtful groups that come closest to each other."""
    edges = [pair for pair in product(doubt.first, doubt.second) if scales.is_edge(*pair)]
    one, other = min(edges, key=lambda pair: (-scales.score(*pair), pair))
    return PossiblePair(first=min(one, other), second=max(one, other), explanation=doubt.explanation)
