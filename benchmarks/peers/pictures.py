"""The figures as pictures: precision against recall by slice, and look-ups against the size of the index."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from benchmarks.curve import Point
from benchmarks.panels import Axis, Panel, Series, svg
from benchmarks.peers import core, rules, splinking, toolkit
from benchmarks.peers.families import RegionFigures
from benchmarks.peers.lookups import LookUps

_MOST_NINES: Final = 4.5
_SHOWN: Final = 400
_MATCHERS: Final = (core.NAME, splinking.NAME, toolkit.NAME, *rules.RULES)
_LOOKS: Final = {matcher: look for look, matcher in enumerate(_MATCHERS)}
_RECALL: Final = Axis(label="recall", ticks=[(share / 5, f"{share / 5:.1f}") for share in range(6)])
_PRECISION: Final = Axis(
    label="precision",
    ticks=[(0.3, "0.5"), (1.0, "0.9"), (2.0, "0.99"), (3.0, "0.999"), (4.0, "0.9999"), (_MOST_NINES, "1")],
)


def precision_and_recall(found: RegionFigures) -> str:
    """A panel for each slice; the scale of precision counts nines, so that rare mistakes can be seen."""
    panels = [
        Panel(title=name, x=_RECALL, y=_PRECISION, series=_series(matchers))
        for name, matchers in found.curves.items()
    ]
    told = "Precision against recall of each matcher, over all pairs and in each slice."
    return svg(f"Precision and recall, {found.region.title}", told, panels, columns=3, size=(380, 320))


def candidates(measured: Sequence[LookUps]) -> str:
    """Candidates a look-up against the size of the index, on scales of powers of ten."""
    series = [
        Series(name=f"{matcher}, {name}", look=_LOOKS[matcher], dashed=name != "mean", points=points)
        for matcher, found in _by_matcher(measured).items()
        for name, points in (
            ("mean", [(_tens(each.signals), _tens(each.mean_candidates)) for each in found]),
            ("99 of 100 below", [(_tens(each.signals), _tens(each.p99_candidates)) for each in found]),
        )
    ]
    panel = Panel(
        title="Candidates of a look-up", x=_sizes(measured), y=_powers("candidates", 0, 3), series=series
    )
    told = "How many candidates one new signal has, against the number of signals in the index."
    return svg("Candidates against index size", told, [panel], columns=1, size=(760, 420))


def times(measured: Sequence[LookUps]) -> str:
    """Processor time of a look-up against the size of the index, on scales of powers of ten."""
    series = [
        Series(
            name=f"{matcher}, median",
            look=_LOOKS[matcher],
            points=[(_tens(each.signals), _tens(each.median_seconds * 1000)) for each in found],
        )
        for matcher, found in _by_matcher(measured).items()
    ]
    panel = Panel(
        title="Time of a look-up", x=_sizes(measured), y=_powers("milliseconds", -1, 5), series=series
    )
    told = "Processor time of one new signal, against the number of signals in the index."
    return svg("Look-up time against index size", told, [panel], columns=1, size=(760, 420))


def nines(precision: float) -> float:
    """0.99 is two nines; none wrong is put just above four."""
    return _MOST_NINES if precision >= 1 else min(_MOST_NINES, -math.log10(1 - precision))


def _series(matchers: Mapping[str, list[Point]]) -> list[Series]:
    shown = []
    for matcher, points in matchers.items():
        spots = [(point.recall, nines(point.precision)) for point in _thinned(points) if point.recall > 0]
        if spots:
            shown.append(Series(name=matcher, look=_LOOKS[matcher], points=spots, marks=len(points) < 50))
    return shown


def _thinned(points: list[Point]) -> list[Point]:
    """Enough of many points to draw their line, the last among them."""
    step = max(1, len(points) // _SHOWN)
    return [*points[:-1:step], *points[-1:]]


def _by_matcher(measured: Sequence[LookUps]) -> dict[str, list[LookUps]]:
    ordered = sorted(measured, key=lambda found: (_LOOKS[found.matcher], found.signals))
    return {matcher: list(found) for matcher, found in groupby(ordered, key=lambda found: found.matcher)}


def _sizes(measured: Sequence[LookUps]) -> Axis:
    sizes = [_tens(found.signals) for found in measured]
    low, high = math.floor(min(sizes) + 0.01), math.ceil(max(sizes) - 0.01)
    return _powers("signals in the index", low, max(high, low + 1))


def _powers(label: str, low: int, high: int) -> Axis:
    return Axis(label=label, ticks=[(power, f"{10.0**power:,.15g}") for power in range(low, high + 1)])


def _tens(value: float) -> float:
    return math.log10(max(value, 1e-3))
