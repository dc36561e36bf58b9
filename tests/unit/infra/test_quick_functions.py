"""The embedded AWS starts functions quickly (the lesson by itself; tests/e2e has the whole)."""

from __future__ import annotations

import queue
import tempfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from infra.emulator.quick_functions import SharedZip, log_of_call


@dataclass(slots=True)
class Worker:
    """A function's process, as far as its log goes."""

    _stderr_queue: queue.Queue[str] = field(default_factory=queue.Queue)


def test_a_bundle_is_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both processes see the same files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bundle = tmp_path / "code.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("app.py", "app = 1\n")
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with SharedZip(bundle) as archive:
            archive.extractall(tmp_path / name)

    assert (tmp_path / "one").resolve() == (tmp_path / "other").resolve()
    assert (tmp_path / "other" / "app.py").read_text() == "app = 1\n"
    assert (tmp_path / "one").resolve().name.startswith("ministack-")


def test_the_log_of_a_call_is_what_stands_before_its_end() -> None:
    """What comes behind belongs to the next."""
    worker = Worker()
    for line in ("first", "second", "\x1eend of call", "third", "\x1eend of call"):
        worker._stderr_queue.put(line)

    assert [log_of_call(worker), log_of_call(worker)] == ["first\nsecond", "third"]


def test_a_process_that_never_tells_the_end_is_not_waited_for_long() -> None:
    """One that died has said all it will."""
    worker = Worker()
    worker._stderr_queue.put("last words")

    assert log_of_call(worker) == "last words"
