"""``python -m examples.demonstration``: see ``make run``."""

from __future__ import annotations

import argparse
import io
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from examples.demonstration.expectation import EXPECTED
from examples.demonstration.performance import Options, perform
from examples.demonstration.story import STORY
from infra.errors import InfraError
from infra.places import LOCAL


def main(arguments: Sequence[str] | None = None) -> int:
    """Perform; 0 when exactly what was expected came, 1 when not, 2 when it could not be performed."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that knows no ş must not end the story
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    try:
        return perform(
            Options(
                once=options.once,
                keep=options.keep,
                port=options.port,
                families=options.families,
                folder=options.folder.resolve(),
                story=options.story,
                expected=options.expected,
            )
        )
    except InfraError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nended", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m examples.demonstration",
        description="The whole index on this machine: deployed, told a story, and checked.",
    )
    parser.add_argument("--once", action="store_true", help="end after the check; the exit code tells")
    parser.add_argument("--keep", action="store_true", help="keep the state between runs")
    parser.add_argument("--port", type=_port, help="port on 127.0.0.1 (a free one)")
    parser.add_argument("--families", type=_count, default=0, help="add so many generated families")
    parser.add_argument("--folder", type=Path, default=LOCAL, help="where things are left (%(default)s)")
    parser.add_argument("--story", type=Path, default=STORY, help="what is told (%(default)s)")
    parser.add_argument("--expected", type=Path, default=EXPECTED, help="what must come (%(default)s)")
    return parser


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 1024 <= port <= 65535:  # noqa: PLR2004 - the ports anybody may use
        raise argparse.ArgumentTypeError(f"{text!r} is no port: a number from 1024 to 65535")
    return port


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no number of families: 0 or more")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
