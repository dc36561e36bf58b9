"""Learn the weights of the matcher from regions with known truth.

``python -m benchmarks.learn --regions DIR [DIR ...] --version 2.0.0 --out chalicelib/matching/model.json``

A logistic regression on the levels of each field and on their crosses, over every signal against each
true person before it; coefficients in bits. Thresholds are the odds of ``--thresholds``, or kept. Needs
requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from benchmarks.examples_of_persons import read_examples
from chalicelib.matching.crosses import CROSSES, Coarse, Cross, combinations
from chalicelib.matching.levels import FREQUENCIES, LEVELS, Field, Level

Feature = tuple[str, str]
Labelled = tuple[tuple[tuple[Field, Level], ...], bool]
"""Evidence, and whether it is of one person."""


def main() -> None:
    """Read the regions, fit, write the model with what was there of household and thresholds."""
    arguments = _parser().parse_args()
    with ProcessPoolExecutor(max_workers=2) as readers:
        counts = sum(readers.map(read_region, arguments.regions), Counter[Labelled]())
    weights, intercept = fit(counts, arguments.strength)
    document = json.loads(arguments.base.read_text("utf-8"))
    thresholds = document["thresholds"] | {
        name: round(odds - (0 if name == "margin" else intercept), 3)
        for name, odds in zip(_THRESHOLDS, arguments.thresholds, strict=False)
    }
    document |= {
        "version": arguments.version,
        "origin": f"benchmarks.learn on {counts.total()} examples of {len(arguments.regions)} regions",
        "intercept": round(intercept, 3),
        "thresholds": thresholds,
        "weights": {name: _levels(name, weights) for name in LEVELS}
        | {name: shares(_levels(name, weights), document["weights"][name]) for name in FREQUENCIES.values()},
        "crosses": {"+".join(cross): _named("+".join(cross), weights) for cross in CROSSES},
    }
    write_model(document, arguments.out)


def read_region(folder: Path) -> Counter[Labelled]:
    """How often each evidence was of one person, and how often of two, in one region."""
    return Counter((tuple(example.evidence.items()), example.same) for example in read_examples(folder))


_PAIR = 2
_THRESHOLDS = ("match", "possible", "apart", "margin")


def is_weighed(cross: Cross, levels: Sequence[Coarse]) -> bool:
    """Whether a combination has a weight: all its fields are there, or all but the given name."""
    missing = [name for name, level in zip(cross, levels, strict=True) if level is Coarse.MISSING]
    return not missing or (missing == [Field.GIVEN_NAMES] and len(cross) > _PAIR)


def features(evidence: Mapping[Field, Level]) -> list[Feature]:
    """The names of what holds for the evidence: a level per field, a combination per cross."""
    found: list[Feature] = [(name, level) for name, level in evidence.items() if level is not Level.MISSING]
    for cross, levels in zip(CROSSES, combinations(evidence), strict=True):
        if is_weighed(cross, levels):
            found.append(("+".join(cross), "+".join(levels)))
    return found


def fit(counts: Counter[Labelled], strength: float) -> tuple[dict[Feature, float], float]:
    """Weights in bits per feature, and the intercept; the order in which regions were read is no matter."""
    sparse, linear = import_module("scipy.sparse"), import_module("sklearn.linear_model")
    names: dict[Feature, int] = {}
    columns: list[int] = []
    ends = [0]
    rows = sorted(counts.items())
    for (evidence, _), _ in rows:
        columns += [names.setdefault(feature, len(names)) for feature in features(dict(evidence))]
        ends.append(len(columns))
    matrix = sparse.csr_matrix(([1.0] * len(columns), columns, ends), shape=(len(rows), len(names)))
    learned = linear.LogisticRegression(C=strength, max_iter=5000)
    learned.fit(matrix, [same for (_, same), _ in rows], sample_weight=[count for _, count in rows])
    coefficients = [float(value) / math.log(2) for value in learned.coef_[0]]
    return {name: coefficients[index] for name, index in names.items()}, float(
        learned.intercept_[0]
    ) / math.log(2)


def _levels(name: Field, weights: dict[Feature, float]) -> dict[str, float]:
    return {
        level: round(weights.get((name, level), 0.0), 3) for level in LEVELS[name] if level != Level.MISSING
    }


def shares(weights: dict[str, float], known: dict[str, float]) -> dict[str, float]:
    """A common name never says more than a rarer one, nor more than regions learned from before taught.

    In a small region few namesakes meet, whose names are common in a large one.
    """
    shares = (min(weight, known[level]) for level, weight in weights.items())
    rarest_first = accumulate(shares, min, initial=0.0)
    return dict(zip(weights, islice(rarest_first, 1, None), strict=True))


def _named(name: str, weights: dict[Feature, float]) -> dict[str, float]:
    return {level: round(weight, 3) for (field, level), weight in sorted(weights.items()) if field == name}


def write_model(document: dict[str, Any], path: Path) -> None:
    """A model file that people can read: one field or cross a line."""
    parts = []
    for name, value in document.items():
        if name in ("weights", "crosses", "household"):
            rows = ",\n".join(f"  {json.dumps(key)}: {json.dumps(row)}" for key, row in value.items())
            parts.append(f' "{name}": {{\n{rows}\n }}')
        else:
            parts.append(f' "{name}": {json.dumps(value)}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn", description=__doc__)
    parser.add_argument("--regions", type=Path, nargs="+", required=True)
    parser.add_argument("--base", type=Path, default=Path("chalicelib/matching/model.json"))
    parser.add_argument("--version", required=True)
    parser.add_argument("--strength", type=float, default=1.0, help="inverse of the regularisation")
    parser.add_argument(
        "--thresholds", type=float, nargs="*", default=(), metavar="BITS", help=f"odds: {_THRESHOLDS}"
    )
    parser.add_argument("--out", type=Path, required=True)
    return parser


if __name__ == "__main__":
    main()
