"""What the index forgets of a story: a signal that was retracted leaves nothing, its matches neither (D35).

A later run on a state that was kept compares it all the same, so this run writes it down.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from examples.demonstration.observation import SeenMatch

Retracted = Mapping[str, str]
"""The ids of signals that were retracted, by their references."""
Gone = Mapping[str, Sequence[SeenMatch]]
"""Matches with such a signal as each side saw them ended, by the reference of that side."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A file of it; empty while there is none."""

    path: Path

    def read(self) -> tuple[Retracted, Gone]:
        """What was written last."""
        if not self.path.exists():
            return {}, {}
        held = json.loads(self.path.read_text(encoding="utf-8"))
        gone = {reference: [_match(one) for one in seen] for reference, seen in held["gone"].items()}
        return held["retracted"], gone

    def write(self, retracted: Retracted, gone: Gone) -> None:
        """Write all of it anew."""
        seen = {reference: [asdict(one) for one in matches] for reference, matches in gone.items()}
        text = json.dumps({"retracted": dict(retracted), "gone": seen}, indent=2)
        self.path.write_text(f"{text}\n", encoding="utf-8")

    def forget(self) -> None:
        """As the index does when its state is not kept."""
        self.path.unlink(missing_ok=True)


def _match(held: Mapping[str, str]) -> SeenMatch:
    return SeenMatch(
        id=held["id"],
        kind=held["kind"],
        basis=tuple(held["basis"]),
        state=held["state"],
        match_key=held["match_key"],
        counterpart=held["counterpart"],
    )
