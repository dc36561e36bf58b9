"""Pairs of records compared once, however often a decision asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations

from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.fold import MatchRecord
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.keys import MatchKey, match_keys
from chalicelib.matching.levels import Field, Level

Pair = tuple[str, str]
"""Two signal ids, the lower first."""


class Records:
    """The records of one closure, the pairs that share a key, and the evidence between any two."""

    def __init__(self, records: Iterable[MatchRecord]) -> None:
        self.youths: dict[str, FoldedYouth] = {
            record.signal_id: record.youth for record in sorted(records, key=_signal_id)
        }
        self._evidence: dict[Pair, Mapping[Field, Level]] = {}

    def pairs_that_share_a_key(
        self, keys: Callable[[FoldedYouth], frozenset[MatchKey]] = match_keys
    ) -> tuple[Pair, ...]:
        """Every pair that storage would bring together, in order."""
        blocks: defaultdict[MatchKey, list[str]] = defaultdict(list)
        for signal, youth in self.youths.items():
            for key in keys(youth):
                blocks[key].append(signal)
        return tuple(sorted({pair for block in blocks.values() for pair in combinations(block, 2)}))

    def evidence(self, one: str, other: str) -> Mapping[Field, Level]:
        """The evidence between two records, by their ids."""
        pair = ordered(one, other)
        known = self._evidence.get(pair)
        if known is None:
            known = self._evidence[pair] = pair_evidence(self.youths[pair[0]], self.youths[pair[1]])
        return known

    def evidence_between(
        self, first: Iterable[str], second: Iterable[str]
    ) -> Iterator[Mapping[Field, Level]]:
        """The evidence of every pair between two groups."""
        others = tuple(second)
        return (self.evidence(one, other) for one in first for other in others)


def ordered(one: str, other: str) -> Pair:
    """A pair in order."""
    return (one, other) if one < other else (other, one)


def _signal_id(record: MatchRecord) -> str:
    return record.signal_id
