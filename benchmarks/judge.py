"""Stream signals through the core and tell what it decides, with no truth in sight.

``python -m benchmarks.judge --signals SIGNALS.jsonl [--excluded EXCLUDED.json] --out VERDICTS.jsonl``
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from time import perf_counter_ns
from typing import Any

from benchmarks.index import Index
from benchmarks.schema import read_excluded, read_signals
from chalicelib.matching import (
    Decision,
    MatchingProfile,
    MatchKind,
    MatchRecord,
    Outcome,
    default_model,
    fold,
    read_model,
)


def main() -> None:
    """Judge every signal of a file in its order."""
    arguments = _parser().parse_args()
    model = read_model(arguments.model) if arguments.model else default_model()
    model = model.at_scale(arguments.expects)
    excluded = read_excluded(arguments.excluded) if arguments.excluded else frozenset()
    index = Index(model, MatchingProfile(address_alone=not arguments.kin_only), excluded)
    with arguments.out.open("w", encoding="utf-8") as out:
        for signal_id, youth in read_signals(arguments.signals):
            verdict = judge(index, MatchRecord(signal_id, fold(youth)))
            out.write(json.dumps(verdict, separators=(",", ":")) + "\n")


def judge(index: Index, record: MatchRecord) -> dict[str, Any]:
    """The verdict on one signal; ``micros`` counts comparing and deciding, and no reading of keys."""
    candidates = index.candidates(record.youth)
    started = perf_counter_ns()
    index.add(record, candidates)
    decision = index.decide(record.signal_id)
    micros = (perf_counter_ns() - started) // 1000
    return {
        "signal_id": record.signal_id,
        **_person(decision, record.signal_id),
        "household": _household(decision, record.signal_id),
        "candidates": len(candidates),
        "micros": micros,
    }


def _person(decision: Decision, signal_id: str) -> dict[str, Any]:
    """MATCH with the person joined, else POSSIBLE with the candidates for review, else NO."""
    group = next(group for group in decision.groups if signal_id in group)
    if len(group) > 1:
        scores = [
            match.explanation.total
            for match in decision.matches
            if match.kind is MatchKind.PERSON and signal_id in (match.first, match.second)
        ]
        joined = [other for other in group if other != signal_id]
        return {"person": Outcome.MATCH, "with": joined, "score": round(max(scores), 2)}
    doubts = [doubt for doubt in decision.possible if signal_id in (doubt.first, doubt.second)]
    if doubts:
        others = sorted({doubt.second if doubt.first == signal_id else doubt.first for doubt in doubts})
        best = max(doubt.explanation.total for doubt in doubts)
        return {"person": Outcome.POSSIBLE, "with": others, "score": round(best, 2)}
    return {"person": Outcome.NO, "with": [], "score": None}


def _household(decision: Decision, signal_id: str) -> list[dict[str, Any]]:
    return [
        {
            "signal_id": match.second if match.first == signal_id else match.first,
            "basis": sorted(match.basis, reverse=True),
            "rule": match.explanation.rule,
        }
        for match in decision.matches
        if match.kind is MatchKind.HOUSEHOLD and signal_id in (match.first, match.second)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=__doc__)
    parser.add_argument("--signals", type=Path, required=True)
    parser.add_argument("--excluded", type=Path)
    parser.add_argument("--model", type=Path, help="a model file; the shipped one when left out")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--expects",
        type=int,
        default=0,
        help="how many signals the region expects at once (a stage's setting)",
    )
    parser.add_argument(
        "--kin-only",
        action="store_true",
        help="count an address only beside a surname or a parent's name (a region's setting)",
    )
    parser.add_argument(
        "--same-organisation-too",
        action="store_true",
        default=True,
        help="compare across all signals (always so: here an organisation is only a source)",
    )
    return parser


if __name__ == "__main__":
    main()
