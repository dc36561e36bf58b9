"""Pairs of records compared once, however often a decision asks for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.fold import MatchRecord
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.keys import MatchKey, household_keys, person_keys
from chalicelib.matching.levels import Field, Level

Pair = tuple[str, str]
"""Two signal ids, the lower first."""
Compared = Mapping[Pair, Mapping[Field, Level]]
"""The evidence of pairs that were compared before."""


class Records:
    """The records of one closure, the pairs that share a key, and the evidence between any two."""

    def __init__(self, records: Iterable[MatchRecord], compared: Compared) -> None:
        self.youths: dict[str, FoldedYouth] = {
            record.signal_id: record.youth for record in sorted(records, key=_signal_id)
        }
        self._household_keys = {signal: household_keys(youth) for signal, youth in self.youths.items()}
        self._compared = compared
        self._evidence: dict[Pair, Mapping[Field, Level]] = {}

    def pairs_that_share_a_key(self) -> tuple[Pair, ...]:
        """Every pair that storage would bring together, in order."""
        return _sharing(
            {signal: keys | person_keys(self.youths[signal]) for signal, keys in self._household_keys.items()}
        )

    def pairs_that_share_a_household_key(self) -> tuple[Pair, ...]:
        """Those of them that a parent, a family's address or an address brings together, in order."""
        return _sharing(self._household_keys)

    def evidence(self, one: str, other: str) -> Mapping[Field, Level]:
        """The evidence between two records, by their ids."""
        pair = ordered(one, other)
        known = self._evidence.get(pair) or self._compared.get(pair)
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


def _sharing(keys: Mapping[str, frozenset[MatchKey]]) -> tuple[Pair, ...]:
    blocks: defaultdict[MatchKey, list[str]] = defaultdict(list)
    for signal, held in keys.items():
        for key in held:
            blocks[key].append(signal)
    shared = (block for block in blocks.values() if len(block) > 1)
    return tuple(sorted({pair for block in shared for pair in combinations(block, 2)}))


def _signal_id(record: MatchRecord) -> str:
    return record.signal_id
