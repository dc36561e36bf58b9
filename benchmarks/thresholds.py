"""Choose the thresholds of a model for a stated precision: ``python -m benchmarks.thresholds --help``.

Every signal of some regions (which the weights were not learned on) is weighed against the true persons
that came before it, and the best person taken. The threshold of a match is the lowest at which the stated
precision holds; that of a doubt the lowest at which no more than a share of the signals goes to review.
A wrong join costs more than itself: later signals about the two persons join the mixture, so it counts
with those of the one of whom more are to come.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import Any

from benchmarks.examples_of_persons import Example, read_examples, true_persons
from benchmarks.learn import write_model
from chalicelib.matching import Outcome, read_model
from chalicelib.matching.model import Model
from chalicelib.matching.weigh import Rule, judge, total

_BY_NUMBER = (Rule.SAME_NUMBER, Rule.SAME_NUMBER_OTHER_PERSON)


@dataclass(frozen=True, slots=True)
class Best:
    """The person that a signal fits best; ``cost``: the wrong joins if it is another."""

    score: float
    rule: Rule
    right: bool
    cost: int


def main() -> None:
    """Choose, print what was seen, and write the model."""
    arguments = _parser().parse_args()
    document = json.loads(arguments.model.read_text("utf-8"))
    model = replace(read_model(arguments.model), match_threshold=-inf, possible_threshold=-inf)
    best: list[Best] = []
    signals = earlier = 0
    for folder in arguments.regions:
        persons = true_persons(folder)
        best += best_of(read_examples(folder), model, persons)
        signals += len(persons)
        earlier += len(persons) - len(set(persons.values()))
    figures = choose(best, signals, earlier, arguments.precision, arguments.review)
    print(json.dumps(figures, indent=1))
    document["thresholds"] |= {
        "match": figures["match"], "possible": figures["possible"], "apart": figures["possible"],
    }  # fmt: skip
    document["chosen"] = {"regions": [folder.name for folder in arguments.regions], **figures}
    write_model(document, arguments.out)


def best_of(examples: Iterable[Example], model: Model, persons: dict[str, str]) -> list[Best]:
    """For every signal that no rule keeps from every person before it, the best of them."""
    found: dict[str, tuple[float, Rule, Example]] = {}
    for example in examples:
        outcome, rule = judge(example.evidence, model)
        if outcome is Outcome.NO and rule is not Rule.WEIGHTS:
            continue
        score = total(example.evidence, model)
        if example.contradicts and outcome is Outcome.MATCH:
            rule = Rule.REFUSED_MERGE
        known = found.get(example.signal_id)
        if known is None or score > known[0]:
            found[example.signal_id] = (score, rule, example)
    after = _later(persons)
    return [
        Best(
            score,
            rule,
            example.same,
            1 + max(after(signal, persons[signal]), after(signal, example.person)),
        )
        for signal, (score, rule, example) in found.items()
    ]


def choose(best: list[Best], signals: int, earlier: int, precision: float, review: float) -> dict[str, Any]:
    """Thresholds for a precision of joining at once, and for a share of the signals to review."""
    by_score = sorted((one for one in best if one.rule not in _BY_NUMBER), key=lambda one: -one.score)
    certain = [one for one in best if one.rule is Rule.SAME_NUMBER]
    right = sum(one.right for one in certain)
    wrong = sum(one.cost for one in certain if not one.right)
    match, joined_right, joined_wrong = by_score[0].score, right, wrong
    for one in by_score:
        if one.rule is Rule.WEIGHTS:
            right += one.right
            wrong += 0 if one.right else one.cost
            if right >= precision * (right + wrong):
                match, joined_right, joined_wrong = one.score, right, wrong
    doubts = [one for one in best if one.rule is Rule.SAME_NUMBER_OTHER_PERSON]
    weighed = [one for one in by_score if one.score < match or one.rule is not Rule.WEIGHTS]
    reviewed = weighed[: max(0, round(review * signals) - len(doubts))]
    found = joined_right + sum(one.right for one in (*doubts, *reviewed))
    return {
        "match": round(match, 3),
        "possible": round(min(match, reviewed[-1].score), 3) if reviewed else round(match, 3),
        "precision": round(joined_right / max(1, joined_right + joined_wrong), 5),
        "auto": round(joined_right / max(1, earlier), 4),
        "found": round(found / max(1, earlier), 4),
        "signals": signals,
    }


def _later(persons: dict[str, str]) -> Callable[[str, str], int]:
    """How many signals about a person come after a signal."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    place: dict[str, int] = {}
    for number, (signal, person) in enumerate(persons.items()):
        at[person].append(number)
        place[signal] = number

    def after(signal: str, person: str) -> int:
        return len(at[person]) - bisect_right(at[person], place[signal])

    return after


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.thresholds", description=__doc__)
    parser.add_argument("--regions", type=Path, nargs="+", required=True)
    parser.add_argument("--model", type=Path, default=Path("chalicelib/matching/model.json"))
    parser.add_argument("--precision", type=float, default=0.9995)
    parser.add_argument("--review", type=float, default=0.05, help="share of signals a person may look at")
    parser.add_argument("--out", type=Path, default=Path("chalicelib/matching/model.json"))
    return parser


if __name__ == "__main__":
    main()
