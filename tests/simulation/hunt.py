"""``make mutants``: how many runs it takes to notice each deliberate fault (docs/simulation.md)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from multiprocessing import Pool

from tests.simulation.mutants import MUTANTS
from tests.simulation.running import run
from tests.simulation.variant import Variant

MOST_RUNS = 10_000
"""Runs after which a fault counts as not noticed."""


def main() -> int:
    """Print the table; answers 1 when a fault was not noticed."""
    arguments = _arguments()
    wanted = [place for place, mutant in enumerate(MUTANTS) if arguments.only in mutant.name]
    missed = 0
    print("| mutant | runs |\n|---|---|")
    with Pool(arguments.processes) as pool:
        hunts = [(place, arguments.runs) for place in wanted]
        for place, runs in zip(wanted, pool.imap(_hunt, hunts), strict=True):
            missed += runs is None
            print(f"| {MUTANTS[place].name} | {runs or f'not in {arguments.runs}'} |", flush=True)
    return 1 if missed else 0


def runs_until_noticed(mutant: Variant, seeds: Iterable[int]) -> int | None:
    """How many of these seeds it takes until a promise breaks that holds without the fault, if any does."""
    noticed = (
        number
        for number, seed in enumerate(seeds, start=1)
        if run(seed, mutant).broken and not run(seed).broken
    )
    return next(noticed, None)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--runs", type=int, default=MOST_RUNS, help="runs per mutant, at most")
    parser.add_argument("--only", default="", help="those with this in their name")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args()


def _hunt(hunted: tuple[int, int]) -> int | None:
    place, runs = hunted
    return runs_until_noticed(MUTANTS[place], MUTANTS[place].seeds(runs))


if __name__ == "__main__":
    sys.exit(main())
