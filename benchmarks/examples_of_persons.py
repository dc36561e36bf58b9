"""Labelled evidence: every signal of a region against each true person that came before it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.schema import read_signals
from chalicelib.matching.evidence import group_evidence, pair_evidence
from chalicelib.matching.fold import fold
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.keys import match_keys
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.weigh import contradicts

_MEMBERS = 8


@dataclass(frozen=True, slots=True)
class Example:
    """A signal and a ``person`` known before it; ``contradicts`` when no sum may join them."""

    region: str
    signal_id: str
    person: str
    same: bool
    evidence: dict[Field, Level]
    contradicts: bool


def read_examples(folder: Path) -> Iterator[Example]:
    """The examples of a region that the generator wrote, in the order of its signals."""
    truth = true_persons(folder)
    blocks: defaultdict[object, set[str]] = defaultdict(set)
    members: defaultdict[str, list[FoldedYouth]] = defaultdict(list)
    for signal_id, youth in read_signals(folder / "signals.jsonl"):
        folded, own = fold(youth), truth[signal_id]
        keys = match_keys(folded)
        for person in sorted({person for key in keys for person in blocks[key]}):
            pairs = [pair_evidence(folded, member) for member in members[person][-_MEMBERS:]]
            fitting = [pair for pair in pairs if not contradicts(pair)]
            yield Example(
                region=folder.name,
                signal_id=signal_id,
                person=person,
                same=person == own,
                evidence=group_evidence(fitting or pairs),
                contradicts=len(fitting) < len(pairs),
            )
        for key in keys:
            blocks[key].add(own)
        members[own].append(folded)


def true_persons(folder: Path) -> dict[str, str]:
    """The person of every signal of a region, in the order of its signals."""
    with (folder / "truth_signals.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["signal_id"]: row["person_id"] for row in rows}
