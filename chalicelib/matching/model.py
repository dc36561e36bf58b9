"""The model: weights per field and level, thresholds and their version, read from a data file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any, Final

from chalicelib.matching.crosses import CROSSES, Coarse, Cross
from chalicelib.matching.household_model import HouseholdModel, parse_household
from chalicelib.matching.levels import FREQUENCIES, LEVELS, Field, Level

SERVES: Final = 125_000
"""Up to so many signals in one index the thresholds for persons are as they were chosen."""
SERVES_HOUSEHOLDS: Final = 60_000
"""And up to so many that for a household whose members share no home."""
_SHIPPED: Final = Path(__file__).with_name("model.json")


class ModelError(ValueError):
    """The model's data file is not complete or not consistent."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """Weights in bits (log2 m/u) and the thresholds learned for them; a key of what is remembered with it.

    ``crosses``: weights of combinations of coarse levels, in the order of :data:`CROSSES`, zero where a
    combination is not named.
    A total of at least ``match_threshold`` is a match, of at least ``possible_threshold`` a doubt;
    below ``apart_threshold`` two youths are certainly different, which a household match claims.
    ``margin``: how far the best person must be ahead of another that contradicts it.
    ``household``: weights and thresholds for being one household.
    """

    version: str
    weights: dict[Field, dict[Level, float]]
    crosses: tuple[tuple[Cross, dict[tuple[Coarse, ...], float]], ...]
    match_threshold: float
    possible_threshold: float
    apart_threshold: float
    margin: float
    household: HouseholdModel

    def at_scale(self, signals: int) -> Model:
        """The model for an index of so many signals; itself up to :data:`SERVES`.

        Twice as many signals hold twice as many strangers who look alike, and no more who are the youth. So
        beyond that a doubt asks for one bit more with each doubling, up to what a match asks for, and beyond
        :data:`SERVES_HOUSEHOLDS` so does a household that names alone make (decision 32). What matches, who
        is certainly another, and who shares a home, is so at any scale.
        """
        if signals <= min(SERVES, SERVES_HOUSEHOLDS):
            return self
        bits = log2(max(signals, SERVES) / SERVES)
        return replace(
            self,
            possible_threshold=min(self.possible_threshold + bits, self.match_threshold),
            household=replace(
                self.household, elsewhere=log2(max(signals, SERVES_HOUSEHOLDS) / SERVES_HOUSEHOLDS)
            ),
        )


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The model that ships with the code."""
    return read_model(_SHIPPED)


def read_model(path: Path) -> Model:
    """Read and validate a model file; raises :class:`ModelError` when a weight is missing."""
    return parse_model(json.loads(path.read_text("utf-8")))


def parse_model(document: dict[str, Any]) -> Model:
    """Validate a model document: each level of each field has a weight, missing weighs nothing."""
    try:
        thresholds = document["thresholds"]
        model = Model(
            version=str(document["version"]),
            weights={name: _weights(document["weights"][name], order) for name, order in LEVELS.items()},
            crosses=tuple((cross, _cross(document["crosses"]["+".join(cross)])) for cross in CROSSES),
            match_threshold=float(thresholds["match"]),
            possible_threshold=float(thresholds["possible"]),
            apart_threshold=float(thresholds["apart"]),
            margin=float(thresholds["margin"]),
            household=parse_household(document["household"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"incomplete model: {error!r}") from error
    if not model.apart_threshold <= model.possible_threshold <= model.match_threshold:
        raise ModelError("a threshold is below the one it stands above")
    if any(model.weights[name][level] > 0 for name in FREQUENCIES.values() for level in LEVELS[name]):
        raise ModelError("a common name says more than a rare one")
    return model


def _weights(given: dict[str, Any], levels: tuple[Level, ...]) -> dict[Level, float]:
    return {level: 0.0 if level is Level.MISSING else float(given[level]) for level in levels}


def _cross(given: dict[str, Any]) -> dict[tuple[Coarse, ...], float]:
    return {
        tuple(Coarse(level) for level in levels.split("+")): float(weight) for levels, weight in given.items()
    }


MODEL_VERSION: Final = default_model().version
