"""The process that is the embedded AWS: MiniStack, bound to the loopback interface, taught what it lacks.

Started by `infra.emulator.Emulator`, which prepares the environment; ends on SIGTERM, on SIGINT, and
when the process it serves (``--parent``) is gone, so that nothing is left behind.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypercorn.asyncio import serve
from hypercorn.config import Config

_PARENT_LOOKS = 1.0
"""Seconds between two looks at whether the process we serve still lives."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop, then leave neither processes nor files behind."""
    parser = argparse.ArgumentParser(prog="python -m infra.emulator.launcher", description=__doc__)
    parser.add_argument("--port", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--parent", type=int, help="end when this process is gone")
    parser.add_argument("--watch", type=Path, help="file for what it tells of itself, a line a second")
    parser.add_argument("--brakes", type=Path, help="file that says by how much which part is slowed")
    options = parser.parse_args(arguments)
    try:
        asyncio.run(_serve(options))
    finally:
        _clear_up()


async def _serve(options: argparse.Namespace) -> None:
    from ministack.app import app  # noqa: PLC0415 - reads its settings from the environment at import

    from infra.emulator import watch as watching  # noqa: PLC0415 - as above
    from infra.emulator.brakes import Braked  # noqa: PLC0415 - as above
    from infra.emulator.lessons import teach  # noqa: PLC0415 - as above

    teach(options.brakes)
    served: Any = app
    if options.watch is not None:
        served = Braked(app, options.brakes)
        watching.start(options.watch, watching.running_now, served.answered)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(ending, stop.set)
    watch = asyncio.create_task(_watch(options.parent, stop)) if options.parent else None
    config = Config()
    config.bind = [f"127.0.0.1:{options.port}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 1
    config.loglevel = "WARNING"
    await serve(served, config, shutdown_trigger=stop.wait)
    if watch:
        watch.cancel()


async def _watch(parent: int, stop: asyncio.Event) -> None:
    while _lives(parent):  # noqa: ASYNC110 - another process's end raises no event here
        await asyncio.sleep(_PARENT_LOOKS)
    stop.set()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear_up() -> None:
    from ministack.core import lambda_runtime  # noqa: PLC0415 - as in _serve

    lambda_runtime.reset()
    for leftover in Path(tempfile.gettempdir()).glob("ministack-*"):
        shutil.rmtree(leftover, ignore_errors=True)


if __name__ == "__main__":
    main()
