"""The staged folder that Chalice deploys from: the app, its vendored packages, the stage's configuration."""

from __future__ import annotations

import inspect
import os
import py_compile
import shutil
from collections.abc import Mapping
from importlib.util import cache_from_source
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final

import chalice
import chalice.app

from infra.account import Account
from infra.chalice_config import write_config
from infra.places import CHALICE
from infra.stages import Stage
from infra.vendor import compile_folder, vendored

_SHIPPED: Final = ("app.py", "chalicelib")
_NOT_SHIPPED: Final = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "README*", "*.md")


def stage_folder(account: Account, stages: Mapping[str, Stage], *, base_url: str, source: Path) -> Path:
    """Fill the account's build folder and return it.

    ``source`` holds app.py and chalicelib; the record of what the stage deployed before is brought along.
    """
    folder, stage = account.build, account.stage
    for name in ("app.py", "chalicelib", "vendor", "requirements.txt", ".chalice"):
        _remove(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    _copy_app(source, folder)
    _copy_vendor(vendored(for_lambda=not stage.is_local), folder)
    (folder / "requirements.txt").write_text("", encoding="utf-8")
    write_config(stages, folder / ".chalice", {stage.name: base_url})
    _bring_deployed(account.deployed_file, folder)
    return folder


def keep_deployed(account: Account) -> None:
    """Bring Chalice's record of a successful deploy home from the build folder."""
    account.deployed_file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(
        account.build / CHALICE.name / "deployed" / account.deployed_file.name, account.deployed_file
    )


def bundle_file(build: Path) -> Path:
    """The package that the last deploy from this folder uploaded."""
    return max((build / CHALICE.name / "deployments").glob("*.zip"), key=lambda path: path.stat().st_mtime)


def _copy_app(source: Path, folder: Path) -> None:
    for name in _SHIPPED:
        origin = source / name
        if origin.is_dir():
            shutil.copytree(origin, folder / name, ignore=_NOT_SHIPPED)
        elif origin.exists():
            shutil.copy2(origin, folder / name)
    (folder / "chalicelib").mkdir(exist_ok=True)
    compile_folder(folder / "chalicelib")


def _copy_vendor(packages: Path, folder: Path) -> None:
    """Link the kept packages; add, compiled, the three modules that Chalice bundles as source only."""
    vendor = folder / "vendor"
    shutil.copytree(packages, vendor, copy_function=os.link)
    _compile_to(vendor, folder / "app.py", "app.py")
    for module in (chalice, chalice.app):
        source = Path(inspect.getfile(module))
        _compile_to(vendor / "chalice", source, f"chalice/{source.name}")


def _compile_to(folder: Path, source: Path, shown: str) -> None:
    compiled = folder / Path(cache_from_source(source.name))
    compiled.parent.mkdir(parents=True, exist_ok=True)
    py_compile.compile(
        str(source),
        str(compiled),
        dfile=shown,
        doraise=True,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )


def _bring_deployed(known: Path, folder: Path) -> None:
    if known.exists():
        target = folder / CHALICE.name / "deployed" / known.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(known, target)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
