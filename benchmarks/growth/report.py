"""The page and the picture of growth: flat writes, and reads as a straight line of candidates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import linear_regression, mean
from typing import Final

from benchmarks.chart import Chart, Line, svg
from benchmarks.growth.measure import Cost, Size
from benchmarks.load.report import HEAD, PAGE
from benchmarks.page import write_section

PICTURE: Final = PAGE.with_name("growth.svg")
TITLE: Final = "What one signal costs as the index grows"
FLAT: Final = 0.02
"""How far the mean write units of a size may be from those of the smallest."""
MILLION: Final = 14.3
MILLION_P99: Final = 89
"""Candidates of a look-up at a million signals, mean and at the 99th percentile (matching.md, "Keys")."""


def write(sizes: Sequence[Size]) -> None:
    """The section of the page, and its picture."""
    PICTURE.write_text(svg(picture(sizes)), encoding="utf-8")
    text = f"{told(sizes)}\n\n![Read units by candidates]({PICTURE.name})"
    write_section(TITLE, "python -m benchmarks.growth", text, PAGE, HEAD)


def flat(sizes: Sequence[Size]) -> bool:
    """Whether the mean write units at every size are within 2 % of those at the smallest."""
    return all(
        abs(one / kind[0] - 1) <= FLAT
        for kind in (_writes(size.alone for size in sizes), _writes(size.matched for size in sizes))
        for one in kind
    )


def line(costs: Sequence[Cost]) -> tuple[float, float]:
    """``a`` and ``b`` of the least line ``a + b x candidates`` that no measured signal's read units exceed.

    The slope is that of least squares; the line is then lifted until no point is above it.
    """
    candidates, reads = [cost.candidates for cost in costs], [cost.reads for cost in costs]
    slope = linear_regression(candidates, reads).slope if len(set(candidates)) > 1 else 0.0
    return max(read - slope * count for count, read in zip(candidates, reads, strict=True)), slope


def told(sizes: Sequence[Size]) -> str:
    """What was measured, as text."""
    return "\n".join([*_table(sizes), "", *_lines(sizes)])


def picture(sizes: Sequence[Size]) -> Chart:
    """Read units of each measured signal by its candidates, at each size."""
    lines = [
        Line(f"{size.signals:,} signals", [(cost.candidates, cost.reads) for cost in size.alone], dots=True)
        for size in sizes[:3]
    ]
    costs = [cost for size in sizes for cost in size.alone]
    start, slope = line(costs)
    most = max(cost.candidates for cost in costs)
    bound = Line("a + b x candidates", [(0, start), (most, start + slope * most)])
    return Chart("Read units of a signal without a match", "candidates", "read units", [*lines, bound])


def _table(sizes: Sequence[Size]) -> Iterator[str]:
    yield f"Means over {len(sizes[0].alone)} youths, the same at each size; caches warm. Read units are"
    yield "computed from sizes; a transaction's writes count twice. Our time is this process's own, with its"
    yield "AWS client."
    yield ""
    yield "| signals in the index | | candidates | requests | read units | write units | our time |"
    yield "|---|---|---|---|---|---|---|"
    for size in sizes:
        yield f"| {size.signals:,} | no match | {_means(size.alone)} |"
        yield f"| {size.signals:,} | one match, two mails | {_means(size.matched)} |"


def _means(costs: Sequence[Cost]) -> str:
    figures = [
        f"{mean(cost.candidates for cost in costs):.1f}",
        f"{mean(cost.requests for cost in costs):.1f}",
        f"{mean(cost.reads for cost in costs):.1f}",
        f"{mean(cost.writes for cost in costs):.2f}",
        f"{mean(cost.milliseconds for cost in costs):.0f} ms",
    ]
    return " | ".join(figures)


def _lines(sizes: Sequence[Size]) -> Iterator[str]:
    answer = "yes" if flat(sizes) else "NO"
    yield f"Write units flat within {FLAT:.0%}: **{answer}**. Read units ≤ a + b · candidates, for every"
    yield "signal measured at any size (b by least squares, a the least that no signal exceeds). At a million"
    yield f"signals a look-up finds {MILLION} candidates in the mean, {MILLION_P99} at the 99th percentile:"
    yield ""
    yield "| | a | b | computed at a million signals: mean | p99 |"
    yield "|---|---|---|---|---|"
    for name, costs in (
        ("no match", [cost for size in sizes for cost in size.alone]),
        ("one match, two mails", [cost for size in sizes for cost in size.matched]),
    ):
        start, slope = line(costs)
        at = f"≤ {start + slope * MILLION:.1f} | ≤ {start + slope * MILLION_P99:.1f}"
        yield f"| {name} | {start:.1f} | {slope:.2f} | {at} |"
    yield ""
    yield "The candidates at a million signals are those of the in-memory index (`python -m benchmarks.keys`,"
    yield "[matching.md](matching.md), “Keys”)."


def _writes(kinds: Iterable[Sequence[Cost]]) -> list[float]:
    return [mean(cost.writes for cost in costs) for costs in kinds]
