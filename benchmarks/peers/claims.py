"""What a matcher claims about a region, held against the truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.curve import Point, at_threshold, best_f1, curve, recall_at
from benchmarks.peers.region import ALL, SLICES, Pair, Region

STRICT: Final = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Pairs by score, and the score from which the matcher calls them a match; ``seconds`` for all of it."""

    matcher: str
    scores: Mapping[Pair, float]
    threshold: float
    seconds: float

    def points(self, region: Region, name: str = ALL) -> list[Point]:
        """Precision and recall at each score, over the pairs of a slice."""
        inside = ((score, pair) for pair, score in self.scores.items() if region.is_in(pair, name))
        true_pairs = sum(region.is_in(pair, name) for pair in region.true_pairs)
        return curve(((score, region.is_true(pair)) for score, pair in inside), true_pairs)


def figures(claims: Claims, region: Region) -> dict[str, float]:
    """Precision and recall as told, best F1 over all thresholds, recall at precision 0.999, seconds."""
    points = claims.points(region)
    told = at_threshold(points, claims.threshold)
    return {
        "precision": told.precision,
        "recall": told.recall,
        "best F1": best_f1(points),
        "recall at precision 0.999": recall_at(points, STRICT),
        "seconds": claims.seconds,
    }


def by_slice(claims: Claims, region: Region) -> dict[str, Point]:
    """Precision and recall of what the matcher calls a match, in each slice."""
    return {name: at_threshold(claims.points(region, name), claims.threshold) for name in SLICES}
