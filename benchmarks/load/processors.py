"""How much of the processors each part took: the embedded AWS itself, our functions in it, the load tool."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import psutil

_LOOK: Final = 1.0


@dataclass(slots=True)
class Usage:
    """Seconds of processor time while it was watched.

    Attributes:
        emulator: of the embedded AWS's own process, which is one interpreter: one processor at most.
        functions: of the processes that run our functions.
        elapsed: seconds on the clock.
        busy: of all processors together, by everything on this machine, as a share.
    """

    emulator: float = 0.0
    functions: float = 0.0
    elapsed: float = 0.0
    busy: list[float] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the one processor that the embedded AWS can use."""
        return self.emulator / self.elapsed if self.elapsed else 0.0

    @property
    def machine(self) -> float:
        """Of all the machine's processors, used by anything."""
        return sum(self.busy) / len(self.busy) / 100 if self.busy else 0.0


@contextmanager
def watching(process: int) -> Iterator[Usage]:
    """Watch the embedded AWS of this process id and what it started."""
    emulator = psutil.Process(process)
    usage, stop = Usage(), threading.Event()
    functions: dict[int, float] = {}
    before = {child.pid: _seconds(child) for child in emulator.children(recursive=True)}
    own, since = _seconds(emulator), time.monotonic()
    psutil.cpu_percent()

    def look() -> None:
        while not stop.wait(_LOOK):
            functions.update(_each(emulator))
            usage.busy.append(psutil.cpu_percent())

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield usage
    finally:
        stop.set()
        watcher.join()
        functions.update(_each(emulator))
        usage.elapsed = time.monotonic() - since
        usage.emulator = _seconds(emulator) - own
        usage.functions = sum(seconds - before.get(pid, 0.0) for pid, seconds in functions.items())


def _each(emulator: psutil.Process) -> dict[int, float]:
    """Processor seconds of each process it started; one that ends meanwhile keeps its last figure."""
    found = {}
    for child in emulator.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            found[child.pid] = _seconds(child)
    return found


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
