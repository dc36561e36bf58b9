"""Generate a region: ``python -m examples.families --households 2000 --seed 1 --out DIR``.

Files written to DIR:

- ``signals.jsonl``: what a matcher may see, in order of ``submitted_at``; unknown keys are left out;
- ``excluded_addresses.json``: the deliberately incomplete register of institutional addresses;
- ``truth_signals.jsonl``: same order as the signals: person, cluster, what was done to the record;
- ``persons.jsonl``: every child with true attributes, parents, cases and addresses;
- ``household_links.jsonl``: pairs of children: twin, full, half, parent_child, step, foster;
- ``unlisted_institutions.json``: institutional addresses that are not in the register;
- ``meta.json``: arguments, counts, rates.
"""

from __future__ import annotations

import argparse
import json
from itertools import islice
from pathlib import Path

from examples.families.files import write_region
from examples.families.generator import Generator
from examples.families.settings import DIFFICULTIES


def main() -> None:
    """Read the command line, write the files, print what was made."""
    arguments = _parser().parse_args()
    generator = Generator(
        arguments.households,
        seed=arguments.seed,
        difficulty=arguments.difficulty,
        name_pool=arguments.name_pool,
        density=arguments.density,
        signals=arguments.signals,
    )
    told = {name: value for name, value in vars(arguments).items() if name not in ("out", "demo")}
    meta = write_region(generator, arguments.out, told, arguments.chunk)
    print(json.dumps(meta, ensure_ascii=False, indent=1))
    if arguments.demo:
        with (arguments.out / "signals.jsonl").open(encoding="utf-8") as signals:
            print(*islice(signals, 8), sep="")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m examples.families", description=__doc__)
    parser.add_argument("--households", type=int, default=2000, help="families; about 3.3 signals each")
    parser.add_argument("--signals", type=int, help="stop after this many signals instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--difficulty", choices=sorted(DIFFICULTIES), default="normal")
    parser.add_argument("--name-pool", choices=("all", "dev"), default="all")
    parser.add_argument("--density", type=float, default=0.2, help="share of addresses in the data")
    parser.add_argument("--chunk", type=int, default=200_000, help="signals per run of the sort")
    parser.add_argument("--out", type=Path, default=Path("nl_families_out"))
    parser.add_argument("--demo", action="store_true", help="print a few signals")
    return parser


if __name__ == "__main__":
    main()
