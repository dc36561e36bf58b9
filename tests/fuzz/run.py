"""A round of Schemathesis against a deployed interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from infra.places import ROOT

SETTINGS: Final = Path(__file__).with_name("schemathesis.toml")
CASES_A_ROUND: Final = 15
"""At most this many are drawn for one operation in one phase of a round."""
_PHASES: Final = "examples,coverage,fuzzing,stateful"


@dataclass(frozen=True, slots=True)
class Round:
    """What came of one round: how many cases it judged, whether any failed, and what it told."""

    cases: int
    failed: bool
    told: str


def fuzz(base_url: str, token: str, mail_domain: str, *, seed: int, report: Path) -> Round:
    """Draw requests from the description at ``base_url`` and judge the answers by every check."""
    command = [
        *(str(Path(sys.executable).with_name("st")), "--config-file", str(SETTINGS), "run"),
        *(f"{base_url}/openapi.json", "--url", base_url, "--header", f"Authorization: Bearer {token}"),
        *("--phases", _PHASES, "--max-examples", str(CASES_A_ROUND), "--seed", str(seed), "--no-shrink"),
        *("--warnings", "off", "--report", "json", "--report-json-path", str(report)),
    ]
    told = {"FUZZ_MAIL_DOMAIN": mail_domain, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=dict(os.environ) | told, capture_output=True, text=True, check=False
    )
    if not report.exists():
        return Round(cases=0, failed=True, told=done.stdout + done.stderr)
    judged = json.loads(report.read_text(encoding="utf-8"))["test_cases"]["generated"]
    return Round(judged, done.returncode != 0, done.stdout + done.stderr)
