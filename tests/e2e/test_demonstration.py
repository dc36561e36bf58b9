"""``make run ONCE=1``: it ends well if and only if exactly what was expected came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from examples.demonstration.expectation import EXPECTED
from infra.places import ROOT

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("demonstration")]


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the demonstration left: its exit code, what it printed, and its folder."""

    code: int
    printed: str
    folder: Path


def perform(folder: Path, *arguments: str) -> Run:
    """Run the demonstration to its end; its state is kept in the folder."""
    command = [sys.executable, "-m", "examples.demonstration", "--once", "--keep", "--folder", str(folder)]
    strays = {"AWS_PROFILE": "a-real-one", "AWS_ENDPOINT_URL": "https://aws.example", "LANG": "C"}
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=os.environ | strays,
        capture_output=True,
        encoding="utf-8",
        timeout=500,
        check=False,
    )
    return Run(done.returncode, done.stdout + done.stderr, folder)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The story told once, from nothing."""
    return perform(tmp_path_factory.mktemp("demonstration"))


def otherwise(told: Run, change: Callable[[dict[str, Any]], None]) -> Run:
    """The kept state compared with another expectation."""
    content = json.loads(EXPECTED.read_text(encoding="utf-8"))
    change(content)
    path = told.folder / "expected.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return perform(told.folder, "--expected", str(path))


def test_exactly_what_was_expected_comes(told: Run) -> None:
    """The deployed functions make the matches and mails of the story, and the exit code says so."""
    assert told.code == 0, told.printed
    assert "exactly the 28 matches and 56 mails that were expected came, none twice" in told.printed


def test_mails_and_the_ways_in_are_left_as_files(told: Run) -> None:
    """Each mail as text and HTML with an index page, and what a shell needs to talk to the index."""
    names = {
        line.partition("=")[0]
        for line in (told.folder / "environment").read_text(encoding="utf-8").split("\n")
    }

    assert len(list((told.folder / "mails").glob("*.txt"))) == 56
    assert len(list((told.folder / "mails").glob("*.html"))) == 57
    assert {"BASE_URL", "MAILBOX", "AWS_ENDPOINT_URL", "TOKEN_GGD", "TOKEN_COMMAND_GGD"} <= names


def test_a_line_removed_from_the_expectation_fails_the_run(told: Run) -> None:
    """A mail that nobody expected is named; the state that was kept is compared, nothing is told twice."""
    run = otherwise(told, lambda content: content["mails"].pop(0))

    assert run.code == 1, run.printed
    assert (
        "UNEXPECTED: mail to j.jansen@regenboog.example: began RB-101 and p.dewit@ggd.example, PERSON"
        in run.printed
    )


def test_a_line_added_to_the_expectation_fails_the_run(told: Run) -> None:
    """A match that was expected and did not come is named."""
    shelter = {"between": ["GGD-205", "RB-106"], "kind": "HOUSEHOLD", "basis": ["SHARED_ADDRESS"]}

    run = otherwise(told, lambda content: content["matches"].append({**shelter, "state": "ACTIVE"}))

    assert run.code == 1, run.printed
    assert "MISSING: match GGD-205 and RB-106: HOUSEHOLD (SHARED_ADDRESS), ACTIVE" in run.printed
