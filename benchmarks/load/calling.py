"""One phase of load: Locust in a process of its own, and what it measured."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.load.plan import ORDER, Order
from infra.errors import InfraError
from infra.places import ROOT

_USERS: Final = "benchmarks/load/users.py"


@dataclass(frozen=True, slots=True)
class Calls:
    """All calls of one kind: ``times`` maps milliseconds, as Locust rounds them, to how many took so long."""

    name: str
    count: int
    failed: int
    seconds: float
    times: dict[float, int]

    @property
    def rate(self) -> float:
        """Calls a second."""
        return self.count / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the calls was answered."""
        left = share * sum(self.times.values())
        for time in sorted(self.times):
            left -= self.times[time]
            if left <= 0:
                return time
        return 0.0


def run(user: str, order: Path, *, users: int, seconds: float) -> list[Calls]:
    """Let so many users of a class call, until they are done or the time is over.

    Raises InfraError when Locust itself fails; calls that failed are counted.
    """
    told = Order.read(order)
    command = [sys.executable, "-m", "locust", "-f", _USERS, user, "--headless", "--json", "--skip-log"]
    command += ["--host", told.base_url, "-u", str(users), "-r", str(users), "--exit-code-on-error", "0"]
    command += ["--stop-timeout", "60", "-t", f"{seconds:.0f}s"]
    environment = {**os.environ, ORDER: str(order), "PYTHONPATH": str(ROOT), "NO_PROXY": "*"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise InfraError(f"Locust ended with {done.returncode}: {done.stderr[-2000:]}")
    return calls(json.loads(done.stdout))


def calls(rows: list[dict[str, Any]]) -> list[Calls]:
    """Locust's own statistics, as ``--json`` prints them."""
    return [
        Calls(
            name=row["name"],
            count=row["num_requests"],
            failed=row["num_failures"],
            seconds=row["last_request_timestamp"] - row["start_time"],
            times={float(time): count for time, count in row["response_times"].items()},
        )
        for row in rows
    ]
