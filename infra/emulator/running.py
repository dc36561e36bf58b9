"""What others must know of the embedded AWS that runs on this machine."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from infra.errors import InfraError
from infra.places import LOCAL

_RUNNING: Final = "running.json"
_PATIENCE: Final = 30.0
"""Seconds for an answer: it may be busy serving others. Where nothing listens, that is known at once."""

HOME: Final = LOCAL / "emulator"
"""The home of the embedded AWS that people start; tests and benchmarks give theirs another."""


@dataclass(frozen=True, slots=True)
class Running:
    """What others must know of a running embedded AWS; it stands in ``running.json`` in its home."""

    url: str
    mailbox: str
    process: int

    @classmethod
    def read(cls, home: Path) -> Running:
        """What runs in ``home``. Raises InfraError when nothing does."""
        try:
            known = cls(**json.loads((home / _RUNNING).read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError, TypeError):
            known = None
        if known is None or not healthy(known.url):
            raise InfraError("no embedded AWS runs here: start one with `python -m infra emulator`")
        return known

    @staticmethod
    def forget(home: Path) -> None:
        """Tell others that nothing runs in ``home`` any more."""
        (home / _RUNNING).unlink(missing_ok=True)

    def write(self, home: Path) -> None:
        """Tell others."""
        (home / _RUNNING).write_text(json.dumps(asdict(self)), encoding="utf-8")


def runs_in(home: Path) -> bool:
    """Whether an embedded AWS has its home in this folder and answers."""
    try:
        Running.read(home)
    except InfraError:
        return False
    return True


def healthy(url: str) -> bool:
    """Whether the embedded AWS at this URL answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_ministack/ready", timeout=_PATIENCE) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's OK
    except (urllib.error.URLError, OSError):
        return False
