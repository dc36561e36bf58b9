"""Several charts in one SVG with one legend, each axis between bounds and ticks of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
text{fill:#16282b;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial,sans-serif}
text{font-size:13px}
.back{fill:#fbfdfd}.title{font-size:15px;font-weight:700}.tick{font-size:12px;fill:#51666a}
.grid{stroke:#dfe9ea;stroke-width:1}.frame{fill:none;stroke:#a9bdc0;stroke-width:1}
.line{fill:none;stroke-width:2.25}.dashed{stroke-dasharray:6 4}
.s0{stroke:#0b4f5c;fill:#0b4f5c}.s1{stroke:#b3541e;fill:#b3541e}.s2{stroke:#6a4c93;fill:#6a4c93}
.s3{stroke:#7a8a8d;fill:#7a8a8d}.s4{stroke:#a88400;fill:#a88400}.s5{stroke:#3f7d3a;fill:#3f7d3a}
.line.s0,.line.s1,.line.s2,.line.s3,.line.s4,.line.s5{fill:none}
@media (prefers-color-scheme:dark){
text{fill:#eaf1f1}.back{fill:#0e1719}.tick{fill:#a9bdc0}.grid{stroke:#1e2d30}.frame{stroke:#3a4d51}
.s0{stroke:#8fe0dc;fill:#8fe0dc}.s1{stroke:#f0a46b;fill:#f0a46b}.s2{stroke:#c3a6ea;fill:#c3a6ea}
.s3{stroke:#94a5a8;fill:#94a5a8}.s4{stroke:#e3c44d;fill:#e3c44d}.s5{stroke:#93cf8d;fill:#93cf8d}}
"""
_LEFT, _TOP, _RIGHT, _BOTTOM = 66, 40, 18, 54
_LEGEND = 26
_LETTER = 7.4
_MARK = 30

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """``ticks``: where a line stands and what is written at it; the first and last bound the panel."""

    label: str
    ticks: Sequence[tuple[float, str]]

    def share(self, value: float) -> float:
        """Where a value lies between the bounds, 0 to 1; what lies beyond them is put at them."""
        low, high = self.ticks[0][0], self.ticks[-1][0]
        return min(1.0, max(0.0, (value - low) / (high - low)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points in order, joined by a line unless there is one; ``look`` 0 to 5 is the colour."""

    name: str
    look: int
    points: Sequence[Point]
    dashed: bool = False
    marks: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One chart."""

    title: str
    x: Axis
    y: Axis
    series: Sequence[Series]


def svg(title: str, description: str, panels: Sequence[Panel], *, columns: int, size: tuple[int, int]) -> str:
    """The panels row by row, each of ``size`` (width, height), with one legend below."""
    width, height = size
    legend = list(_legend(panels, columns * width))
    rows = -(-len(panels) // columns)
    high = rows * height + _LEGEND * len(legend) + 12
    places = [(index % columns * width, index // columns * height) for index in range(len(panels))]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {columns * width} {high}" role="img">',
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
        f'<style>{_STYLE}</style><rect class="back" width="{columns * width}" height="{high}"/>',
        *(part for panel, place in zip(panels, places, strict=True) for part in _panel(panel, place, size)),
        *(part for row, entries in enumerate(legend) for part in _legend_row(entries, rows * height, row)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _panel(panel: Panel, place: tuple[int, int], size: tuple[int, int]) -> Iterator[str]:
    left, top = place[0] + _LEFT, place[1] + _TOP
    wide, high = size[0] - _LEFT - _RIGHT, size[1] - _TOP - _BOTTOM
    yield f'<text class="title" x="{left}" y="{top - 14}">{escape(panel.title)}</text>'
    for value, label in panel.x.ticks:
        x = left + panel.x.share(value) * wide
        yield f'<path class="grid" d="M{x:.1f} {top}v{high}"/>'
        yield _tick(label, x, top + high + 18, "end" if panel.x.share(value) == 1 else "middle")
    for value, label in panel.y.ticks:
        y = top + (1 - panel.y.share(value)) * high
        yield f'<path class="grid" d="M{left} {y:.1f}h{wide}"/>'
        yield _tick(label, left - 8, y + 4, "end")
    yield f'<rect class="frame" x="{left}" y="{top}" width="{wide}" height="{high}"/>'
    yield _tick(f"{panel.x.label} →", left + wide, top + high + 38, "end")
    yield _tick(f"↑ {panel.y.label}", left, top + high + 38, "start")
    for series in panel.series:
        spots = [
            (left + panel.x.share(x) * wide, top + (1 - panel.y.share(y)) * high) for x, y in series.points
        ]
        yield from _series(series, spots)


def _tick(text: str, x: float, y: float, anchor: str) -> str:
    return f'<text class="tick" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _series(series: Series, spots: Sequence[Point]) -> Iterator[str]:
    if len(spots) > 1:
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y in spots)
        look = "line dashed" if series.dashed else "line"
        yield f'<path class="{look} s{series.look}" d="M{way}"/>'
    if series.marks:
        yield from (f'<circle class="s{series.look}" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in spots)


def _legend(panels: Sequence[Panel], width: float) -> Iterator[list[tuple[float, Series]]]:
    """Each name once, in rows that fit the width, with where it begins."""
    known: dict[str, Series] = {}
    for panel in panels:
        for series in panel.series:
            known.setdefault(series.name, series)
    row: list[tuple[float, Series]] = []
    start = float(_LEFT)
    for series in known.values():
        wide = _MARK + _LETTER * len(series.name) + _MARK / 2
        if row and start + wide > width:
            yield row
            row, start = [], float(_LEFT)
        row.append((start, series))
        start += wide
    yield row


def _legend_row(entries: Sequence[tuple[float, Series]], top: int, row: int) -> Iterator[str]:
    y = top + _LEGEND * row + 14
    for start, series in entries:
        look = "line dashed" if series.dashed else "line"
        yield f'<path class="{look} s{series.look}" d="M{start:.1f} {y}h{_MARK - 8}"/>'
        if series.marks:
            yield f'<circle class="s{series.look}" cx="{start + (_MARK - 8) / 2:.1f}" cy="{y}" r="4"/>'
        yield f'<text x="{start + _MARK:.1f}" y="{y + 4}">{escape(series.name)}</text>'
