"""``make simulate-emulator RUNS=300``: the same stories over the real repositories, in the embedded AWS."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from queue import Queue

from infra.emulator import Emulator
from infra.isolation import enter_local
from infra.stages import LOCAL_STAGE, stage_named
from tests.simulation.running import Outcome, run
from tests.simulation.tables import Account, OverTables

_accounts: list[Account] = []
"""The one account of this process, once it has entered it."""


def main() -> int:
    """Run what the command line asks for, every process with an embedded AWS of its own."""
    arguments = _arguments()
    seeds = range(arguments.first, arguments.first + arguments.runs)
    if arguments.seed is not None:
        seeds = range(arguments.seed, arguments.seed + 1)
    started, broken = time.monotonic(), 0
    with ExitStack() as running:
        urls: Queue[str] = multiprocessing.Manager().Queue()
        for _ in range(arguments.processes):
            home = Path(running.enter_context(tempfile.TemporaryDirectory()))
            urls.put(running.enter_context(Emulator(region=stage_named(LOCAL_STAGE).region, home=home)).url)
        pool = running.enter_context(
            multiprocessing.get_context("spawn").Pool(arguments.processes, _enter, (urls,))
        )
        for outcome in pool.imap_unordered(over_tables, seeds):
            broken += bool(outcome.broken)
            _tell(outcome, everything=arguments.seed is not None)
    print(f"{len(seeds)} runs in {time.monotonic() - started:.0f} s by {arguments.processes} processes")
    print(f"runs with a broken promise: {broken}")
    return 1 if broken else 0


def over_tables(seed: int) -> Outcome:
    """The story of a seed over the tables of this process."""
    return run(seed, ground=lambda clock: OverTables(_accounts[0], clock))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make simulate-emulator", description=__doc__)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--seed", type=int, help="one run, its story told")
    return parser.parse_args()


def _enter(urls: Queue[str]) -> None:
    enter_local(endpoint=urls.get(), region=stage_named(LOCAL_STAGE).region)
    _accounts.append(Account())


def _tell(outcome: Outcome, *, everything: bool) -> None:
    if outcome.broken or everything:
        print(f"seed {outcome.seed}, {outcome.weather}", *outcome.story, sep="\n")
    for one in outcome.broken:
        print(f"BROKEN: {one}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
