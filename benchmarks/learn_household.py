"""Learn the weights by which two persons are one household, and the threshold for a stated precision.

``python -m benchmarks.learn_household --regions DIR [DIR ...] --precision 0.997 --out MODEL.json``

A logistic regression on the levels of each tie and on the surname beside the address, over every true
person against every other who shares a household key; coefficients in bits. Who only lives together is
left out: a step or foster child is tied by no surname and no parent (D12). Needs requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.examples_of_households import HouseholdExample, Kind, read_household_examples
from benchmarks.learn import Feature, write_model
from chalicelib.matching.household import household_score, is_certain
from chalicelib.matching.household_model import CROSS, HouseholdModel, parse_household, surname_kind
from chalicelib.matching.tie_levels import TIE_LEVELS, Tie, TieLevel


def main() -> None:
    """Read the regions, fit, choose the threshold, and write the household part of the model."""
    arguments = _parser().parse_args()
    with ProcessPoolExecutor(max_workers=2) as readers:
        examples = list(chain.from_iterable(readers.map(read_region, arguments.regions)))
    household = learn(examples, arguments.precision, arguments.strength)
    document = json.loads(arguments.base.read_text("utf-8"))
    household["origin"] = f"benchmarks.learn_household on {len(examples)} examples"
    household["regions"] = len(arguments.regions)
    document["thresholds"].pop("household", None)
    document |= {"version": arguments.version or document["version"], "household": household}
    write_model(document, arguments.out)


def read_region(folder: Path) -> list[HouseholdExample]:
    """The examples of one region, as a list that can travel between processes."""
    return list(read_household_examples(folder))


def learn(examples: list[HouseholdExample], precision: float, strength: float) -> dict[str, Any]:
    """The household part of a model; its threshold is the lowest of that precision on the examples."""
    weights, intercept = fit([one for one in examples if one.kind is not Kind.TOGETHER], strength)
    document: dict[str, Any] = {
        **{tie: _levels(tie, weights) for tie in TIE_LEVELS},
        CROSS: {level: round(bits, 3) for (name, level), bits in sorted(weights.items()) if name == CROSS},
        "intercept": round(intercept, 3),
        "threshold": 0.0,
        "contribution": 0.0,
    }
    model = parse_household(document)
    threshold, reached, recall = choose_threshold(examples, model, precision)
    chosen = replace(model, threshold=threshold)
    return document | {
        "threshold": round(chosen.threshold, 2),
        "contribution": round(threshold - _SLACK, 2),
        "precision": round(reached, 4),
        "recall_of_those_with_a_key": round(recall, 4),
    }


_SLACK = 4.0
"""Bits that other records may add to what one pair of signals says."""


def features(example: HouseholdExample) -> list[Feature]:
    """The names of what holds for an example: a level per tie, and surname beside address."""
    ties = dict(example.ties)
    found = [(str(tie), str(level)) for tie, level in example.ties if level is not TieLevel.MISSING]
    if ties[Tie.ADDRESS] is not TieLevel.MISSING:
        found.append((CROSS, f"{surname_kind(ties[Tie.SURNAME])}+{ties[Tie.ADDRESS]}"))
    return found


def fit(examples: list[HouseholdExample], strength: float) -> tuple[dict[Feature, float], float]:
    """Weights in bits per feature, and the intercept."""
    sparse, linear = import_module("scipy.sparse"), import_module("sklearn.linear_model")
    names: dict[Feature, int] = {}
    columns: list[int] = []
    ends = [0]
    for example in examples:
        columns += [names.setdefault(feature, len(names)) for feature in features(example)]
        ends.append(len(columns))
    matrix = sparse.csr_matrix(([1.0] * len(columns), columns, ends), shape=(len(examples), len(names)))
    learned = linear.LogisticRegression(C=strength, max_iter=5000)
    learned.fit(matrix, [example.kind is Kind.FAMILY for example in examples])
    bits = [float(value) / math.log(2) for value in learned.coef_[0]]
    return {name: bits[at] for name, at in names.items()}, float(learned.intercept_[0]) / math.log(2)


def choose_threshold(
    examples: Iterable[HouseholdExample], model: HouseholdModel, precision: float
) -> tuple[float, float, float]:
    """The lowest threshold of at least ``precision``, with the precision and the recall it has.

    A pair of youths counts at the best that was ever known of it; who only lives together is left out.
    """
    best: dict[tuple[str, Any, Kind], float] = {}
    for example in examples:
        name = example.region, example.youths, example.kind
        ties = dict(example.ties)
        score = math.inf if is_certain(ties) else household_score(ties, model)
        best[name] = max(score, best.get(name, score))
    ranked = sorted(
        ((score, kind) for (_, _, kind), score in best.items() if kind is not Kind.TOGETHER), reverse=True
    )
    families = sum(kind is Kind.FAMILY for _, kind in ranked)
    chosen, right = (math.inf, 1.0, 0.0), 0
    for claimed, (score, kind) in enumerate(ranked, start=1):
        right += kind is Kind.FAMILY
        if right / claimed >= precision:
            chosen = score, right / claimed, right / max(1, families)
    return chosen


def _levels(tie: Tie, weights: dict[Feature, float]) -> dict[str, float]:
    return {
        level: round(weights.get((tie, level), 0.0), 3)
        for level in TIE_LEVELS[tie]
        if level is not TieLevel.MISSING
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn_household", description=__doc__)
    parser.add_argument("--regions", type=Path, nargs="+", required=True)
    parser.add_argument("--precision", type=float, default=0.997)
    parser.add_argument("--base", type=Path, default=Path("chalicelib/matching/model.json"))
    parser.add_argument("--version", help="the version of the model; as it was when left out")
    parser.add_argument("--strength", type=float, default=1.0, help="inverse of the regularisation")
    parser.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
