"""Redoc, which draws the description of the interface as a page, from the registry of packages.

Its bundle needs nothing else, so that one package is fetched and none of those it was made with.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path
from typing import IO, Final, cast

from infra.errors import InfraError
from infra.node.packages import node_command
from infra.places import CACHE

VERSION: Final = "2.5.2"
INTEGRITY: Final = "sTJfItvRkcDTojB6wdLN4M+Ua6mlZwElV21Tf8Mn7IbQF/1Os6GvgQpZyLWPGZZHbhy7GC1Or1hTMHfz1vKh5A=="
"""The SHA-512 of the package, as the registry published it."""
_BUNDLE: Final = "package/bundles/redoc.standalone.js"


def kept(cache: Path = CACHE) -> Path:
    """Where the package is once it was fetched."""
    return cache / f"redoc-{VERSION}.tgz"


def bundle(cache: Path = CACHE) -> str:
    """The program that draws. Raises InfraError when it cannot be fetched, or is not what it was."""
    package = kept(cache)
    if not package.is_file():
        _fetch(cache)
    if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != INTEGRITY:
        package.unlink()
        raise InfraError(f"redoc {VERSION} is not the package that it was when it was chosen")
    with tarfile.open(package) as content, cast(IO[bytes], content.extractfile(_BUNDLE)) as program:
        return program.read().decode()


def _fetch(cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    npm = [*node_command("npm"), "pack", f"redoc@{VERSION}", "--silent", "--pack-destination", str(cache)]
    done = subprocess.run(npm, cwd=cache, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InfraError(f"npm could not fetch Redoc (no network, a proxy?):\n{done.stderr.strip()}")
