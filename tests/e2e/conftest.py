"""What end-to-end tests run against: one embedded AWS and one real deploy per test session."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from infra.emulator import Emulator
from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import Stack, deploy
from tests.e2e.region import Region, open_desk


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The deployed stack. Workers of one session share it: who starts it ends it, after the others left."""
    ours = tmp_path_factory.getbasetemp()
    shared = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    known, users = shared / "stack.json", shared / "users-of-the-stack"
    users.mkdir(exist_ok=True)
    with _lock(shared):
        (users / ours.name).touch()
        if known.exists():
            emulator, deployed = None, Stack(**json.loads(known.read_text()))
        else:
            emulator = Emulator(
                region=stage_named(LOCAL_STAGE).region, home=shared / "embedded-aws", enforce_roles=True
            )
            emulator.start()
            deployed = deploy(emulator)
            known.write_text(json.dumps(asdict(deployed)))
    yield deployed
    (users / ours.name).unlink()
    if emulator:
        _stop_when_alone(emulator, shared, known, users)


def _stop_when_alone(emulator: Emulator, shared: Path, known: Path, users: Path) -> None:
    while True:
        with _lock(shared):
            if not any(users.iterdir()):
                known.unlink()
                emulator.stop()
                return
        time.sleep(0.1)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    with (folder / "stack.lock").open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def desk(stack: Stack) -> Iterator[subprocess.Popen[str]]:
    """One operators' desk per worker."""
    with open_desk(stack) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def region(stack: Stack, desk: subprocess.Popen[str]) -> Region:
    """The deployed region, with names of this test's own."""
    return Region(stack, desk)
