"""What the embedded AWS tells of itself while it is measured: how long its interpreter lets a thread wait.

It is one interpreter, so one thread runs at a time. A thread that does nothing but sleep for a moment wants
to run at once when it wakes; what it wakes too late is what every other thread of it waits for its turn.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

_MOMENT: Final = 0.01
"""Seconds asleep before each wish to run."""
_LINE: Final = 1.0
"""Seconds that one line of the report is about."""

Running = Callable[[], Mapping[str, int]]
"""How many invocations of each function run now."""
Answered = Callable[[], Mapping[str, int]]
"""How many ``requests`` were answered since the start, and ``calls`` of the interface among them."""


def start(path: Path, running: Running, answered: Answered) -> None:
    """Write a line a second until the process ends: see `benchmarks.load.inside`."""
    threading.Thread(target=_watch, args=(path, running, answered), name="watch", daemon=True).start()


def running_now() -> Mapping[str, int]:
    """Invocations by the name of the function."""
    from ministack.services import lambda_svc  # noqa: PLC0415 - reads its settings at import

    _, by_function = lambda_svc.executions_in_flight()
    return {key.rpartition(":")[2]: count for key, count in by_function.items()}


def _watch(path: Path, running: Running, answered: Answered) -> None:
    with path.open("a", encoding="utf-8") as file:
        while True:
            file.write(json.dumps(_second(running, answered)) + "\n")
            file.flush()


def _second(running: Running, answered: Answered) -> dict[str, object]:
    """One second: by how much a wish to run came late in the mean, what ran, and how much was answered."""
    before = dict(answered())
    began, used = time.monotonic(), time.process_time()
    late, looks, seen = 0.0, 0, dict[str, int]()
    while not looks or time.monotonic() < began + _LINE:  # one look at least, however late it comes
        now = time.monotonic()
        time.sleep(_MOMENT)
        late += time.monotonic() - now - _MOMENT
        looks += 1
        for name, count in running().items():
            seen[name] = seen.get(name, 0) + count
    lasted = time.monotonic() - began
    return {
        "at": time.time(),
        "used": (time.process_time() - used) / lasted,
        "late": late / looks,
        "answered": {name: (count - before.get(name, 0)) / lasted for name, count in answered().items()},
        "running": {name: count / looks for name, count in seen.items()},
    }
