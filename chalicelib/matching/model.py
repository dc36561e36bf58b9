"""The model: weights per field and level, thresholds and their version, read from a data file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from chalicelib.matching.levels import LEVELS, Field, Level

_SHIPPED: Final = Path(__file__).with_name("model.json")


class ModelError(ValueError):
    """The model's data file is not complete or not consistent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights in bits (log2 m/u) and the thresholds learned for them.

    A total of at least ``match_threshold`` is a match, of at least ``possible_threshold`` a doubt.
    """

    version: str
    weights: dict[Field, dict[Level, float]]
    match_threshold: float
    possible_threshold: float


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
        model = Model(
            version=str(document["version"]),
            weights={name: _weights(document["weights"][name], order) for name, order in LEVELS.items()},
            match_threshold=float(document["thresholds"]["match"]),
            possible_threshold=float(document["thresholds"]["possible"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"incomplete model: {error!r}") from error
    if model.match_threshold < model.possible_threshold:
        raise ModelError("the match threshold is below the possible threshold")
    return model


def _weights(given: dict[str, Any], levels: tuple[Level, ...]) -> dict[Level, float]:
    return {level: 0.0 if level is Level.MISSING else float(given[level]) for level in levels}


MODEL_VERSION: Final = default_model().version
