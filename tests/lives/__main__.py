"""``make lives RUNS=10000`` lives many lives; ``make lives SEED=4711`` tells one."""

from __future__ import annotations

import argparse
import os
import sys
import time
from multiprocessing import Pool

from tests.lives.life import live
from tests.simulation.running import Outcome

SHOWN = 5


def main() -> int:
    """Live what the command line asks for; answers 1 when a limit was passed."""
    parser = argparse.ArgumentParser(prog="make lives", description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, help="one life, its story told")
    parser.add_argument("--without", default="", help="steps of that life to leave out: 2,3,7")
    options = parser.parse_args()
    if options.seed is not None:
        without = frozenset(int(one) for one in options.without.split(",") if one)
        outcome = live(options.seed, without=without)
        print(told(outcome))
        return 1 if outcome.broken else 0
    return _many(range(options.first, options.first + options.runs), options.processes)


def _many(seeds: range, processes: int) -> int:
    started, lived = time.monotonic(), 0
    failed: list[Outcome] = []
    with Pool(processes) as pool:
        for outcome in pool.imap_unordered(live, seeds, chunksize=20):
            lived += 1
            if outcome.broken:
                failed.append(outcome)
    for outcome in sorted(failed, key=lambda one: one.seed)[:SHOWN]:
        print(told(outcome))
    print(f"{lived} lives in {time.monotonic() - started:.0f} s by {processes} processes")
    print(f"lives that passed a limit or left something: {len(failed)} {[one.seed for one in failed][:20]}")
    return 1 if failed else 0


def told(outcome: Outcome) -> str:
    """A life and what was wrong with it."""
    return "\n".join([f"seed {outcome.seed}", *outcome.story, *(f"BROKEN: {one}" for one in outcome.broken)])


if __name__ == "__main__":
    sys.exit(main())
