"""Signals joined to persons: one deterministic function over a closure."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.matching.decision import Outcome
from chalicelib.matching.merges import Group, Merge, Scales
from chalicelib.matching.verdicts import Verdicts
from chalicelib.matching.weigh import Rule


class Grouping:
    """Groups of signals about one person each.

    What people decided merges first; then, again and again, the two groups with the highest combined
    evidence, ties by lowest signal id, until no two reach the threshold without contradiction. A merge
    with a rival close behind, that contradicts it, is a doubt. ``persons`` are groups that stand already.
    """

    def __init__(
        self,
        signals: Iterable[str],
        scales: Scales,
        verdicts: Verdicts,
        margin: float,
        *,
        persons: Iterable[Group] = (),
    ) -> None:
        self._scales = scales
        self._margin = margin
        self._group_of: dict[str, Group] = {signal: (signal,) for signal in signals}
        self._group_of.update({signal: group for group in persons for signal in group})
        self._linked = {pair for group in set(self._group_of.values()) for pair in self._pairs_of(group)}
        self._weighed: dict[tuple[Group, Group], Merge] = {}
        self.merges: list[Merge] = []
        for one, other in verdicts.same:
            self._merge_by_verdict(one, other)
        while (best := self._best()) is not None:
            self._apply(best)

    @property
    def groups(self) -> tuple[Group, ...]:
        """Every signal in exactly one group, members sorted, groups sorted."""
        return tuple(sorted(set(self._group_of.values())))

    def doubts(self) -> tuple[Merge, ...]:
        """The pairs of remaining groups that may be one person."""
        return tuple(merge for merge in self._linked_merges() if merge.outcome is not Outcome.NO)

    def _best(self) -> Merge | None:
        claims = [merge for merge in self._linked_merges() if _is_claim(merge)]
        claims.sort(key=lambda merge: (-merge.score, merge.first, merge.second))
        wanted = (merge for merge in claims if merge.outcome is Outcome.MATCH)
        return next((merge for merge in wanted if not self._has_rival(merge, claims)), None)

    def _has_rival(self, merge: Merge, claims: list[Merge]) -> bool:
        """Whether another merge comes close, with a group that is certainly another person.

        One that was doubted for its own rival is a rival still, whatever merged in between: else what
        has nothing to do with them would decide between the two.
        """
        for rival in claims:
            if rival is merge or rival.score < merge.score - self._margin:
                continue
            shared = {merge.first, merge.second} & {rival.first, rival.second}
            if shared:
                (one,) = {merge.first, merge.second} - shared
                (other,) = {rival.first, rival.second} - shared
                if self._scales.exclude_each_other(self._weigh(one, other)):
                    self._weighed[merge.first, merge.second] = merge.doubted(Rule.RIVAL)
                    return True
        return False

    def _linked_merges(self) -> list[Merge]:
        """Every two groups with an edge between them, weighed, in order."""
        return [self._weigh(first, second) for first, second in sorted(self._linked)]

    def _pairs_of(self, group: Group) -> set[tuple[Group, Group]]:
        """A group with each of those it has an edge with."""
        others = {self._group_of[signal] for signal in self._scales.linked(group)}
        return {(min(group, other), max(group, other)) for other in others}

    def _weigh(self, one: Group, other: Group) -> Merge:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._weighed:
            self._weighed[pair] = self._scales.weigh(*pair)
        return self._weighed[pair]

    def _merge_by_verdict(self, one: str, other: str) -> None:
        if one not in self._group_of or other not in self._group_of:
            return
        first, second = sorted((self._group_of[one], self._group_of[other]))
        if first != second and not self._scales.is_forbidden(first, second):
            self._apply(self._scales.by_verdict(first, second))

    def _apply(self, merge: Merge) -> None:
        self.merges.append(merge)
        joined = tuple(sorted(merge.first + merge.second))
        self._group_of.update(dict.fromkeys(joined, joined))
        gone = {merge.first, merge.second}
        self._linked = {pair for pair in self._linked if gone.isdisjoint(pair)} | self._pairs_of(joined)


def _is_claim(merge: Merge) -> bool:
    """Whether the evidence for a merge is enough, were it not for a rival."""
    return merge.outcome is Outcome.MATCH or merge.rule is Rule.RIVAL
