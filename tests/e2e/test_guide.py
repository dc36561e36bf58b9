"""The guide for developers, run as it stands against the deployed interface."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from infra.places import ROOT
from tests.e2e.deployed_stack import Stack
from tests.e2e.guide import Block, Terminal, is_shown, steps

pytestmark = pytest.mark.e2e

GUIDE = ROOT / "docs" / "guide.md"


@pytest.fixture
def home(stack: Stack, tmp_path: Path) -> Path:
    """A reader's home with a copy of the repository in it: its Python, on this stack."""
    copy = tmp_path / "verwijsindex"
    (copy / ".local").mkdir(parents=True)
    (copy / ".local" / "environment").write_text(f"BASE_URL={shlex.quote(stack.base_url)}\n")
    python = copy / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    words = [sys.executable, '"$@"', "--home", shlex.quote(stack.home)]
    python.write_text(f"#!/bin/sh\ncd {shlex.quote(str(ROOT))} && exec {' '.join(words)}\n")
    python.chmod(0o755)
    return tmp_path


def test_the_guide_leads_from_a_key_pair_to_a_match(home: Path) -> None:
    """Each block in order, in one terminal; what the guide shows is what comes."""
    with Terminal(home) as terminal:
        for step in steps(GUIDE.read_text(encoding="utf-8")):
            if isinstance(step, Block):
                (home / "first-match" / str(step.name)).write_text(step.text, encoding="utf-8")
                continue
            shown = terminal.type(step.lines)
            assert step.shown is None or is_shown(step.shown, shown), f"{step.lines}\nshowed\n{shown}"
