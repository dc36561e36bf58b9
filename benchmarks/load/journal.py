"""What the organisations' systems know of their own calls: the one source the reckoning starts from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Deed(StrEnum):
    """What was answered with success; ``UNSURE`` is a call of which no answer says whether it was done."""

    GIVEN = "GIVEN"
    ENDED = "ENDED"
    UNSURE = "UNSURE"


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed of an organisation about the youth of a number, and when (seconds since 1970).

    ``signal_id`` is empty when it is not known.
    """

    deed: Deed
    organisation: str
    youth: int
    signal_id: str
    at: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A signal that was given, and whether it still stands."""

    organisation: str
    youth: int
    signal_id: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """Entries as lines of a file, each on the disk as soon as it is written."""

    path: Path

    def write(self, entry: Entry) -> None:
        """Add an entry."""
        fields = [entry.deed.value, entry.organisation, entry.youth, entry.signal_id, entry.at]
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(fields) + "\n")


def read_journal(path: Path) -> list[Entry]:
    """All entries, in the order of their writing."""
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Entry(Deed(deed), *rest) for deed, *rest in rows]


def standings(entries: Iterable[Entry]) -> tuple[list[Standing], int]:
    """Every signal that was surely given, and how many calls of which nobody knows whether they were done."""
    given: dict[str, Entry] = {}
    ended: set[str] = set()
    unsure = 0
    for entry in entries:
        if entry.deed is Deed.GIVEN:
            given[entry.signal_id] = entry
        elif entry.deed is Deed.ENDED:
            ended.add(entry.signal_id)
        else:
            unsure += 1
    signals = [
        Standing(entry.organisation, entry.youth, signal_id, signal_id in ended)
        for signal_id, entry in given.items()
    ]
    return signals, unsure
