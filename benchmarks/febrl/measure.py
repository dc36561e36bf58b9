"""Weights learned on half of the people, pairs judged on the other half."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from benchmarks.curve import at_threshold, best_f1, curve
from benchmarks.febrl.features import features
from benchmarks.febrl.keys import candidate_pairs
from benchmarks.febrl.rows import Row

Scored = list[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Half:
    """The pairs judged, with their scores in odds, and how many of one person there are in all."""

    scored: Scored
    true_pairs: int

    def figures(self) -> dict[str, float]:
        """F1 at the best threshold and at even odds, and what the keys found."""
        points = curve(self.scored, self.true_pairs)
        return {
            "true_pairs": self.true_pairs,
            "pairs_found_by_keys": sum(same for _, same in self.scored),
            "f1_best_threshold": round(best_f1(points), 5),
            "f1_even_odds": round(at_threshold(points, 0.0).f1, 5),
        }


def judge_halves(rows: list[Row]) -> tuple[Half, Half]:
    """Learned on the people with an even number and judged on the others; then the other way round.

    A pair is judged unless both its records are of the half that was learned from.
    """
    pairs = candidate_pairs(rows)
    found = [{f"{name}={level}": 1.0 for name, level in features(*pair)} for pair in pairs]
    even = [{one.is_for_learning, other.is_for_learning} for one, other in pairs]
    same = [one.person == other.person for one, other in pairs]
    halves = []
    for learned_from in (True, False):
        learn = [index for index, sides in enumerate(even) if sides == {learned_from}]
        judge = [index for index, sides in enumerate(even) if sides != {learned_from}]
        model = _learn([found[index] for index in learn], [same[index] for index in learn])
        odds = model.decision_function([found[index] for index in judge])
        scored = [(float(score), same[index]) for score, index in zip(odds, judge, strict=True)]
        halves.append(Half(scored, true_pairs(row for row in rows if row.is_for_learning != learned_from)))
    return halves[0], halves[1]


def true_pairs(rows: Iterable[Row]) -> int:
    """How many pairs of records are about one person."""
    counts = Counter(row.person for row in rows)
    return sum(count * (count - 1) // 2 for count in counts.values())


def _learn(found: list[dict[str, float]], same: list[bool]) -> Any:
    text, linear = import_module("sklearn.feature_extraction"), import_module("sklearn.linear_model")
    pipeline = import_module("sklearn.pipeline")
    model = pipeline.make_pipeline(text.DictVectorizer(), linear.LogisticRegression(max_iter=5000))
    return model.fit(found, same)
