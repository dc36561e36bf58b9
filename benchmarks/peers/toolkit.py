"""recordlinkage 0.16 as its guide shows it: block, compare, and the unsupervised ECM classifier.

Levels of agreement at Jaro-Winkler 0.85 for names and equality for the rest. On Dutch families ECM is
fitted on a sample of pairs of one birth year and sex, for on pairs that were blocked by birth date it takes
that date for no evidence; and pairs of one address are no candidates, for then it takes brothers and
sisters for matches. Both favour it.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import Any, Final

from benchmarks.peers.claims import Claims
from benchmarks.peers.columns import Table

NAME: Final = "recordlinkage (ECM)"
_LEARNED_FROM: Final = 12_000
_SAMPLE: Final = 400_000
_SEED: Final = 1

Blocks = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Names of columns: compared by likeness, compared exactly, and the blocks of which pairs are made.

    ``learned_on``: other blocks, of which a sample of pairs teaches; the same when left out.
    """

    names: Sequence[str]
    exact: Sequence[str]
    blocks: Blocks
    learned_on: Blocks = ()


FAMILIES: Final = Setup(
    names=("given_name", "surname"),
    exact=("bsn", "birth_date", "address"),
    blocks=(("bsn",), ("birth_date",), ("surname", "given_name")),
    learned_on=(("birth_year", "sex"),),
)


class Toolkit:
    """A classifier fitted on a table, for pairs within it and for single records against any table."""

    def __init__(self, table: Table, setup: Setup) -> None:
        self._tool = import_module("recordlinkage")
        self._setup = setup
        self._frame = frame_of(table)
        self._compare = _comparison(self._tool, setup)
        first = self._frame.iloc[:_LEARNED_FROM]
        pairs = self._pairs(setup.learned_on or setup.blocks, first)
        sample = pairs.to_series().sample(min(_SAMPLE, len(pairs)), random_state=_SEED).index
        self._classifier = fitted(self._tool, self._compare.compute(sample, first))

    def claim(self, started: float) -> Claims:
        """Every candidate pair of the table with its log odds."""
        levels = self._compare.compute(self._pairs(self._setup.blocks, self._frame), self._frame)
        scores = log_odds(self._classifier, levels)
        return Claims(matcher=NAME, scores=scores, threshold=0.0, seconds=process_time() - started)

    def look_up(self, one: Any, frame: Any) -> int:
        """Block, compare and classify one record against a table; how many candidates it had."""
        pairs = self._pairs(self._setup.blocks, frame, one)
        if len(pairs):
            self._classifier.prob(self._compare.compute(pairs, frame, one))
        return len(pairs)

    def _pairs(self, blocks: Blocks, *frames: Any) -> Any:
        indexer = self._tool.Index()
        for columns in blocks:
            indexer.block(list(columns))
        return indexer.index(*frames)


def claim(table: Table, setup: Setup = FAMILIES) -> Claims:
    """Fit on a table and score its pairs."""
    started = process_time()
    return Toolkit(table, setup).claim(started)


def frame_of(table: Table) -> Any:
    """The table as pandas takes it, by signal."""
    return import_module("pandas").DataFrame(table).set_index("unique_id")


def fitted(tool: Any, levels: Any) -> Any:
    """ECM fitted on the levels of pairs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        classifier = tool.ECMClassifier()
        classifier.fit(levels)
    return classifier


def log_odds(classifier: Any, levels: Any) -> dict[tuple[str, str], float]:
    """The odds of each pair, from the classifier's weights: its probabilities are all 1 at the top."""
    weights = {
        name: {int(at): found for at, found in by.items()} for name, by in classifier.log_weights.items()
    }
    prior = math.log(classifier.p / (1 - classifier.p))
    columns = [[weights[name].get(int(level), 0.0) for level in levels[name]] for name in levels.columns]
    return {
        pair: prior + math.fsum(row)
        for pair, row in zip(levels.index, zip(*columns, strict=True), strict=True)
    }


def _comparison(tool: Any, setup: Setup) -> Any:
    compare = tool.Compare()
    for name in setup.names:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in setup.exact:
        compare.exact(name, name, label=name)
    return compare
