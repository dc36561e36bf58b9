"""The page of rules: a table that traces each, and below it what each says."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final

from docs.rules.traces import Trace

_SHOWN: Final = 3
_HEAD: Final = (Path(__file__).parent / "head.txt").read_text(encoding="utf-8")


def page(traces: Iterable[Trace]) -> str:
    """The whole page, as Markdown."""
    found = tuple(traces)
    rows = "".join(map(_row, found))
    sections = "".join(
        f"\n## {section}\n" + "".join(map(_told, group))
        for section, group in groupby(found, key=lambda trace: trace.rule.section)
    )
    return f"{_HEAD}{rows}{sections}"


def _row(trace: Trace) -> str:
    rule = trace.rule
    if rule.later:
        return f"| {rule.name} | {rule.short} | not yet | not yet |\n"
    return f"| {rule.name} | {rule.short} | {_links(trace.code)} | {_links(trace.tests)} |\n"


def _links(paths: tuple[str, ...]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return ", ".join(f"[{path}](../{path})" for path in paths[:_SHOWN]) + more


def _told(trace: Trace) -> str:
    return f"- **{trace.rule.name}** {trace.rule.mark} {trace.rule.text}\n"
