"""Small line charts as SVG, readable in light and in dark, without a library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

_WIDTH: Final = 760
_HEIGHT: Final = 360
_LEFT: Final = 70
_RIGHT: Final = 20
_TOP: Final = 56
_BOTTOM: Final = 80
_TICKS: Final = 4
_INKS: Final = ("one", "two", "three", "four")
_STYLE: Final = """
text{fill:#16282b;font:13px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial,sans-serif}
.title{font-size:16px;font-weight:600}.back{fill:#fbfdfd}.grid{stroke:#d5e0e1}.line{fill:none;stroke-width:2}
.one{stroke:#0b4f5c}.two{stroke:#c2571a}.three{stroke:#6a51a3}.four{stroke:#5b8c2a}
.dot{stroke:none}.dot.one{fill:#0b4f5c}.dot.two{fill:#c2571a}.dot.three{fill:#6a51a3}.dot.four{fill:#5b8c2a}
@media (prefers-color-scheme:dark){text{fill:#eaf1f1}.back{fill:#0e1719}.grid{stroke:#2a3b3e}
.one{stroke:#8fe0dc}.two{stroke:#f0a872}.three{stroke:#c3b3ea}.four{stroke:#b5d98a}
.dot.one{fill:#8fe0dc}.dot.two{fill:#f0a872}.dot.three{fill:#c3b3ea}.dot.four{fill:#b5d98a}}
"""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; ``dots`` marks its points instead of joining them."""

    name: str
    points: Sequence[Point]
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """At most four series over one pair of axes, both from nought."""

    title: str
    across: str
    up: str
    lines: Sequence[Line]


def svg(chart: Chart) -> str:
    """The chart as an SVG document."""
    size = f'width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
    scale = _Scale.of(chart)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title">',
        f'<title id="title">{escape(chart.title)}</title><style>{_STYLE}</style>',
        f'<rect class="back" width="{_WIDTH}" height="{_HEIGHT}" rx="12"/>',
        f'<text class="title" x="{_LEFT}" y="26">{escape(chart.title)}</text>',
        *_axes(chart, scale),
        *(part for number, line in enumerate(chart.lines) for part in _drawn(line, number, scale)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


@dataclass(frozen=True, slots=True)
class _Scale:
    """From figures to places on the page."""

    across: float
    up: float

    @classmethod
    def of(cls, chart: Chart) -> _Scale:
        points = [point for line in chart.lines for point in line.points]
        return cls(
            across=rounded(max((x for x, _ in points), default=1.0)),
            up=rounded(max((y for _, y in points), default=1.0)),
        )

    def x(self, value: float) -> float:
        return _LEFT + value / self.across * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - value / self.up * (_HEIGHT - _TOP - _BOTTOM)


def rounded(most: float) -> float:
    """The end of an axis: a round figure that is not below ``most``."""
    step = 1e-6
    while step * 10 < most:
        step *= 10
    return next((step * factor for factor in (1, 2, 3, 4, 6, 8, 10) if step * factor >= most), 1.0)


def _axes(chart: Chart, scale: _Scale) -> Iterator[str]:
    foot = _HEIGHT - _BOTTOM
    for tick in range(_TICKS + 1):
        x, y = scale.across * tick / _TICKS, scale.up * tick / _TICKS
        yield f'<path class="grid" d="M{_LEFT} {scale.y(y):.1f}H{_WIDTH - _RIGHT}"/>'
        yield f'<text x="{_LEFT - 8}" y="{scale.y(y) + 4:.1f}" text-anchor="end">{_figure(y)}</text>'
        yield f'<text x="{scale.x(x):.1f}" y="{foot + 18}" text-anchor="middle">{_figure(x)}</text>'
    yield f'<text x="{_WIDTH - _RIGHT}" y="{foot + 38}" text-anchor="end">{escape(chart.across)}</text>'
    yield f'<text x="{_LEFT - 58}" y="{_TOP - 12}">{escape(chart.up)}</text>'


def _drawn(line: Line, number: int, scale: _Scale) -> Iterator[str]:
    ink, places = _INKS[number], [(scale.x(x), scale.y(y)) for x, y in line.points]
    yield from _dots(places, ink) if line.dots else _path(places, ink)
    left = _LEFT + number * 180
    yield f'<path class="line {ink}" d="M{left} {_HEIGHT - 16}h18"/>'
    yield f'<text x="{left + 24}" y="{_HEIGHT - 12}">{escape(line.name)}</text>'


def _path(places: Iterable[Point], ink: str) -> Iterator[str]:
    yield f'<path class="line {ink}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in places)}"/>'


def _dots(places: Iterable[Point], ink: str) -> Iterator[str]:
    for x, y in places:
        yield f'<circle class="dot {ink}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>'


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:g}"
