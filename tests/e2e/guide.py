"""The guide for developers as a test reads it: blocks to write, to type, and what is to come of them."""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANYTHING = "…"
_LONGEST_SECONDS = 900
"""A busy machine needs long; a guide that waits for ever needs an end."""


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: ``name`` is that of the file it is, None for what is typed or shown."""

    language: str
    name: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Lines typed into a terminal, and what they show; None when the guide does not say."""

    lines: str
    shown: str | None


def blocks(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    return [Block(*found.groups()) for found in _BLOCK.finditer(page)]


def steps(page: str) -> Iterator[Block | Typed]:
    """Files to write and lines to type, in order; what a block shows belongs to the lines before it.

    Raises ValueError for a block that is none of these, which no test would see.
    """
    pending: Typed | None = None
    for block in blocks(page):
        if block.name is None and block.language in {"text", "json"} and pending is not None:
            yield Typed(pending.lines, block.text)
            pending = None
            continue
        if pending is not None:
            yield pending
            pending = None
        if block.name is not None:
            yield block
        elif block.language == "sh":
            pending = Typed(block.text, None)
        elif block.language != "console":
            raise ValueError(f"nobody would see this: {block}")
    if pending is not None:
        yield pending


def is_shown(expected: str, shown: str) -> bool:
    """Whether that is what came, an ellipsis being anything; spaces at the ends of lines do not count."""
    parts = [re.escape(part) for part in _trimmed(expected).split(_ANYTHING)]
    return re.fullmatch(".*?".join(parts), _trimmed(shown), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


class Terminal:
    """One shell that the whole guide is typed into; it ends at a line that fails, or after a long time."""

    def __init__(self, home: Path) -> None:
        environment: Mapping[str, str] = {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        self._shell = subprocess.Popen(
            ["/usr/bin/env", "bash", "-euo", "pipefail"],
            cwd=home,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._limit = threading.Timer(_LONGEST_SECONDS, self._end)
        self._limit.start()

    def type(self, lines: str) -> str:
        """What the lines show. Raises AssertionError, with what was shown, when one of them fails."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        end = f"end-{secrets.token_hex(8)}"
        self._shell.stdin.write(f"{lines}\necho; echo {end}\n")
        self._shell.stdin.flush()
        shown: list[str] = []
        for line in self._shell.stdout:
            if line.strip() == end:
                return "".join(shown)
            shown.append(line)
        raise AssertionError(f"the terminal ended after:\n{lines}\nwith:\n{''.join(shown)}")

    def _end(self) -> None:
        """End what waits for something that never comes, and all that it started."""
        os.killpg(self._shell.pid, signal.SIGKILL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave."""
        self._limit.cancel()
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.close()
        self._shell.wait()
        self._shell.stdout.close()
