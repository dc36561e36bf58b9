"""The core beside its peers: ``make bench-matching``, or ``python -m benchmarks.peers [--quick] [PART ...]``.

Parts: ``families`` (generated Dutch regions), ``public`` (FEBRL 1 to 4) and ``look-ups`` (candidates and time
against the size of the index); all when none is named. Writes docs/benchmarks/peers.md and its pictures; with
``--quick`` smaller regions and indexes, into build/bench-matching. Needs requirements-bench.txt.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

from benchmarks.page import write_section
from benchmarks.peers import families, lookups, pictures, public, tables
from benchmarks.peers.lookups import LookUps
from benchmarks.peers.region import generate
from infra.places import ROOT

_SEEDS: Final = (611, 612)
_DIFFICULTIES: Final = ("normal", "hard")
_SEED_OF_LOOK_UPS: Final = 613


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured, where it is written, and the command that does so.

    ``shifts``: thresholds of the core that are tried, in bits from its own; ``look_ups`` of the core and of
    each peer in every one of ``sizes``.
    """

    command: str
    page: Path
    seeds: tuple[int, ...]
    signals: int
    shifts: tuple[float, ...]
    sizes: tuple[int, ...]
    look_ups: tuple[int, int]
    regions: Path = ROOT / "build" / "regions"

    def write(self, title: str, body: str) -> None:
        """A section of the page."""
        write_section(title, self.command, body, self.page)

    def draw(self, name: str, picture: str) -> str:
        """A picture beside the page, and the words that show it."""
        self.page.parent.mkdir(parents=True, exist_ok=True)
        (self.page.parent / f"{name}.svg").write_text(picture, encoding="utf-8")
        return f"![{name.replace('-', ' ')}]({name}.svg)\n"


FULL: Final = Plan(
    command="make bench-matching",
    page=ROOT / "docs" / "benchmarks" / "peers.md",
    seeds=_SEEDS,
    signals=27_000,
    shifts=(-4.0, 4.0, 8.0),
    sizes=(10_000, 100_000, 1_000_000),
    look_ups=(1_000, 10),
)
QUICK: Final = Plan(
    command="make bench-matching QUICK=1",
    page=ROOT / "build" / "bench-matching" / "peers.md",
    seeds=_SEEDS[:1],
    signals=6_000,
    shifts=(-4.0, 4.0, 8.0),
    sizes=(3_000, 30_000),
    look_ups=(300, 5),
)


def main() -> None:
    """Measure what is asked, print and write it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small, in a few minutes")
    arguments = parser.parse_args()
    unknown = set(arguments.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    plan = QUICK if arguments.quick else FULL
    for name, measure in PARTS.items():
        if name in arguments.parts or not arguments.parts:
            measure(plan)
    print(f"Written: {plan.page}")


def write_families(plan: Plan) -> None:
    """A table of every region, slices and curves of the first."""
    measured = []
    for seed, difficulty in product(plan.seeds, _DIFFICULTIES):
        region = generate(plan.regions, seed=seed, difficulty=difficulty, signals=plan.signals)
        measured.append(families.measure(region, plan.shifts))
        print(tables.of_region(measured[-1]))
    first = measured[0]
    body = (
        *map(tables.of_region, measured),
        f"By slice, {first.region.title}, each matcher at its own threshold:\n",
        tables.of_slices(first),
        plan.draw("precision-recall", pictures.precision_and_recall(first)),
    )
    plan.write("Dutch families", "\n".join(body))


def write_public(plan: Plan) -> None:
    """F1 on the public sets."""
    part = tables.of_public({number: public.measure(number) for number in public.SETS})
    print(part)
    plan.write("FEBRL", part)


def write_look_ups(plan: Plan) -> None:
    """Candidates and time, with their pictures."""
    measured: list[LookUps] = []
    for size in plan.sizes:
        region = generate(plan.regions, seed=_SEED_OF_LOOK_UPS, difficulty="normal", signals=size)
        own, peers = plan.look_ups
        measured.append(lookups.of_core(region, own))
        measured.extend(lookups.of_peers(region, peers))
        print(tables.of_look_ups(measured))
    body = (
        tables.of_look_ups(measured),
        "Comparing and deciding alone, in the core:\n",
        tables.of_deciding(measured),
        plan.draw("candidates", pictures.candidates(measured)),
        plan.draw("look-up-time", pictures.times(measured)),
    )
    plan.write("Look-ups", "\n".join(body))


PARTS: Final[dict[str, Callable[[Plan], None]]] = {
    "families": write_families,
    "public": write_public,
    "look-ups": write_look_ups,
}


if __name__ == "__main__":
    main()
