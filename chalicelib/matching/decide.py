"""From a closure of signals to groups, matches and doubts (D11 to D13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from chalicelib.matching.decision import DecidedMatch, Decision, MatchKind, Outcome, PossiblePair
from chalicelib.matching.fold import MatchRecord
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.groups import Grouping
from chalicelib.matching.homes import Homes
from chalicelib.matching.households import Households
from chalicelib.matching.merges import Group, Merge, Scales
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Compared, Records, ordered
from chalicelib.matching.two_children import are_two_children
from chalicelib.matching.verdicts import Verdict, Verdicts
from chalicelib.matching.weigh import explain

__all__ = ["MatchingProfile", "Verdict", "decide"]


@dataclass(frozen=True, slots=True)
class MatchingProfile:
    """The settings of a region.

    ``address_match``: whether a shared address counts for a household match at all (D13).
    ``address_alone``: whether it makes one by itself (D12), or only beside a surname or a parent's name.
    ``unrelated_youths_per_address``: with more unrelated families than this at one address it stops
    counting; with more than ``families_of_one_home`` it makes no match by itself. ``largest_group``: a
    group is not merged beyond this many signals.
    """

    address_match: bool = True
    unrelated_youths_per_address: int = 4
    largest_group: int = 60
    address_alone: bool = True
    families_of_one_home: int = 2


def decide(
    records: Iterable[MatchRecord],
    *,
    verdicts: Iterable[Verdict] = (),
    excluded: frozenset[str] = frozenset(),
    around: Iterable[FoldedYouth] = (),
    compared: Compared = MappingProxyType({}),
    model: Model,
    profile: MatchingProfile,
) -> Decision:
    """Decide a whole closure; the same answer for the same input in any order.

    ``excluded`` holds the address forms of this closure that are in the excluded-address register. ``around``
    are youths who are not decided on and count among the families at an address (D13). Pairs in ``compared``,
    of these records as they are, are not compared again.
    """
    closure = Records(records, compared)
    words = Verdicts(verdicts)
    scales = Scales(closure, words, model, profile.largest_group)
    grouping = Grouping(closure.youths, scales, words, model.margin)
    doubts = grouping.doubts()

    def told_apart(first: Group, second: Group) -> bool:
        merge = scales.weigh(first, second)
        return scales.are_apart(merge) and are_two_children(merge, closure.youths)

    households = Households(
        closure,
        grouping.groups,
        excluded,
        profile,
        model,
        homes=Homes(closure.youths.values(), around),
        told_apart=told_apart,
    )
    doubtful = {(doubt.first, doubt.second) for doubt in doubts}
    matches = [
        *(match for merge in grouping.merges for match in _person_matches(merge, scales, model)),
        *(
            match
            for pair in households.pairs()
            if pair not in doubtful and told_apart(*pair)
            for match in households.matches(*pair)
        ),
    ]
    return Decision(
        groups=grouping.groups,
        matches=tuple(sorted(matches, key=lambda match: (match.first, match.second, match.kind))),
        possible=tuple(_possible_pair(doubt, scales, model) for doubt in doubts),
    )


def _person_matches(merge: Merge, scales: Scales, model: Model) -> Iterator[DecidedMatch]:
    """A pair that matches by itself rests on itself; another on all that brought it together."""
    for one, other in product(merge.first, merge.second):
        alone = scales.weigh((one,), (other,))
        carries_itself = alone.outcome is Outcome.MATCH
        bearer = alone if carries_itself else merge
        first, second = ordered(one, other)
        yield DecidedMatch(
            kind=MatchKind.PERSON,
            first=first,
            second=second,
            basis=frozenset(),
            rests_on=frozenset((one, other)) if carries_itself else frozenset(merge.first + merge.second),
            explanation=explain(bearer.evidence, model, bearer.rule),
        )


def _possible_pair(doubt: Merge, scales: Scales, model: Model) -> PossiblePair:
    """The two signals of two doubtful groups that come closest to each other."""
    edges = [pair for pair in product(doubt.first, doubt.second) if ordered(*pair) in scales.edges]
    one, other = min(edges, key=lambda pair: (-scales.score(*pair), pair))
    first, second = ordered(one, other)
    return PossiblePair(first=first, second=second, explanation=explain(doubt.evidence, model, doubt.rule))
