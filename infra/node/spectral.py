"""Spectral over descriptions of the interface."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.errors import InfraError
from infra.node.packages import HOME, node_command, prepare
from infra.places import ROOT

RULES: Final = ROOT / ".spectral.yaml"
DESCRIPTION: Final = ROOT / "docs" / "openapi.json"
_PROGRAM: Final = HOME / "node_modules" / "@stoplight" / "spectral-cli" / "dist" / "index.js"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a description breaks, and where: the path in the document, dotted."""

    document: Path
    rule: str
    place: str
    message: str


def findings(documents: Sequence[Path], rules: Path | str = RULES) -> list[Finding]:
    """What Spectral finds in the documents, down to its hints; ``rules`` are a file, or an address.

    Raises InfraError when it cannot be run.
    """
    prepare()
    done = subprocess.run(
        [
            *node_command(),
            *(str(_PROGRAM), "lint", *map(str, documents)),
            *("--ruleset", str(rules), "--format", "json", "--quiet", "--fail-severity", "hint"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise InfraError(f"Spectral failed:\n{done.stdout}{done.stderr}")
    return [
        Finding(Path(one["source"]), one["code"], ".".join(map(str, one["path"])), one["message"])
        for one in json.loads(done.stdout or "[]")
    ]
