"""A large index that fits in memory: key hashes in sorted arrays, signals read from disk when needed.

Half a gigabyte at a million signals, where the plain index of the judge needs many.
"""

from __future__ import annotations

import json
from array import array
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.index import Index
from benchmarks.schema import youth_of
from chalicelib.matching import (
    FoldedYouth,
    MatchingProfile,
    MatchKey,
    MatchRecord,
    Model,
    fold,
    lookup_keys,
    match_keys,
    related,
)

_MASK: Final = (1 << 64) - 1


class StoredSignals:
    """The signals of a file by their place in it, and by the keys they share."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets = array("Q")
        hashes, owners = array("Q"), array("I")
        with path.open("rb") as lines:
            offset = 0
            for place, line in enumerate(lines):
                self._offsets.append(offset)
                offset += len(line)
                for key in match_keys(fold(youth_of(json.loads(line)))):
                    hashes.append(_hashed(key))
                    owners.append(place)
        self._numbers = import_module("numpy")
        order = self._numbers.argsort(self._numbers.frombuffer(hashes, dtype="u8"), kind="stable")
        self._hashes: Any = self._numbers.frombuffer(hashes, dtype="u8")[order]
        self._owners: Any = self._numbers.frombuffer(owners, dtype="u4")[order]
        self.record = lru_cache(maxsize=100_000)(self._read)

    def __len__(self) -> int:
        return len(self._offsets)

    def candidates(self, youth: FoldedYouth, before: int) -> set[int]:
        """The places of the signals that share a key with ``youth`` and came before a place."""
        wanted = self._numbers.fromiter(map(_hashed, lookup_keys(youth)), dtype="u8")
        starts = self._numbers.searchsorted(self._hashes, wanted, "left")
        ends = self._numbers.searchsorted(self._hashes, wanted, "right")
        return {
            int(place)
            for start, end in zip(starts, ends, strict=True)
            for place in self._owners[start:end]
            if place < before
        }

    def surroundings(self, place: int, model: Model) -> set[int]:
        """All before a signal that deciding on it could touch: candidates of its person and its homes."""
        touched: set[int] = set()
        homes = self._walk({place}, touched, model, place)
        self._walk(homes, touched, model, place)
        return touched

    def index_around(self, place: int, model: Model, excluded: frozenset[str]) -> Index:
        """The judge's index of those surroundings, in the order of the file."""
        index = Index(model, MatchingProfile(), excluded)
        for other in sorted(self.surroundings(place, model)):
            record = self.record(other)
            index.add(record, index.candidates(record.youth))
        return index

    def _walk(self, start: set[int], touched: set[int], model: Model, before: int) -> set[int]:
        """Follow the edges between signals of one person; gives the signals of their households."""
        reached, waiting, homes = set(start), list(start), set[int]()
        while waiting:
            place = waiting.pop()
            youth = self.record(place).youth
            for other in self.candidates(youth, before) - {place}:
                touched.add(other)
                relation = related(youth, self.record(other).youth, model)
                if relation.person and other not in reached:
                    reached.add(other)
                    waiting.append(other)
                if relation.household:
                    homes.add(other)
        return homes

    def _read(self, place: int) -> MatchRecord:
        with self._path.open("rb") as lines:
            lines.seek(self._offsets[place])
            record = json.loads(lines.readline())
        return MatchRecord(str(record["signal_id"]), fold(youth_of(record)))


def _hashed(key: MatchKey) -> int:
    return hash(key) & _MASK
