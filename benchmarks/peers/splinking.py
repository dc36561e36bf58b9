"""splink 5 on DuckDB as its guide shows it: blocking rules, ready-made comparisons, EM."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from time import process_time
from typing import Any, Final

from benchmarks.peers.claims import Claims
from benchmarks.peers.columns import Table
from benchmarks.peers.region import Pair

NAME: Final = "splink"
_THREADS: Final = 1
_RECALL_OF_STRICT_RULES: Final = 0.6
_U_PAIRS: Final = 1e7
_SEED: Final = 1

Rules = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Names of columns by how they are compared, and blocking rules.

    ``strict`` rules hold for hardly any two people, ``trained_on`` are the blocks of the EM sessions.
    """

    names: Sequence[str]
    dates: Sequence[str]
    exact: Sequence[str]
    misspelt: Sequence[str]
    blocks: Rules
    strict: Rules
    trained_on: Rules


FAMILIES: Final = Setup(
    names=("given_name", "surname"),
    dates=("birth_date",),
    exact=("bsn", "sex"),
    misspelt=("postcode",),
    blocks=(("bsn",), ("birth_date",), ("surname", "given_name"), ("postcode", "house_number")),
    strict=(("bsn",), ("given_name", "surname", "birth_date")),
    trained_on=(("birth_date",), ("surname", "given_name")),
)


class Splinking:
    """A linker trained on a table, for pairs within it and for single records against any table."""

    def __init__(self, table: Table, setup: Setup) -> None:
        self._tool = import_module("splink")
        connection = import_module("duckdb").connect()
        connection.execute(f"SET threads={_THREADS}")
        self._api = self._tool.DuckDBAPI(connection=connection)
        self._linker = self._tool.Linker(self.register(table), self._settings(setup), log_level=logging.ERROR)
        self._train(setup)

    def register(self, table: Table) -> Any:
        """A table as splink takes it."""
        return self._api.register(import_module("pandas").DataFrame(table))

    def claim(self, started: float) -> Claims:
        """Every candidate pair of the table with its match weight in bits."""
        found = self._linker.inference.predict().as_pandas_dataframe()
        pairs: list[Pair] = list(zip(found.unique_id_l, found.unique_id_r, strict=True))
        scores = dict(zip(pairs, map(float, found.match_weight), strict=True))
        return Claims(matcher=NAME, scores=scores, threshold=0.0, seconds=process_time() - started)

    def look_up(self, one: Any, registered: Any) -> int:
        """Block and score one registered record against a registered table; how many candidates it had."""
        found = self._linker.inference.predict_between(registered, one)
        count = len(found.as_pandas_dataframe())
        found.drop_table_from_database_and_remove_from_cache()
        return count

    def know_frequencies(self, setup: Setup) -> None:
        """Count how often names occur, which look-ups need."""
        for name in (*setup.names, *setup.misspelt):
            self._linker.table_management.compute_tf_table(name)

    def _settings(self, setup: Setup) -> Any:
        library = import_module("splink.comparison_library")
        weighed = {"term_frequency_adjustments": True}
        return self._tool.SettingsCreator(
            link_type="dedupe_only",
            comparisons=[
                *(library.NameComparison(name).configure(**weighed) for name in setup.names),
                *(library.DateOfBirthComparison(name, input_is_string=True) for name in setup.dates),
                *(library.ExactMatch(name) for name in setup.exact),
                *(library.LevenshteinAtThresholds(name, 1).configure(**weighed) for name in setup.misspelt),
            ],
            blocking_rules_to_generate_predictions=self._rules(setup.blocks),
        )

    def _train(self, setup: Setup) -> None:
        training = self._linker.training
        training.estimate_probability_two_random_records_match(
            self._rules(setup.strict), recall=_RECALL_OF_STRICT_RULES
        )
        training.estimate_u_using_random_sampling(max_pairs=_U_PAIRS, seed=_SEED)
        for rule in self._rules(setup.trained_on):
            training.estimate_parameters_using_expectation_maximisation(rule)

    def _rules(self, columns: Rules) -> list[Any]:
        return [self._tool.block_on(*names) for names in columns]


def claim(table: Table, setup: Setup = FAMILIES) -> Claims:
    """Train on a table and score its pairs."""
    started = process_time()
    return Splinking(table, setup).claim(started)
