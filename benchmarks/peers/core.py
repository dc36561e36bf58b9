"""The core as the functions run it: one signal after another, decided on persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from time import process_time

from benchmarks.index import Index
from benchmarks.peers.claims import Claims
from benchmarks.peers.region import Pair, Region
from benchmarks.schema import read_excluded, read_signals
from chalicelib.matching import MatchingProfile, MatchRecord, Model, default_model, fold

NAME = "Verwijsindex"


def claim(region: Region, shifts: Sequence[float] = ()) -> Claims:
    """The pairs that stand in one group after the last signal.

    ``shifts``: thresholds to try beside the model's own, in bits from it. A pair's score is the highest
    shift at which it still stands; nought or more when it stands at the model's own.
    """
    started = process_time()
    model, order = default_model(), dict[str, int]()
    index = Index(model, MatchingProfile(), read_excluded(region.folder / "excluded_addresses.json"))
    for name, youth in read_signals(region.folder / "signals.jsonl"):
        record = MatchRecord(name, fold(youth))
        index.add(record, index.candidates(record.youth))
        order[name] = len(order)
    own = _grouped_pairs(index, order, model)
    seconds = process_time() - started
    scores = dict.fromkeys(own, 0.0)
    for shift in sorted(shifts):
        for pair in _grouped_pairs(index, order, _shifted(model, shift)):
            if (pair in own) == (shift > 0):
                scores[pair] = shift
    return Claims(matcher=NAME, scores=scores, threshold=0.0, seconds=seconds)


def _shifted(model: Model, bits: float) -> Model:
    return replace(model, match_threshold=max(model.possible_threshold, model.match_threshold + bits))


def _grouped_pairs(index: Index, order: dict[str, int], model: Model) -> set[Pair]:
    """Each pair of one group, the earlier signal first."""
    pairs: set[Pair] = set()
    decided: set[str] = set()
    for signal in order:
        if signal not in decided:
            group = next(group for group in index.decide(signal, model).groups if signal in group)
            members = sorted(group, key=order.__getitem__)
            decided.update(members)
            pairs.update(combinations(members, 2))
    return pairs
