"""A small writer of box-and-arrow diagrams as SVG, readable in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
text{fill:#16282b;font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial,sans-serif}
.back{fill:#fbfdfd}
.heading{font-size:13px;font-weight:600;fill:#51666a;letter-spacing:.4px}
.title{font-size:17px;font-weight:700}
.line{font-size:13.5px}
.label{font-size:13px;fill:#41585c}
.box{stroke-width:1.5}
.outside{fill:#f1f5f5;stroke:#c3d2d4}
.function{fill:#0b4f5c;stroke:#0b4f5c}
.clock{fill:#e3f3f1;stroke:#0b6470;stroke-dasharray:6 4}
.table{fill:#ffffff;stroke:#0b6470}
.function-text{fill:#ffffff}
.way{fill:none;stroke:#0b4f5c;stroke-width:2}
.scheduled{fill:none;stroke:#0b6470;stroke-width:1.75;stroke-dasharray:6 5}
.tip{fill:#0b4f5c}
@media (prefers-color-scheme:dark){
text{fill:#eaf1f1}.back{fill:#0e1719}.heading{fill:#a9bdc0}.label{fill:#b9cccf}
.outside{fill:#1e2d30;stroke:#3a4d51}.function{fill:#0f5f6d;stroke:#0f5f6d}.function-text{fill:#fff}
.clock{fill:#0f3438;stroke:#7fd3ce}.table{fill:#172427;stroke:#5fb3b0}
.way{stroke:#8fe0dc}.scheduled{stroke:#7fd3ce}.tip{fill:#8fe0dc}}
"""
_TIP = (
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
    'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>'
)
_LINE = 20
_RADIUS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box; ``look`` is ``outside``, ``function``, ``clock`` or ``table``."""

    x: int
    y: int
    width: int
    height: int
    look: str
    title: str
    lines: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A line through points, with a tip at its end; its label stands centred at ``label_at``."""

    points: Sequence[tuple[int, int]]
    label: Sequence[str] = ()
    label_at: tuple[int, int] = (0, 0)
    scheduled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A word above a column."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A picture; ``about`` is read to those who do not see it."""

    width: int
    height: int
    title: str
    about: str
    parts: Sequence[Box | Arrow | Heading]


def svg(diagram: Diagram) -> str:
    """The diagram as an SVG document."""
    size = f'width="{diagram.width}" height="{diagram.height}" viewBox="0 0 {diagram.width} {diagram.height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title about">',
            f'<title id="title">{escape(diagram.title)}</title>',
            f'<desc id="about">{escape(diagram.about)}</desc>',
            f"<style>{_STYLE}</style>",
            _TIP,
            f'<rect class="back" width="{diagram.width}" height="{diagram.height}" rx="16"/>',
            *(line for part in diagram.parts for line in _drawn(part)),
            "</svg>",
            "",
        ]
    )


def _drawn(part: Box | Arrow | Heading) -> Iterable[str]:
    if isinstance(part, Box):
        return _box(part)
    if isinstance(part, Arrow):
        return _arrow(part)
    return [_text(part.x, part.y, "heading", part.text)]


def _box(box: Box) -> Iterable[str]:
    place = f'x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'
    ink = " function-text" if box.look == "function" else ""
    middle = box.x + box.width // 2
    top = box.y + box.height // 2 - _LINE * len(box.lines) // 2 + 6
    yield f'<rect class="box {box.look}" {place} rx="12"/>'
    yield _text(middle, top, f"title{ink}", box.title)
    for number, line in enumerate(box.lines, start=1):
        yield _text(middle, top + 2 + number * _LINE, f"line{ink}", line)


def _arrow(arrow: Arrow) -> Iterable[str]:
    look = "scheduled" if arrow.scheduled else "way"
    yield f'<path class="{look}" d="{_rounded(arrow.points)}" marker-end="url(#tip)"/>'
    x, y = arrow.label_at
    for number, line in enumerate(arrow.label):
        yield _text(x, y + number * 17, "label", line)


def _rounded(points: Sequence[tuple[int, int]]) -> str:
    """A path with round corners through points that are joined by upright and level lines."""
    path = [f"M{points[0][0]} {points[0][1]}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        path.append(f"L{start[0]} {start[1]}Q{corner[0]} {corner[1]} {end[0]} {end[1]}")
    return "".join([*path, f"L{points[-1][0]} {points[-1][1]}"])


def _towards(corner: tuple[int, int], point: tuple[int, int]) -> tuple[int, int]:
    return _step(corner[0], point[0]), _step(corner[1], point[1])


def _step(start: int, to: int) -> int:
    return start + max(-_RADIUS, min(_RADIUS, to - start))


def _text(x: int, y: int, look: str, text: str) -> str:
    return f'<text class="{look}" x="{x}" y="{y}" text-anchor="middle">{escape(text)}</text>'
