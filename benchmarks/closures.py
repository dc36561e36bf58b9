"""How many signals hang together with one, as the index grows: ``python -m benchmarks.closures``.

A reconcile reads all signals that may be about the same youth, those of the same households, and all that
may be about the same youths as these. Beyond 400 it gives up (``ClosureTooLarge``), so what hangs together
must not grow with the region.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from benchmarks.schema import youth_of
from chalicelib.matches.closure_reader import LARGEST_CLOSURE
from chalicelib.matching import FoldedYouth, Model, default_model, fold, lookup_keys, match_keys, related

_IN_MEMORY: Final = 200_000


class Region:
    """The signals of a file, found by their keys; records are read again when they are looked at."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = 0
        self._offsets: list[int] = []
        self._blocks: defaultdict[int, list[int]] = defaultdict(list)
        self.youth = lru_cache(_IN_MEMORY)(self._read)

    def grow(self, size: int) -> bool:
        """Index signals until there are so many; False when the file has no more."""
        with self._path.open("rb") as file:
            file.seek(self._next)
            while len(self._offsets) < size and (line := file.readline()):
                for key in match_keys(fold(youth_of(json.loads(line)))):
                    self._blocks[hash(key)].append(len(self._offsets))
                self._offsets.append(self._next)
                self._next += len(line)
        return len(self._offsets) >= size

    @property
    def size(self) -> int:
        """How many signals are indexed."""
        return len(self._offsets)

    def candidates(self, signal: int) -> set[int]:
        """The others that share a key that is looked up."""
        keys = map(hash, lookup_keys(self.youth(signal)))
        return {other for key in keys for other in self._blocks.get(key, ())} - {signal}

    def _read(self, signal: int) -> FoldedYouth:
        with self._path.open("rb") as file:
            file.seek(self._offsets[signal])
            return fold(youth_of(json.loads(file.readline())))


class Walker:
    """Walks as a reconcile does, by one model."""

    def __init__(self, region: Region, model: Model) -> None:
        self._region = region
        self._model = model
        self._edges: dict[int, tuple[list[int], list[int]]] = {}

    def closure(self, signal: int) -> int:
        """How many signals are read; more than the largest closure when the walk was given up."""
        own = self._walk({signal})
        if len(own) > LARGEST_CLOSURE:
            return len(own)
        return len(own | self._walk({other for one in own for other in self._edges_of(one)[1]}))

    def _walk(self, seeds: Iterable[int]) -> set[int]:
        reached = set(seeds)
        waiting = list(reached)
        while waiting and len(reached) <= LARGEST_CLOSURE:
            for other in self._edges_of(waiting.pop())[0]:
                if other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached

    def _edges_of(self, signal: int) -> tuple[list[int], list[int]]:
        if signal not in self._edges:
            mine = self._region.youth(signal)
            found = [
                (other, related(mine, self._region.youth(other), self._model))
                for other in self._region.candidates(signal)
            ]
            persons = [other for other, relation in found if relation.person]
            self._edges[signal] = persons, [other for other, relation in found if relation.household]
        return self._edges[signal]


def main() -> None:
    """Print the rows of the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.closures", description=__doc__)
    parser.add_argument("--signals", type=Path, required=True, help="signals.jsonl that the generator wrote")
    parser.add_argument("--sizes", type=int, nargs="+", default=[30_000, 100_000, 300_000, 1_000_000])
    parser.add_argument("--sample", type=int, default=300)
    options = parser.parse_args()
    region = Region(options.signals)
    print("| signals | doubts ask for | median | p90 | p99 | more than 400 |\n|---|---|---|---|---|---|")
    for size in options.sizes:
        if not region.grow(size):
            break
        sample = random.Random(5).sample(range(region.size), options.sample)  # noqa: S311 - a fixed sample
        plain, scaled = default_model(), default_model().at_scale(region.size)
        for model in [scaled] if scaled.possible_threshold == plain.possible_threshold else [plain, scaled]:
            walker = Walker(region, model)
            print(row(region.size, model, sorted(walker.closure(signal) for signal in sample)), flush=True)


def row(size: int, model: Model, closures: Sequence[int]) -> str:
    """One row; ``closures`` sorted."""
    shown = [closures[int(len(closures) * share)] for share in (0.5, 0.9, 0.99)]
    told = [str(one) if one <= LARGEST_CLOSURE else f"> {LARGEST_CLOSURE}" for one in shown]
    beyond = sum(one > LARGEST_CLOSURE for one in closures)
    cells = (f"{size:,}", f"{model.possible_threshold:.2f} bits", *told, f"{beyond} of {len(closures)}")
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
