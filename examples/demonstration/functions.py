"""What each function did, from its own log."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from infra.account import Account
from infra.functions import FUNCTIONS

_REPORT: Final = re.compile(r"^REPORT RequestId: .*?Duration: ([0-9.]+) ms")


@dataclass(frozen=True, slots=True)
class Deeds:
    """How often a function ran, how long (ms), and what it logged, counted by code."""

    function: str
    durations: tuple[float, ...]
    logged: Counter[str]

    def __str__(self) -> str:
        if not self.durations:
            return f"{self.function:8} no run"
        times = f"median {median(self.durations):.0f} ms, longest {max(self.durations):.0f} ms"
        logged = ", ".join(f"{count} {code}" for code, count in self.logged.most_common())
        return f"{self.function:8} {len(self.durations)} runs, {times}" + (f": {logged}" if logged else "")


def deeds(account: Account) -> tuple[Deeds, ...]:
    """Of every function of the stage."""
    client = account.client("logs")
    return tuple(
        _deeds(
            function.name, _messages(client, f"/aws/lambda/{function.physical_name(account.stage.prefix)}")
        )
        for function in FUNCTIONS
    )


def _deeds(function: str, messages: Iterable[str]) -> Deeds:
    durations: list[float] = []
    logged: Counter[str] = Counter()
    for message in messages:
        report = _REPORT.match(message)
        if report:
            durations.append(float(report.group(1)))
        elif message.startswith("{"):
            logged[_code(message)] += 1
    return Deeds(function, tuple(durations), +logged)


def _code(message: str) -> str:
    try:
        content = json.loads(message)
    except json.JSONDecodeError:
        return "UNREADABLE"
    return str(content.get("code", content.get("level", "UNREADABLE")))


def _messages(client: Any, group: str) -> Iterator[str]:
    start: dict[str, str] = {}
    while True:
        try:
            page = client.filter_log_events(logGroupName=group, **start)
        except client.exceptions.ResourceNotFoundException:
            return
        yield from (event["message"].rstrip() for event in page["events"])
        if not page.get("nextToken"):
            return
        start = {"nextToken": page["nextToken"]}
