"""``infra/environment.sh``: the right Python, or a plain word about what is missing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from infra.places import ROOT

NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")
TOO_NEW = '#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.14.0" && exit 0\nexit 1\n'
WITHOUT_VENV = """#!/bin/sh
case "$2" in
  *version_info*) exit 0;;
  *sys.version*) echo 3.12.0;;
  *hashlib*) cat > /dev/null; echo h;;
  *) exit 1;;
esac
"""
THAT_TELLS_WHAT_IT_INSTALLS = """#!/bin/sh
case "$*" in
  *hashlib*) cat > /dev/null; echo h;;
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python";;
  *"pip install"*) echo "$@";;
esac
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs that comes before all others."""
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def make(machine: Path, *named: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script on that machine."""
    environment = {"PATH": f"{machine}:/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), **variables}
    return subprocess.run(
        ["/bin/bash", str(ROOT / "infra" / "environment.sh"), str(machine.parent / "venv"), *named],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def install(machine: Path, script: str) -> None:
    """Put a Python of this behaviour under every name."""
    for name in NAMES:
        path = machine / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)


def test_a_machine_without_a_suitable_python_is_told_which_it_needs(machine: Path) -> None:
    """What was found, what is needed, and where it comes from."""
    install(machine, TOO_NEW)

    done = make(machine)

    assert done.returncode == 1
    assert (
        "Python 3.11, 3.12 or 3.13 is needed and none was found (python3 is: Python 3.14.0)." in done.stderr
    )
    assert "apt-get install python3" in done.stderr


def test_a_chosen_python_that_does_not_do_is_refused(machine: Path) -> None:
    """Nothing else is taken in its place."""
    done = make(machine, PYTHON="/bin/false")

    assert done.returncode == 1
    assert done.stderr.strip() == "PYTHON=/bin/false is not a Python 3.11, 3.12 or 3.13 that starts."


def test_a_python_that_cannot_make_environments_is_named_with_its_remedy(machine: Path) -> None:
    """Debian keeps the module apart."""
    install(machine, WITHOUT_VENV)

    done = make(machine)

    assert done.returncode == 1
    assert "python3.13 lacks what makes a virtual environment" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


@pytest.mark.parametrize(
    ("named", "installed"),
    [((), "requirements-dev.txt"), (("requirements-bench.txt", "splink"), "requirements-bench.txt")],
)
def test_the_packages_that_are_named_are_installed(
    machine: Path, named: tuple[str, ...], installed: str
) -> None:
    """Those of development when none are; the benchmarks have an environment of their own."""
    install(machine, THAT_TELLS_WHAT_IT_INSTALLS)

    done = make(machine, *named)

    assert (done.returncode, done.stdout.splitlines()[-1].split()[-2:]) == (0, ["-r", installed])


@pytest.mark.parametrize(
    ("variable", "reaches"),
    [
        ("AWS_PROFILE", False),
        ("PIP_TARGET", False),
        ("PYTHONDONTWRITEBYTECODE", False),
        ("PIP_INDEX_URL", True),
        ("HTTPS_PROXY", True),
    ],
)
def test_the_makefile_lets_no_stray_variable_through(*, variable: str, reaches: bool) -> None:
    """Nothing that leads to an account or spoils an installation; what reaches the package index stays."""
    done = subprocess.run(
        ["/usr/bin/env", "make", "-f", "-", "show"],
        cwd=ROOT,
        input="include Makefile\nshow:\n\t@env\n",
        env=os.environ | {variable: "stray"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert (f"{variable}=stray" in done.stdout.splitlines()) is reaches
