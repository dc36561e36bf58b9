"""Pairs of records compared once, however often a decision asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.fold import FoldedYouth, MatchRecord
from chalicelib.matching.keys import MatchKey, person_keys
from chalicelib.matching.levels import Field, Level


class Records:
    """The records of one closure with their keys and the evidence between them, made when asked for."""

    def __init__(self, records: Iterable[MatchRecord]) -> None:
        self.youths: dict[str, FoldedYouth] = {
            record.signal_id: record.youth for record in sorted(records, key=_signal_id)
        }
        self._keys: dict[str, frozenset[MatchKey]] = {}
        self._evidence: dict[tuple[str, str], Mapping[Field, Level]] = {}

    def share_key(self, one: str, other: str) -> bool:
        """Whether two records share a person key; if not, no storage would bring them together."""
        return not self._keys_of(one).isdisjoint(self._keys_of(other))

    def evidence(self, one: str, other: str) -> Mapping[Field, Level]:
        """The evidence between two records, by their ids."""
        pair = (one, other) if one < other else (other, one)
        known = self._evidence.get(pair)
        if known is None:
            known = self._evidence[pair] = pair_evidence(self.youths[pair[0]], self.youths[pair[1]])
        return known

    def _keys_of(self, signal_id: str) -> frozenset[MatchKey]:
        if signal_id not in self._keys:
            self._keys[signal_id] = person_keys(self.youths[signal_id])
        return self._keys[signal_id]


def _signal_id(record: MatchRecord) -> str:
    return record.signal_id
