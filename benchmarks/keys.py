"""Recall and candidates of the match keys: ``python -m benchmarks.keys --truth DIR [--sample 20000]``.

Keys are kept as hashes in arrays, so that a million signals fit in two gigabytes.
"""

from __future__ import annotations

import argparse
import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final

from benchmarks.schema import read_signals
from chalicelib.matching import FoldedYouth, MatchKey, fold, household_keys, lookup_keys, person_keys

SAMPLE: Final = 20_000
_MASK: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """What the keys of a region find and cost.

    ``pairs_found``: the share of the pairs of signals about one child that share a key; ``signals_found``:
    the share of the signals with an earlier one that share a key with any such. Candidates are of a sample.
    """

    signals: int
    pairs_found: float
    signals_found: float
    candidates_mean: float
    candidates_p50: int
    candidates_p99: int
    person_keys_mean: float
    household_keys_mean: float
    largest_block: int


class Hashes:
    """A set of hashes for each signal, one after another in one array."""

    def __init__(self) -> None:
        self._values = array("Q")
        self._ends = array("Q", [0])

    def add(self, keys: Iterable[MatchKey]) -> None:
        """Those of the next signal."""
        self._values.extend(hash(key) & _MASK for key in keys)
        self._ends.append(len(self._values))

    def __getitem__(self, signal: int) -> frozenset[int]:
        return frozenset(self._values[self._ends[signal] : self._ends[signal + 1]])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def owned(self) -> Iterator[tuple[int, int]]:
        """Every hash with the signal that has it."""
        for signal in range(len(self)):
            for value in self._values[self._ends[signal] : self._ends[signal + 1]]:
                yield value, signal

    def largest_block(self) -> int:
        """How many signals have the same hash, at most."""
        return max(Counter(self._values).values(), default=0)


def main() -> None:
    """Print the figures of one region."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keys", description=__doc__)
    parser.add_argument("--truth", type=Path, required=True, help="a folder that the generator wrote")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many look-ups to count")
    arguments = parser.parse_args()
    print(json.dumps(asdict(measure_region(arguments.truth, arguments.sample)), indent=1))


def measure_region(folder: Path, sample: int = SAMPLE) -> KeyFigures:
    """The figures of a region on disk."""
    with (folder / "truth_signals.jsonl").open(encoding="utf-8") as lines:
        persons = [str(json.loads(line)["person_id"]) for line in lines]
    return measure((fold(youth) for _, youth in read_signals(folder / "signals.jsonl")), persons, sample)


def measure(youths: Iterable[FoldedYouth], persons: Sequence[str], sample: int) -> KeyFigures:
    """The figures of youths, the signals about them in order, and who each is in truth."""
    stored, looked_up = Hashes(), Hashes()
    of_persons = of_households = 0
    for youth in youths:
        own, household = person_keys(youth), household_keys(youth)
        of_persons += len(own)
        of_households += len(household)
        stored.add(own | household)
        looked_up.add(lookup_keys(youth))
    chosen = Random(1).sample(range(len(stored)), min(sample, len(stored)))  # noqa: S311 - a sample
    counts = _candidates(chosen, stored, looked_up)
    pairs_found, signals_found = _recall(persons, stored, looked_up)
    return KeyFigures(
        signals=len(stored),
        pairs_found=pairs_found,
        signals_found=signals_found,
        candidates_mean=round(sum(counts) / len(counts), 2),
        candidates_p50=counts[len(counts) // 2],
        candidates_p99=counts[int(len(counts) * 0.99)],
        person_keys_mean=round(of_persons / len(stored), 2),
        household_keys_mean=round(of_households / len(stored), 2),
        largest_block=stored.largest_block(),
    )


def _candidates(chosen: Sequence[int], stored: Hashes, looked_up: Hashes) -> list[int]:
    """How many others each of the chosen finds in the whole region, sorted."""
    blocks: dict[int, list[int]] = {value: [] for signal in chosen for value in looked_up[signal]}
    for value, signal in stored.owned():
        if value in blocks:
            blocks[value].append(signal)
    return sorted(
        len({other for value in looked_up[signal] for other in blocks[value]} - {signal}) for signal in chosen
    )


def _recall(persons: Sequence[str], stored: Hashes, looked_up: Hashes) -> tuple[float, float]:
    """The shares of the pairs, and of the signals with an earlier one, that share a key."""
    together: defaultdict[str, list[int]] = defaultdict(list)
    for signal, person in enumerate(persons):
        together[person].append(signal)
    pairs = found = 0
    later: set[int] = set()
    reached: set[int] = set()
    for members in together.values():
        for one, other in combinations(members, 2):
            pairs += 1
            later.add(other)
            if not stored[one].isdisjoint(looked_up[other]):
                found += 1
                reached.add(other)
    return round(found / max(1, pairs), 4), round(len(reached) / max(1, len(later)), 4)


if __name__ == "__main__":
    main()
