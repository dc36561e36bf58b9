"""The page of figures about the main job: each command writes its own section anew."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from pathlib import Path
from typing import Final

from chalicelib.clock import SystemClock
from infra.places import ROOT

PAGE: Final = ROOT / "docs" / "benchmarks" / "main-job.md"
_HEAD: Final = """# The main job, measured

From a signal given over HTTPS to a mail, on the embedded AWS of one machine. Each section is written by the
command it names. What the embedded AWS measures is our code and its calls; AWS adds its own distances.
"""


def write_section(title: str, command: str, body: str, path: Path = PAGE, head: str = _HEAD) -> None:
    """Replace the section of this title, or add it at the end; ``head`` begins a page that is new."""
    text = path.read_text(encoding="utf-8") if path.exists() else head
    section = f"## {title}\n\n`{command}`, {machine()}.\n\n{body.strip()}\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found:
        text = text[: found.start()] + section + "\n" + text[found.end() :]
    else:
        text = f"{text.rstrip()}\n\n{section}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip() + "\n", encoding="utf-8")


def machine(today: date | None = None) -> str:
    """When and on what: ``22 November 2026, Python 3.11.7, 4 cores``."""
    day = today or SystemClock().now().date()
    return f"{day.day} {day:%B %Y}, Python {platform.python_version()}, {os.cpu_count()} cores"
