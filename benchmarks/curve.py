"""Precision and recall of scored pairs: the whole curve, its best F1, and recall at a stated precision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Point:
    """What claiming every pair with at least ``threshold`` gives; recall is of all true pairs."""

    threshold: float
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def curve(scored: Iterable[tuple[float, bool]], true_pairs: int) -> list[Point]:
    """A point for each score that occurs, highest first; ``scored`` holds a score and whether it is true.

    Pairs with one score are claimed together. ``true_pairs`` counts those that were never scored too.
    """
    points = []
    claimed = right = 0
    for threshold, pairs in groupby(sorted(scored, reverse=True), key=lambda pair: pair[0]):
        for _, same in pairs:
            claimed += 1
            right += same
        points.append(Point(threshold, right / claimed, right / max(1, true_pairs)))
    return points


def best_f1(points: Iterable[Point]) -> float:
    """The F1 at the threshold that gives the highest; 0 without points."""
    return max((point.f1 for point in points), default=0.0)


def at_threshold(points: Iterable[Point], threshold: float) -> Point:
    """The point of claiming all with at least ``threshold``; nothing claimed is perfectly precise."""
    return min(
        (point for point in points if point.threshold >= threshold),
        key=lambda point: point.threshold,
        default=Point(threshold, 1.0, 0.0),
    )


def recall_at(points: Iterable[Point], precision: float) -> float:
    """The highest recall with at least this precision; 0 when it is never reached."""
    return max((point.recall for point in points if point.precision >= precision), default=0.0)
