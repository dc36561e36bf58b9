"""The story in ``examples/signals.jsonl``: who gives, ends or moves which signal, scene by scene.

Each line is the body of ``POST /v1/signals`` in an envelope: ``organisation``, ``scene``, ``comment``.
``close`` and ``retract`` name the reference of an earlier signal; ``move`` does so too and brings the
signal from the new address. Days are written as ``today``, ``today-4`` or ``today+240``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

STORY: Final = Path(__file__).resolve().parent.parent / "signals.jsonl"
_DAY: Final = re.compile(r"today(?:([+-]\d+))?")


class Ending(StrEnum):
    """How a signal ends on purpose; the value is the resource that does it."""

    CLOSED = "closure"
    RETRACTED = "retraction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Give:
    """An organisation gives a signal; ``body`` is ready to send."""

    scene: str
    comment: str
    organisation: str
    body: dict[str, Any]

    @property
    def reference(self) -> str:
        """The organisation's own reference."""
        return str(self.body["reference"])

    @property
    def email(self) -> str:
        """Where the professional reads mail."""
        return str(self.body["professional"]["email"])


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An organisation ends the signal with this reference."""

    scene: str
    comment: str
    organisation: str
    reference: str
    ending: Ending


Event = Give | End


def read_story(today: date, path: Path = STORY) -> tuple[Event, ...]:
    """The events in order, their days counted from ``today``."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(event for line in lines if line.strip() for event in _events(json.loads(line), today))


def emails_of(story: Iterable[Event]) -> dict[str, str]:
    """The professional's address by the reference of the signal."""
    return {event.reference: event.email for event in story if isinstance(event, Give)}


def _events(line: dict[str, Any], today: date) -> Iterator[Event]:
    envelope = {"scene": line["scene"], "comment": line["comment"], "organisation": line["organisation"]}
    ends = {"close": Ending.CLOSED, "move": Ending.CLOSED, "retract": Ending.RETRACTED}
    for name, ending in ends.items():
        if name in line:
            yield End(**envelope, reference=line[name], ending=ending)
            envelope["comment"] = ""
    if "signal" in line:
        yield Give(**envelope, body=_dated(line["signal"], today))


def _dated(body: dict[str, Any], today: date) -> dict[str, Any]:
    informed = {**body["informed"], "on": _day(body["informed"]["on"], today)}
    return {**body, "plannedEndDate": _day(body["plannedEndDate"], today), "informed": informed}


def _day(written: str, today: date) -> str:
    found = _DAY.fullmatch(written)
    if found is None:
        return written
    return (today + timedelta(days=int(found.group(1) or 0))).isoformat()
