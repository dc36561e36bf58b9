"""What one signal costs as the index grows: ``python -m benchmarks.growth``.

The same youths are signalled at each size of index: first by one organisation (no match), then by another
(one match, two mails). The index holds signals about unrelated children of the generator, written as rows.
Each size is measured in a process of its own, for a function keeps its clients.
0 when the write units are flat.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from benchmarks.growth.measure import Blocks, measure
from benchmarks.growth.probes import measurable
from benchmarks.growth.report import flat, told, write
from benchmarks.growth.seeds import first, youths
from chalicelib.matching import Youth, fold

_SEED, _PROBES_SEED = 1, 2
_POOL = 20


def main() -> int:
    """Measure, print, write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    parser.add_argument("--signals", type=int, default=100, help="measured at each size, of each kind")
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    known = first(max(options.sizes), _SEED)
    usual, crowded = _probes(known, options.signals)
    sizes = []
    for size in sorted(options.sizes):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            sizes.append(process.submit(measure, known[:size], usual, crowded, options.signals).result())
        print(f"{size:,} signals: measured", file=sys.stderr)
    print(told(sizes))
    if not options.no_page:
        write(sizes)
    return 0 if flat(sizes) else 1


def _probes(known: Sequence[Youth], wanted: int) -> tuple[list[Youth], list[Youth]]:
    """Youths as they come, and the most crowded: more than wanted, for some are refused."""
    blocks = Blocks()
    for youth in known:
        blocks.add(fold(youth))
    pool = list(islice(filter(measurable, youths(_PROBES_SEED)), _POOL * wanted))
    usual, rest = pool[: 2 * wanted], pool[2 * wanted :]
    crowded = sorted(rest, key=lambda youth: blocks.candidates(fold(youth)), reverse=True)[: 2 * wanted]
    return usual, crowded


if __name__ == "__main__":
    sys.exit(main())
