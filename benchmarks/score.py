"""Verdicts held against the truth: ``python -m benchmarks.score --truth DIR --verdicts VERDICTS.jsonl``.

Several regions count as one: as many verdicts as truths, in the same order.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path
from statistics import mean, median
from typing import Any

_ONE_SIDED_95 = 1.6449

Truth = dict[str, dict[str, Any]]
Pair = tuple[str, str]


def main() -> None:
    """Print the figures of the goals in docs/benchmarks/matching.md as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("--truth", type=Path, nargs="+", required=True, help="folders of the generator")
    parser.add_argument("--verdicts", type=Path, nargs="+", required=True)
    arguments = parser.parse_args()
    scores = [score(*region) for region in zip(arguments.truth, arguments.verdicts, strict=True)]
    print(json.dumps(scores[0] if len(scores) == 1 else together(scores), indent=1))


def score(folder: Path, verdicts: Path) -> dict[str, Any]:
    """Figures on persons, on households, by slice, and on cost."""
    truth = {row["signal_id"]: row for row in read_lines(folder / "truth_signals.jsonl")}
    judged = read_lines(verdicts)
    return {
        "signals": len(judged),
        **person_figures(truth, judged),
        "household": household_figures(folder, truth, judged),
        "candidates_mean": round(mean(row["candidates"] for row in judged), 2),
        "micros_median": median(row["micros"] for row in judged),
        "micros_mean": round(mean(row["micros"] for row in judged)),
    }


def together(scores: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures on persons of several regions, each signal counted once."""
    counts: Counter[str] = Counter()
    for one in scores:
        counts.update({name: one[name] for name in ("signals", "earlier", "wrong", "matched")})
        counts["auto"] += round(one["auto"] * one["earlier"])
        counts["found"] += round(one["found"] * one["earlier"])
        counts["reviewed"] += round(one["review_share"] * one["signals"])
    per_10000 = 10_000 / counts["signals"]
    return {
        "regions": len(scores),
        "signals": counts["signals"],
        "wrong": counts["wrong"],
        "precision": round(1 - counts["wrong"] / max(1, counts["matched"]), 5),
        "auto": round(counts["auto"] / max(1, counts["earlier"]), 4),
        "found": round(counts["found"] / max(1, counts["earlier"]), 4),
        "review_share": round(counts["reviewed"] / counts["signals"], 5),
        "wrong_per_10000": round(per_10000 * counts["wrong"], 2),
        "wrong_per_10000_at_most": round(per_10000 * most_likely(counts["wrong"]), 2),
    }


def most_likely(wrong: int) -> float:
    """The upper 95 % bound of a count (Poisson; Wilson and Hilferty's approximation of chi-square).

    Wrong joins of one group follow from each other, so the true bound is somewhat wider.
    """
    n = wrong + 1
    return float(n * (1 - 1 / (9 * n) + _ONE_SIDED_95 / (3 * n**0.5)) ** 3)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Every line of a JSON-lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def person_figures(truth: Truth, judged: list[dict[str, Any]]) -> dict[str, Any]:
    """Precision and recall of joining at once, recall with review, and the share sent to review.

    A join is right when every signal joined is about the same child.
    """
    seen: set[str] = set()
    tally: Counter[str] = Counter()
    slices: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in judged:
        person = truth[row["signal_id"]]["person_id"]
        others = {truth[other]["person_id"] for other in row["with"]}
        found = {"earlier": person in seen, row["person"]: True}
        found["auto"] = row["person"] == "MATCH" and others == {person}
        found["wrong"] = row["person"] == "MATCH" and others != {person}
        found["found"] = row["person"] != "NO" and person in others
        tally.update(name for name, holds in found.items() if holds)
        for tag in truth[row["signal_id"]]["tags"]:
            slices[tag].update(name for name, holds in found.items() if holds)
        seen.add(person)
    return {
        **_rates(tally),
        "matched": tally["MATCH"],
        "review_share": round(tally["POSSIBLE"] / max(1, len(judged)), 5),
        "wrong_per_10000": round(10_000 * tally["wrong"] / max(1, len(judged)), 2),
        "slices": {tag: _rates(counts) for tag, counts in sorted(slices.items()) if counts["earlier"] > 99},
    }


def _rates(tally: Counter[str]) -> dict[str, Any]:
    return {
        "earlier": tally["earlier"],
        "wrong": tally["wrong"],
        "precision": round(1 - tally["wrong"] / max(1, tally["MATCH"]), 5),
        "auto": round(tally["auto"] / max(1, tally["earlier"]), 4),
        "found": round(tally["found"] / max(1, tally["earlier"]), 4),
    }


def household_figures(folder: Path, truth: Truth, judged: list[dict[str, Any]]) -> dict[str, Any]:
    """Precision and recall over pairs of children who both have signals.

    True pairs share a parent; ``precision_strict`` counts step and foster children as wrong,
    ``precision`` leaves them out, for the address match is meant to find them (D12).
    """
    signalled = {row["person_id"] for row in truth.values()}
    family, together = _true_pairs(folder, signalled)
    claimed: dict[Pair, set[str]] = defaultdict(set)
    kin: set[Pair] = set()
    for row in judged:
        own = truth[row["signal_id"]]["person_id"]
        for other in row["household"]:
            children = pair(own, truth[other["signal_id"]]["person_id"])
            claimed[children].update(other["basis"])
            if other.get("rule") != "ADDRESS_ALONE":
                kin.add(children)
    return {
        "true_pairs": len(family),
        **_pair_rates(set(claimed), family, together),
        "without_address_alone": _pair_rates(kin, family, together),
        "by_parent": _pair_rates(
            {p for p, basis in claimed.items() if "SHARED_PARENT" in basis}, family, together
        ),
        "by_address": _pair_rates({p for p, b in claimed.items() if "SHARED_ADDRESS" in b}, family, together),
    }


def _true_pairs(folder: Path, signalled: set[str]) -> tuple[set[Pair], set[Pair]]:
    family: set[Pair] = set()
    together: set[Pair] = set()
    for link in read_lines(folder / "household_links.jsonl"):
        if link["a"] in signalled and link["b"] in signalled:
            (family if link["family"] else together).add(pair(link["a"], link["b"]))
    return family, together


def _pair_rates(claimed: set[Pair], family: set[Pair], together: set[Pair]) -> dict[str, Any]:
    right = len(claimed & family)
    return {
        "claimed": len(claimed),
        "precision": round(right / max(1, len(claimed - together)), 4),
        "precision_strict": round(right / max(1, len(claimed)), 4),
        "recall": round(right / max(1, len(family)), 4),
    }


def pair(one: str, other: str) -> Pair:
    """Two ids in order."""
    return (one, other) if one < other else (other, one)


if __name__ == "__main__":
    main()
