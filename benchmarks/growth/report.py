"""The page and the picture of growth: flat writes, and reads as a straight line of candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
MILLION: Final = 14.4
MILLION_P99: Final = 96
"""Candidates of a look-up at a million, mean and 99th percentile ("Keys" of docs/benchmarks/matching.md)."""


def write(sizes: Sequence[Size]) -> None:
    """The section of the page, and its picture."""
    PICTURE.write_text(svg(picture(sizes)), encoding="utf-8")
    text = f"{told(sizes)}\n\n![Read units by candidates]({PICTURE.name})"
    write_section(TITLE, "python -m benchmarks.growth", text, PAGE, HEAD)


def flat(sizes: Sequence[Size]) -> bool:
    """Whether the mean write units of youths as they come are within 2 % of those at the smallest size."""
    return all(
        abs(one / kind[0] - 1) <= FLAT
        for kind in zip(*(map(_writes, size.as_they_come()) for size in sizes), strict=True)
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
    bound = Line("at most: a + b x candidates", [(0, start), (most, start + slope * most)])
    return Chart("Read units of a signal without a match", "candidates", "read units", [*lines, bound])


def _table(sizes: Sequence[Size]) -> Iterator[str]:
    usual, _ = sizes[0].as_they_come()
    yield f"Means over {len(usual)} youths as they come, the same at each size, and as many that share keys"
    yield "with most others (crowded): those cost more writes too, for they raise reviews of doubtful pairs."
    yield "Caches warm. Read units are computed from sizes; a transaction's writes count twice. Our time is"
    yield "this process's own, with its AWS client."
    yield ""
    yield "| signals in the index | | candidates | requests | read units | write units | our time |"
    yield "|---|---|---|---|---|---|---|"
    for size in sizes:
        alone, matched = size.as_they_come()
        crowded = [cost for cost in size.alone if cost.crowded]
        yield f"| {size.signals:,} | no match | {_means(alone)} |"
        yield f"| {size.signals:,} | one match, two mails | {_means(matched)} |"
        yield f"| {size.signals:,} | no match, crowded | {_means(crowded)} |"


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
    yield f"Write units of youths as they come flat within {FLAT:.0%}: **{answer}**. Read units ≤"
    yield "a + b · candidates, for every signal measured at any size, crowded or not (b by least squares,"
    yield "a the least that no signal exceeds). At a million signals a look-up finds"
    yield f"{MILLION} candidates in the mean, {MILLION_P99} at the 99th percentile:"
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


def _writes(costs: Sequence[Cost]) -> float:
    return mean(cost.writes for cost in costs)
