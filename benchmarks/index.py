"""An in-memory index of signals by match key, with the edges between them: storage for benchmarks."""

from __future__ import annotations

from collections import defaultdict

from chalicelib.matching import (
    Decision,
    Evidence,
    FoldedYouth,
    MatchingProfile,
    MatchKey,
    MatchRecord,
    Model,
    Pair,
    decide,
    lookup_keys,
    match_keys,
    ordered,
    related,
)


class Index:
    """Signals that came before, found by the keys they share and the edges already walked."""

    def __init__(self, model: Model, profile: MatchingProfile, excluded: frozenset[str]) -> None:
        self._model = model
        self._profile = profile
        self._excluded = excluded
        self._blocks: defaultdict[MatchKey, list[str]] = defaultdict(list)
        self._records: dict[str, MatchRecord] = {}
        self._persons: dict[str, list[str]] = {}
        self._households: dict[str, list[str]] = {}
        self._compared: dict[Pair, Evidence] = {}

    def candidates(self, youth: FoldedYouth) -> set[str]:
        """The signals that share a key with ``youth``."""
        return {signal for key in lookup_keys(youth) for signal in self._blocks.get(key, ())}

    def add(self, record: MatchRecord, candidates: set[str]) -> None:
        """Compare with the candidates and remember the edges, both ways."""
        persons, households = [], []
        for candidate in candidates:
            relation = related(record.youth, self._records[candidate].youth, self._model)
            if relation.person or relation.household:
                self._compared[ordered(candidate, record.signal_id)] = relation.evidence
            if relation.person:
                persons.append(candidate)
                self._persons[candidate].append(record.signal_id)
            if relation.household:
                households.append(candidate)
                self._households[candidate].append(record.signal_id)
        self._persons[record.signal_id] = persons
        self._households[record.signal_id] = households
        self._records[record.signal_id] = record
        for key in match_keys(record.youth):
            self._blocks[key].append(record.signal_id)

    def decide(self, signal_id: str, model: Model | None = None) -> Decision:
        """Decide the closure of a signal: its person, the households of that, and their persons.

        Another ``model`` than the index's may set other thresholds for a match, not for a doubt: edges stay.
        """
        own = self._walk({signal_id})
        neighbours = {other for signal in own for other in self._households[signal]}
        closure = own | self._walk(neighbours)
        return decide(
            (self._records[signal] for signal in closure),
            excluded=self._excluded,
            compared=self._compared,
            model=model or self._model,
            profile=self._profile,
        )

    def _walk(self, start: set[str]) -> set[str]:
        reached, waiting = set(start), list(start)
        while waiting:
            for other in self._persons[waiting.pop()]:
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached
