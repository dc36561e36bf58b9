"""Recall and candidates of the match keys: ``python -m benchmarks.keys --truth DIR [--sample 20000]``."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.schema import read_signals
from benchmarks.score import read_lines
from chalicelib.matching import (
    FoldedYouth,
    MatchKey,
    fold,
    household_keys,
    lookup_keys,
    match_keys,
    person_keys,
)

Blocks = dict[MatchKey, list[int]]


def main() -> None:
    """Print the figures of one region."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.keys", description=__doc__)
    parser.add_argument("--truth", type=Path, required=True, help="a folder that the generator wrote")
    parser.add_argument("--sample", type=int, default=20_000, help="how many look-ups to count")
    arguments = parser.parse_args()
    persons = [row["person_id"] for row in read_lines(arguments.truth / "truth_signals.jsonl")]
    youths = [fold(youth) for _, youth in read_signals(arguments.truth / "signals.jsonl")]
    print(json.dumps(measure(youths, persons, arguments.sample), indent=1))


def measure(youths: list[FoldedYouth], persons: list[str], sample: int) -> dict[str, Any]:
    """Recall over pairs and over signals that have an earlier one; candidates of a sample of look-ups."""
    blocks: defaultdict[MatchKey, list[int]] = defaultdict(list)
    for index, youth in enumerate(youths):
        for key in match_keys(youth):
            blocks[key].append(index)
    counts = sorted(
        _candidates(youths[index], blocks)
        for index in Random(1).sample(range(len(youths)), min(sample, len(youths)))  # noqa: S311 - a sample
    )
    return {
        "signals": len(youths),
        **_recall(youths, persons),
        "candidates_mean": round(sum(counts) / len(counts), 2),
        "candidates_p50": counts[len(counts) // 2],
        "candidates_p99": counts[int(len(counts) * 0.99)],
        "person_keys_mean": round(sum(len(person_keys(youth)) for youth in youths) / len(youths), 2),
        "household_keys_mean": round(sum(len(household_keys(youth)) for youth in youths) / len(youths), 2),
        "largest_block": max(len(block) for block in blocks.values()),
    }


def _candidates(youth: FoldedYouth, blocks: Blocks) -> int:
    return len({index for key in lookup_keys(youth) for index in blocks.get(key, ())}) - 1


def _recall(youths: list[FoldedYouth], persons: list[str]) -> dict[str, float]:
    together: defaultdict[str, list[int]] = defaultdict(list)
    for index, person in enumerate(persons):
        together[person].append(index)
    pairs = found = 0
    later: set[int] = set()
    reached: set[int] = set()
    for members in together.values():
        for one, other in combinations(members, 2):
            pairs += 1
            later.add(other)
            if match_keys(youths[one]) & lookup_keys(youths[other]):
                found += 1
                reached.add(other)
    return {
        "pairs_found": round(found / max(1, pairs), 4),
        "signals_found": round(len(reached) / max(1, len(later)), 4),
    }


if __name__ == "__main__":
    main()
