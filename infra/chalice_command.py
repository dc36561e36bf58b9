"""Runs ``chalice deploy`` in a staged folder, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from infra.account import Account
from infra.errors import InfraError
from infra.isolation import local_environment
from infra.stacks import Tell

_RUN: Final = "import sys; from chalice.cli import main; sys.exit(main())"
_LAST_LINES: Final = 25


def chalice(account: Account, folder: Path, command: str, tell: Tell) -> None:
    """Run one Chalice command for the account's stage. Raises InfraError with the end of its output."""
    arguments = [
        sys.executable,
        "-c",
        _RUN,
        "--project-dir",
        str(folder),
        command,
        "--stage",
        account.stage.name,
    ]
    output: list[str] = []
    with subprocess.Popen(
        arguments,
        cwd=folder,
        env=_environment(account),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout or ():
            output.append(line.rstrip())
            tell(f"  chalice: {line.rstrip()}")
    if process.returncode:
        raise InfraError(f"chalice {command} failed:\n" + "\n".join(output[-_LAST_LINES:]))


def _environment(account: Account) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if account.endpoint:
        return local_environment(inherited, endpoint=account.endpoint, region=account.stage.region)
    return inherited | {"AWS_DEFAULT_REGION": account.stage.region, "AWS_REGION": account.stage.region}
