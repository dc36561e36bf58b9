"""The packages that ship with the functions: fetched for Lambda, slimmed, compiled, kept by a hash."""

from __future__ import annotations

import compileall
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final

from infra.errors import InfraError
from infra.places import CACHE, ROOT

REQUIREMENTS: Final = ROOT / "requirements.txt"

LAMBDA_PLATFORMS: Final = (
    "manylinux_2_34_x86_64",
    "manylinux_2_28_x86_64",
    "manylinux_2_17_x86_64",
    "manylinux2014_x86_64",
)
"""Wheels that load on Lambda's Amazon Linux 2023, newest C library first."""

SERVICES: Final = frozenset({"dynamodb", "kms", "s3", "secretsmanager", "ses", "sns"})
"""The AWS services whose descriptions botocore keeps; the other four hundred would be most of the bundle."""

_RECIPE: Final = "7"
"""Raise it when this module fills the folder differently, so that kept folders are made anew."""

_PROVIDED_BY_CHALICE: Final = "chalice"
_USELESS: Final = (
    "aws_lambda_powertools/event_handler/openapi/swagger_ui",
    "bin",
    "dateutil/zoneinfo/*.tar.gz",
    "rapidfuzz/fuzz_cpp*.so",
    "rapidfuzz/process_cpp*.so",
    "**/tests",
    "**/test",
    "**/*.dist-info/RECORD",
    "**/*.dist-info/direct_url.json",
    "**/*.pyi",
)
"""What no function uses: of rapidfuzz only the distances, and time zones come from tzdata."""


def vendored(*, for_lambda: bool) -> Path:
    """A folder with everything that ships, made when the one for these inputs is not there yet.

    ``for_lambda`` insists on Lambda's platform; without it a machine that cannot load Lambda's wheels gets
    its own, which serves the local stage alone. Raises InfraError when a package has no wheel.
    """
    lambda_wheels = for_lambda or runs_lambda_wheels()
    kept = CACHE / "vendor" / _fingerprint(lambda_wheels=lambda_wheels)
    if kept.is_dir():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="making-") as temporary:
        folder = Path(temporary) / "vendor"
        _install(folder, lambda_wheels=lambda_wheels)
        slim(folder)
        compile_folder(folder)
        _keep(folder, kept)
    return kept


def compile_folder(folder: Path) -> None:
    """Compile all Python files so that a cold start neither compiles nor checks them.

    Raises InfraError when a file does not compile.
    """
    done = compileall.compile_dir(
        str(folder),
        stripdir=str(folder),
        quiet=1,
        workers=os.cpu_count() or 1,
        invalidation_mode=PycInvalidationMode.UNCHECKED_HASH,
    )
    if not done:
        raise InfraError(f"not all of {folder} compiles")


def shipped_requirements() -> list[str]:
    """The pinned lines of requirements.txt, without Chalice: it adds its own runtime to every bundle."""
    lines = [line.split("#", 1)[0].strip() for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(f"{_PROVIDED_BY_CHALICE}==")]


def _install(folder: Path, *, lambda_wheels: bool) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-compile",
    ]
    command += ["--only-binary=:all:", f"--target={folder}"]
    command += _platform_options() if lambda_wheels else []
    command += shipped_requirements()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InfraError(f"the packages that ship could not be fetched for Lambda:\n{done.stderr.strip()}")


def _platform_options() -> list[str]:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    platforms = [f"--platform={name}" for name in LAMBDA_PLATFORMS]
    return [f"--python-version={version}", "--implementation=cp", *platforms]


def runs_lambda_wheels() -> bool:
    """Whether this machine can load what Lambda loads."""
    library, version = platform.libc_ver()
    major_minor = tuple(int(part) for part in version.split(".")[:2]) if version else (0, 0)
    return (sys.platform, platform.machine(), library) == ("linux", "x86_64", "glibc") and major_minor >= (
        2,
        34,
    )


def slim(folder: Path) -> None:
    """Take out of a folder of packages what no function uses."""
    for pattern in _USELESS:
        for path in folder.glob(pattern):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    for path in (folder / "botocore" / "data").iterdir():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)


def _keep(folder: Path, kept: Path) -> None:
    try:
        folder.rename(kept)
    except OSError:
        if not kept.is_dir():  # somebody else finished the same folder first: theirs will do
            raise


def _fingerprint(*, lambda_wheels: bool) -> str:
    target = "lambda" if lambda_wheels else f"{sys.platform}-{platform.machine()}"
    inputs = [_RECIPE, target, str(sys.implementation.cache_tag), *shipped_requirements(), *sorted(SERVICES)]
    return hashlib.sha256("\n".join(inputs).encode()).hexdigest()[:16]
