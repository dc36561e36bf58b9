"""Tests that say they are in each other's way are run one after the other, by one process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_TESTS = """
import os
from pathlib import Path
import pytest

@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(8))
def test_who_runs_this(number):
    Path(__file__).with_name(f"{number}.run").write_text(os.environ["PYTEST_XDIST_WORKER"])
"""


def test_tests_of_one_group_are_run_by_one_process(tmp_path: Path) -> None:
    """Of the two that there are: a release of pytest had xdist overlook every group, and told nobody."""
    (tmp_path / "test_together.py").write_text(_TESTS, encoding="utf-8")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider"]

    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), "test_together.py"],
        cwd=tmp_path,
        env=outside,
        capture_output=True,
        text=True,
        check=False,
    )

    ran_by = [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.run")]
    assert done.returncode == 0, done.stdout + done.stderr
    assert (len(ran_by), len(set(ran_by))) == (8, 1)
