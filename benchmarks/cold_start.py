"""What a cold start costs, and the size of the bundle: ``python -m benchmarks.cold_start``.

Deploys the local stage, unpacks the very bundle that was uploaded, and imports each function's code from it
in fresh interpreters, in turn with ``import boto3`` from the same bundle, so that both see the same machine.
Times are CPU time: importing is nothing but that once the files are in memory, and what else the machine does
must not count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

from benchmarks.page import write_section
from benchmarks.stand import standing
from infra.bundle import bundle_file
from infra.functions import FUNCTIONS

BUNDLE_BAR: Final = 20_000_000
RATIO_BAR: Final = 2.7
_PEER: Final = "boto3"
_IMPORT: Final = (
    "import time; start = time.process_time(); import {modules}; print((time.process_time() - start) * 1000)"
)


def main() -> int:
    """Measure, print, write the page; 0 when the bars are met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cold_start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--no-page", action="store_true", help="leave docs/benchmarks as it is")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        with standing() as stand:
            size = stand.bundle
            ZipFile(bundle_file(stand.account.build)).extractall(folder)
        times = import_times(Path(folder), options.rounds)
    ratios = {name: time / times[_PEER] for name, time in times.items() if name != _PEER}
    text = told(size, times, ratios)
    print(text)
    if not options.no_page:
        write_section("Cold start and bundle", "python -m benchmarks.cold_start", text)
    return 0 if size <= BUNDLE_BAR and max(ratios.values()) <= RATIO_BAR else 1


def import_times(bundle: Path, rounds: int) -> dict[str, float]:
    """Median milliseconds per function, and of boto3, over so many rounds after one to warm the disk."""
    imports = {_PEER: _PEER} | {
        function.name: f"app, chalicelib.functions.{function.name}" for function in FUNCTIONS
    }
    measured: dict[str, list[float]] = defaultdict(list)
    for turn in range(rounds + 1):
        for name, modules in imports.items():
            milliseconds = _import(bundle, modules)
            if turn:
                measured[name].append(milliseconds)
    return {name: median(times) for name, times in measured.items()}


def _import(bundle: Path, modules: str) -> float:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{bundle}",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }
    done = subprocess.run(
        [_bare_python(), "-c", _IMPORT.format(modules=modules)],
        cwd=bundle,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _bare_python() -> str:
    """The interpreter without this virtual environment's packages: the bundle has all it needs."""
    bare: str = getattr(sys, "_base_executable", sys.executable)
    return bare


def told(size: int, times: Mapping[str, float], ratios: Mapping[str, float]) -> str:
    """The section of the page."""
    lines = [f"| `{name}` | {times[name]:.0f} ms | {ratio:.2f} |" for name, ratio in ratios.items()]
    return "\n".join(
        [
            f"Bundle: {size / 1e6:.1f} MB zipped (bar: {BUNDLE_BAR / 1e6:.0f} MB).",
            "",
            f"| import of | CPU time | × `import boto3` (bar: {RATIO_BAR}) |",  # noqa: RUF001 - a factor
            "|---|---|---|",
            f"| boto3 | {times[_PEER]:.0f} ms | 1 |",
            *lines,
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
