"""One part slowed down on purpose while it is measured, to see whether the whole waits for it.

What nobody waits for can be slowed and nothing changes; what everybody waits for slows everything as much
(causal profiling: C. Curtsinger and E. D. Berger, "Coz: finding code that counts with causal profiling",
SOSP 2015). Neither part does anything else than before: it only takes longer, on its processor.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

_LOOK: Final = 0.1
"""Seconds for which the embedded AWS believes what it read."""
_CALL: Final = "return handler(event, context)"
_BRAKED: Final = """
def _braked(handler, event, context):
    began = time.process_time()
    try:
        return handler(event, context)
    finally:
        with open({path!r}) as file:
            brakes = json.load(file)
        used = time.process_time() - began
        time.sleep(brakes["waits"] * used)
        end = time.process_time() + brakes["functions"] * used
        while time.process_time() < end:
            pass


"""


@dataclass(frozen=True, slots=True)
class Brakes:
    """By what share of its own processor time each part takes longer: 0.5 is half as long again.

    Attributes:
        itself: the embedded AWS, at the end of each request.
        functions: each process of a function, at the end of each invocation.
        waits: the same, but by waiting: longer without taking a processor from the others.
    """

    itself: float = 0.0
    functions: float = 0.0
    waits: float = 0.0

    def put(self, path: Path) -> None:
        """From now on, for an embedded AWS that was started with this file."""
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps(asdict(self)), encoding="utf-8")
        beside.replace(path)

    @classmethod
    def read(cls, path: Path) -> Brakes:
        """Those in force."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


class Braked:
    """The embedded AWS's application, its requests counted, and slowed as the file at ``path`` says."""

    def __init__(self, app: App, path: Path | None) -> None:
        self._app = app
        self._path = path
        self._brakes, self._read_at = Brakes(), 0.0
        self._used = time.process_time()
        self._answered: Counter[str] = Counter()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Serve, count, and take as much longer as is asked."""
        await self._app(scope, receive, send)
        if scope["type"] == "http":
            self._answered["requests"] += 1
            self._answered["calls"] += "execute-api" in scope["path"]
            self._slow_down()

    def answered(self) -> Mapping[str, int]:
        """Since the start: ``requests`` of every kind, ``calls`` of the interface among them."""
        return self._answered

    def _slow_down(self) -> None:
        end = time.thread_time() + self._share() * (time.process_time() - self._used)
        while time.thread_time() < end:
            pass
        self._used = time.process_time()

    def _share(self) -> float:
        if self._path is None:
            return 0.0
        if time.monotonic() > self._read_at + _LOOK:
            self._brakes, self._read_at = Brakes.read(self._path), time.monotonic()
        return self._brakes.itself


def teach(path: Path) -> None:
    """Let functions be slowed as the file at ``path`` says; after the lesson of `quick_functions`."""
    from ministack.core import lambda_runtime  # noqa: PLC0415 - reads its settings at import

    runtime: Any = lambda_runtime
    script = runtime._PYTHON_WORKER_SCRIPT
    if script.count(_CALL) != 1:
        raise RuntimeError("the embedded AWS runs functions otherwise than this lesson knows")
    script = script.replace(_CALL, "return _braked(handler, event, context)")
    braked = _BRAKED.format(path=str(path))
    runtime._PYTHON_WORKER_SCRIPT = script.replace("\ndef _call(", f"{braked}def _call(")
