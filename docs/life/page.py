"""The page of a signal's life: a diagram, and a table of what can happen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from chalicelib.domain.signal import SignalState
from chalicelib.signals.life import LIFE, OPEN_STATES, Keeps, Transition

PAGE: Final = Path(__file__).parent.parent / "life.md"
_HEAD: Final = (Path(__file__).parent / "head.txt").read_text(encoding="utf-8")
_TABLE_HEAD: Final = (
    "| step | from | to | what stays of the person | who | what it means | rules |\n"
    "|---|---|---|---|---|---|---|\n"
)
_STAYS: Final = {
    Keeps.RECORD: "the record",
    Keeps.HISTORY: "what the history archive keeps (D35)",
    Keeps.NOTHING: "nothing",
}


def page() -> str:
    """The whole page, as Markdown."""
    rows = "".join(map(_row, LIFE))
    return f"{_HEAD}{_diagram(LIFE)}\n{_TABLE_HEAD}{rows}"


def _diagram(life: Iterable[Transition]) -> str:
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in life:
        for source, target in _arrows(row):
            arrows.setdefault((source, target), []).append(_said(row))
    drawn = "".join(
        f"    {source} --> {target}: {', '.join(steps)}\n" for (source, target), steps in arrows.items()
    )
    ends = "".join(f"    {state} --> [*]\n" for state in SignalState if state not in OPEN_STATES)
    return f"```mermaid\nstateDiagram-v2\n{drawn}{ends}```\n"


def _arrows(row: Transition) -> Iterable[tuple[str, str]]:
    """From each state that it can happen in; of what is the same from any state, those that are open."""
    if not row.sources:
        return [("[*]", str(row.target))]
    open_ones = [state for state in SignalState if state in row.sources & OPEN_STATES]
    return [(state, row.target or state) for state in open_ones]


def _row(row: Transition) -> str:
    cells = (
        _said(row),
        ", ".join(state for state in SignalState if state in row.sources) or "nothing yet",
        row.target or "the same",
        _STAYS[row.keeps],
        row.by,
        row.means,
        ", ".join(row.rules),
    )
    return f"| {' | '.join(cells)} |\n"


def _said(row: Transition) -> str:
    return row.step.replace("_", " ").lower()
