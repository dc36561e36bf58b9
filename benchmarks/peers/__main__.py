"""The core beside its peers: ``make bench-matching``, or ``python -m benchmarks.peers [--quick] [PART ...]``.

Parts: ``families`` (generated Dutch regions), ``public`` (FEBRL 1 to 4), ``keys`` (what the core's keys find)
and ``look-ups`` (candidates and time against the size of the index); all when none is named. Writes
docs/benchmarks/peers.md and its pictures; with ``--quick`` smaller regions and indexes, into
build/bench-matching. Needs requirements-bench.txt.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from itertools import chain, product
from multiprocessing import get_context
from typing import Final

from benchmarks import keys
from benchmarks.peers import families, lookups, pictures, public, tables
from benchmarks.peers.lookups import LookUps
from benchmarks.peers.plan import DIFFICULTIES, FULL, QUICK, SEED_OF_LOOK_UPS, Plan
from benchmarks.peers.region import Region, generate

_PROCESSES: Final = 2
"""Regions, sets and sizes are measured by as many at once; each alone by one, with one thread."""


def main() -> None:
    """Measure what is asked, print and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small, in a few minutes")
    parser.add_argument("--signals", type=int, help="signals of each Dutch region")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    plan = QUICK if arguments.quick else FULL
    if arguments.signals:
        plan = plan.of_regions(arguments.signals)
    elif arguments.parts:
        plan = plan.of_parts(arguments.parts)
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for name, measure in PARTS.items():
            if name in arguments.parts or not arguments.parts:
                measure(plan, pool)
    print(f"Written: {plan.page}")


def write_families(plan: Plan, pool: Executor) -> None:
    """A table of every region, slices and curves of the first."""
    regions = [
        generate(plan.regions, seed=seed, difficulty=difficulty, signals=plan.signals)
        for seed, difficulty in product(plan.seeds, DIFFICULTIES)
    ]
    measured = list(pool.map(partial(families.measure, shifts=plan.shifts), regions))
    first = measured[0]
    body = (
        *map(tables.of_region, measured),
        f"By slice, {first.region.title}, each matcher at its own threshold:\n",
        tables.of_slices(first),
        plan.draw("precision-recall", pictures.precision_and_recall(first)),
    )
    plan.write("Dutch families", "\n".join(body))


def write_public(plan: Plan, pool: Executor) -> None:
    """F1 on the public sets."""
    measured = dict(zip(public.SETS, pool.map(public.measure, public.SETS), strict=True))
    plan.write("FEBRL", tables.of_public(measured))


def write_keys(plan: Plan, pool: Executor) -> None:
    """What the core's keys find, against the size of the index."""
    folders = [region.folder for region in reversed(_growing(plan))]
    measured = [*pool.map(keys.measure_region, folders)]
    plan.write("Keys", tables.of_keys(measured[::-1]))


def write_look_ups(plan: Plan, pool: Executor) -> None:
    """Candidates and time, with their pictures."""
    own, peers = plan.look_ups
    largest_first = [
        pool.submit(measure, region, count)
        for region in reversed(_growing(plan))
        for measure, count in ((lookups.of_core, own), (lookups.of_peers, peers))
    ]
    by_size = sorted((one.result() for one in largest_first), key=lambda found: found[0].signals)
    measured: list[LookUps] = list(chain.from_iterable(by_size))
    body = (
        tables.of_look_ups(measured),
        "Comparing and deciding alone, in the core:\n",
        tables.of_deciding(measured),
        plan.draw("candidates", pictures.candidates(measured)),
        plan.draw("look-up-time", pictures.times(measured)),
    )
    plan.write("Look-ups", "\n".join(body))


def _growing(plan: Plan) -> list[Region]:
    """A region of each size of index, the smallest first."""
    return [
        generate(plan.regions, seed=SEED_OF_LOOK_UPS, difficulty="normal", signals=size)
        for size in plan.sizes
    ]


PARTS: Final[dict[str, Callable[[Plan, Executor], None]]] = {
    "families": write_families,
    "public": write_public,
    "keys": write_keys,
    "look-ups": write_look_ups,
}


if __name__ == "__main__":
    main()
