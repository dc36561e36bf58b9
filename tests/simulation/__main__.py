"""``make simulate RUNS=20000`` runs many stories; ``make simulate SEED=4711`` tells one, step by step."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from multiprocessing import Pool

from tests.simulation.running import Outcome, run
from tests.simulation.story import story_of

AT_ONCE = 50
SHOWN = 5


def main() -> int:
    """Run what the command line asks for; answers 1 when a promise was broken."""
    arguments = _arguments()
    without = frozenset(int(one) for one in arguments.without.split(",") if one)
    if arguments.seed is not None:
        return _tell(arguments.seed, without)
    return _many(range(arguments.first, arguments.first + arguments.runs), arguments.processes)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, help="one run, every operation of it printed")
    parser.add_argument("--without", default="", help="steps of that run to leave out: 2,3,7")
    return parser.parse_args()


def _many(seeds: range, processes: int) -> int:
    started = time.monotonic()
    weathers: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    failed: list[Outcome] = []
    parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
    with Pool(processes) as pool:
        for outcomes in pool.imap_unordered(_some, parts):
            for outcome in outcomes:
                weathers[outcome.weather] += 1
                counts.update(outcome.counts)
                if outcome.broken:
                    failed.append(outcome)
    for outcome in sorted(failed, key=lambda one: one.seed)[:SHOWN]:
        print(story(outcome))
    print(
        f"{len(seeds)} runs in {time.monotonic() - started:.0f} s by {processes} processes: {dict(weathers)}"
    )
    print(f"what went wrong on purpose: {dict(counts.most_common())}")
    print(f"runs with a broken promise: {len(failed)} {[one.seed for one in failed][:20]}")
    return 1 if failed else 0


def _some(seeds: Iterable[int]) -> list[Outcome]:
    return [run(seed) for seed in seeds]


def _tell(seed: int, without: frozenset[int]) -> int:
    outcome = run(seed, without=without, trace=print)
    print(story(outcome))
    return 1 if outcome.broken else 0


def story(outcome: Outcome) -> str:
    """A failing run as a short story: only the steps that it takes to fail."""
    if outcome.broken:
        without = shortened(outcome.seed)
        outcome = run(outcome.seed, without=without)
        again = f"make simulate SEED={outcome.seed} WITHOUT={','.join(map(str, sorted(without)))}"
    else:
        again = f"make simulate SEED={outcome.seed}"
    lines = [f"seed {outcome.seed}, {outcome.weather} ({again})", *outcome.story]
    return "\n".join([*lines, *(f"BROKEN: {one}" for one in outcome.broken), ""])


def shortened(seed: int) -> frozenset[int]:
    """The steps that can be left out while some promise stays broken."""
    left_out: frozenset[int] = frozenset()
    for place in reversed(range(len(story_of(seed).steps))):
        if run(seed, without=left_out | {place}).broken:
            left_out |= {place}
    return left_out


if __name__ == "__main__":
    sys.exit(main())
