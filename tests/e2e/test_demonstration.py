"""``make run ONCE=1``: it ends well if and only if exactly what was expected came."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from examples.demonstration.expectation import EXPECTED
from examples.demonstration.story import STORY
from infra.emulator import Emulator
from infra.places import ROOT
from infra.stages import LOCAL_STAGE, stage_named

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("demonstration")]

_PATIENCE_SECONDS = 1800
"""A deploy and the whole story, beside everything else that two busy cores do."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the demonstration left: its exit code, what it printed, its mails as files, and where."""

    code: int
    printed: str
    mails: tuple[str, ...]
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
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    mails = tuple(mail.name for mail in folder.glob("mails/*"))
    return Run(done.returncode, done.stdout + done.stderr, mails, folder)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The story told once, from nothing."""
    return perform(tmp_path_factory.mktemp("demonstration"))


def test_exactly_what_was_expected_comes(told: Run) -> None:
    """The deployed functions make the matches and mails of the story, and the exit code says so."""
    assert told.code == 0, told.printed
    assert "exactly the 28 matches and 58 mails that were expected came, none twice" in told.printed


def test_mails_and_the_ways_in_are_left_as_files(told: Run) -> None:
    """Each mail as text and HTML with an index page, and what a shell needs to talk to the index."""
    names = {
        line.partition("=")[0]
        for line in (told.folder / "environment").read_text(encoding="utf-8").split("\n")
    }

    assert len([mail for mail in told.mails if mail.endswith(".txt")]) == 58
    assert len([mail for mail in told.mails if mail.endswith(".html")]) == 59
    assert {"BASE_URL", "MAILBOX", "AWS_ENDPOINT_URL", "TOKEN_GGD", "TOKEN_COMMAND_GGD"} <= names


def test_the_region_keeps_its_promises_afterwards(told: Run) -> None:
    """`verify` reads every row that the story left, and finds nothing broken."""
    home = told.folder / "emulator"
    with Emulator(region=stage_named(LOCAL_STAGE).region, home=home, keep_state=True):
        command = [sys.executable, "-m", "infra", "verify", LOCAL_STAGE, "--home", str(home)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE_SECONDS, check=False
        )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "!" not in done.stdout


def test_a_line_removed_from_the_expectation_fails_the_run(told: Run) -> None:
    """A mail that nobody expected is named; the state that was kept is compared, nothing is told twice."""
    content = json.loads(EXPECTED.read_text(encoding="utf-8"))
    del content["mails"][0]
    expected = told.folder / "expected.json"
    expected.write_text(json.dumps(content), encoding="utf-8")

    run = perform(told.folder, "--expected", str(expected))

    assert run.code == 1, run.printed
    assert (
        "UNEXPECTED: mail to j.jansen@regenboog.example: began RB-101 and p.dewit@ggd.example, PERSON"
        in run.printed
    )


def test_a_signal_added_to_the_story_fails_the_run(told: Run) -> None:
    """After a restart the functions go on: the school signals Milan too, and the match is unexpected."""
    milan = next(line for line in STORY.read_text(encoding="utf-8").splitlines() if '"HT-603"' in line)
    signal = json.loads(milan.replace("HT-603", "RB-999").replace("halt.example", "regenboog.example"))
    story = told.folder / "signals.jsonl"
    added = json.dumps({**signal, "organisation": "regenboog"})
    story.write_text(STORY.read_text(encoding="utf-8") + added + "\n", encoding="utf-8")

    run = perform(told.folder, "--story", str(story))

    assert run.code == 1, run.printed
    assert "UNEXPECTED: match GGD-208 and RB-999: PERSON, ACTIVE" in run.printed
    assert "UNEXPECTED: mail to t.vos@regenboog.example" in run.printed
