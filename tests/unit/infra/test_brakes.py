"""A part of the embedded AWS that is slowed on purpose does what it did, and takes longer."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from infra.emulator import brakes
from infra.emulator.brakes import Braked, Brakes

_CALLED = """
import json, time
{braked}
before = time.process_time(), time.monotonic()
def compute(event, context):
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass
    return event
answer = _braked(compute, "asked", None)
print(json.dumps([answer, time.process_time() - before[0], time.monotonic() - before[1]]))
"""


def served(path: Path | None) -> Braked:
    """An application that computes for 20 ms, asked for a table and through the interface."""

    async def app(scope: dict[str, Any], receive: object, send: object) -> None:
        end = time.thread_time() + 0.02
        while time.thread_time() < end:
            pass

    braked = Braked(app, path)

    async def ask() -> None:
        await braked({"type": "http", "path": "/"}, None, None)
        await braked({"type": "http", "path": "/_aws/execute-api/a/api/signals"}, None, None)
        await braked({"type": "lifespan"}, None, None)

    asyncio.run(ask())
    return braked


def test_requests_are_counted_and_calls_of_the_interface_among_them() -> None:
    """What is no request is not."""
    assert dict(served(None).answered()) == {"requests": 2, "calls": 1}


def test_the_embedded_aws_takes_as_much_longer_as_is_asked(tmp_path: Path) -> None:
    """By computing: twice as long again here."""
    path = tmp_path / "brakes.json"
    Brakes(itself=2.0).put(path)
    began = time.thread_time()

    served(path)

    assert time.thread_time() - began >= 3 * 0.04


def test_a_function_takes_longer_by_computing_or_by_waiting(tmp_path: Path) -> None:
    """Its answer is the same."""
    path = tmp_path / "brakes.json"
    source = _CALLED.format(braked=brakes._BRAKED.format(path=str(path)))

    def call(asked: Brakes) -> tuple[str, float, float]:
        asked.put(path)
        done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
        answer, used, took = json.loads(done.stdout)
        return answer, used, took

    _, computed, _ = call(Brakes(functions=2.0))
    answer, used, took = call(Brakes(waits=2.0))

    assert answer == "asked"
    assert computed >= 0.15
    assert took >= used + 0.1
