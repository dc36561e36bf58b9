"""What the embedded AWS told of itself in a time: what it used, how its threads waited, what ran at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, median
from typing import Any, Final

_COUNTED: Final = ("requests", "calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """The seconds of a time, as `infra.emulator.watch` wrote them.

    Attributes:
        seconds: how many there were.
        used: of its one processor, in the median second.
        late: milliseconds that a thread of it which wants to run waits for its turn, in the mean.
        answered: ``requests`` a second, and ``calls`` of the interface among them, in the mean.
        running: invocations of each function at the same time, in the mean.
    """

    seconds: int = 0
    used: float = 0.0
    late: float = 0.0
    answered: dict[str, float] = field(default_factory=dict)
    running: dict[str, float] = field(default_factory=dict)

    def at_once(self, name: str) -> float:
        """How many of one function run at once."""
        return self.running.get(name, 0.0)


def inside(path: Path, prefix: str, start: float, end: float) -> Inside:
    """From the lines about seconds between two moments; functions are told without their stage's prefix."""
    with path.open(encoding="utf-8") as lines:
        told = [json.loads(line) for line in lines if line.endswith("\n")]
    return _summed(prefix, (one for one in told if start + 1 <= one["at"] <= end))


def _summed(prefix: str, told: Iterable[dict[str, Any]]) -> Inside:
    """All these seconds as one. Chalice names the function of the interface as the stage."""
    lines = list(told)
    if not lines:
        return Inside()
    running: defaultdict[str, float] = defaultdict(float)
    for line in lines:
        for name, count in line["running"].items():
            running[name.removeprefix(prefix).removeprefix("-") or "api"] += count
    return Inside(
        seconds=len(lines),
        used=median(line["used"] for line in lines),
        late=1000 * fmean(line["late"] for line in lines),
        answered={name: fmean(line["answered"].get(name, 0.0) for line in lines) for name in _COUNTED},
        running={name: count / len(lines) for name, count in running.items()},
    )
