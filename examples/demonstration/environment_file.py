"""``.local/environment``: what another program needs to talk to the running index; a shell can source it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from pathlib import Path

from infra.places import ROOT
from infra.stages import LOCAL_STAGE


def write_environment(
    path: Path, *, base_url: str, mailbox: str, endpoint: str, home: Path, tokens: Iterable[tuple[str, str]]
) -> None:
    """Write it, readable by its owner only; per organisation a token and the command for a new one."""
    variables = {"BASE_URL": base_url, "MAILBOX": mailbox, "AWS_ENDPOINT_URL": endpoint}
    for organisation, token in tokens:
        name = organisation.upper().replace("-", "_")
        variables[f"TOKEN_{name}"] = token
        variables[f"TOKEN_COMMAND_{name}"] = token_command(organisation, home)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    lines = [f"{name}={shlex.quote(value)}" for name, value in variables.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def token_command(organisation: str, home: Path) -> str:
    """The operators' command that prints a new token for an organisation; works from any folder."""
    arguments = ["token", LOCAL_STAGE, "--home", str(home), "--organisation", organisation]
    return f"cd {shlex.quote(str(ROOT))} && {shlex.join([sys.executable, '-m', 'infra', *arguments])}"
