"""Signals joined to persons: one deterministic function over a closure (matching.md, 4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from chalicelib.matching.decision import Outcome
from chalicelib.matching.merges import Merge, Scales
from chalicelib.matching.verdicts import Verdicts


class Grouping:
    """Groups of signals about one person each.

    What people decided merges first; then, again and again, the two groups with the highest combined
    evidence, ties by lowest signal id, until no two reach the threshold without contradiction.
    """

    def __init__(self, signals: Iterable[str], scales: Scales, verdicts: Verdicts) -> None:
        self._scales = scales
        self._weighed: dict[tuple[tuple[str, ...], tuple[str, ...]], Merge] = {}
        self._groups: dict[str, tuple[str, ...]] = {signal: (signal,) for signal in signals}
        self.merges: list[Merge] = []
        for one, other in verdicts.same:
            self._merge_by_verdict(one, other)
        while (best := self._best()) is not None:
            self._apply(best)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Every signal in exactly one group, members sorted, groups sorted."""
        return tuple(sorted(set(self._groups.values())))

    def doubts(self) -> tuple[Merge, ...]:
        """The pairs of remaining groups that may be one person."""
        return tuple(merge for merge in self._weigh_all() if merge.outcome is Outcome.POSSIBLE)

    def _best(self) -> Merge | None:
        wanted = (merge for merge in self._weigh_all() if merge.outcome is Outcome.MATCH)
        return min(wanted, key=lambda merge: (-merge.score, merge.first, merge.second), default=None)

    def _weigh_all(self) -> Iterator[Merge]:
        for pair in combinations(self.groups, 2):
            if pair not in self._weighed:
                self._weighed[pair] = self._scales.weigh(*pair)
            yield self._weighed[pair]

    def _merge_by_verdict(self, one: str, other: str) -> None:
        if one not in self._groups or other not in self._groups:
            return
        first, second = sorted((self._groups[one], self._groups[other]))
        if first != second and not self._scales.is_forbidden(first, second):
            self._apply(self._scales.by_verdict(first, second))

    def _apply(self, merge: Merge) -> None:
        self.merges.append(merge)
        joined = tuple(sorted(merge.first + merge.second))
        self._groups.update(dict.fromkeys(joined, joined))
