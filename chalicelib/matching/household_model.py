"""The household part of the model: weights of ties, and of a surname together with an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from chalicelib.matching.tie_levels import SAME_SURNAME, TIE_LEVELS, Tie, TieLevel

CROSS: Final = f"{Tie.SURNAME}+{Tie.ADDRESS}"


class SurnameKind(StrEnum):
    """Levels of a surname told apart no further than beside an address is needed."""

    SAME = "SAME"
    PART = "PART"
    SIMILAR = "SIMILAR"
    OTHER_NAME = "OTHER_NAME"
    DIFFERENT = "DIFFERENT"
    MISSING = "MISSING"


def surname_kind(level: TieLevel) -> SurnameKind:
    """The kind of surname that counts beside an address; half a double name is a kind of its own."""
    if level in SAME_SURNAME and level is not TieLevel.PART:
        return SurnameKind.SAME
    return SurnameKind(level)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdModel:
    """Weights in bits for being one household.

    ``cross``: weights of a kind of surname beside a level of address, zero where not named.
    A total of at least ``threshold`` is a household; a pair of signals of at least ``contribution``
    may help its groups to become one. Where no home is shared both ask for ``elsewhere`` bits more.
    """

    weights: dict[Tie, dict[TieLevel, float]]
    cross: dict[tuple[SurnameKind, TieLevel], float]
    threshold: float
    contribution: float
    elsewhere: float = 0.0


def parse_household(document: dict[str, Any]) -> HouseholdModel:
    """Validate the household part: each level of each tie has a weight, missing weighs nothing.

    Raises KeyError, TypeError or ValueError when it is not whole.
    """
    model = HouseholdModel(
        weights={tie: _weights(document[tie], levels) for tie, levels in TIE_LEVELS.items()},
        cross={_pair(name): float(weight) for name, weight in document[CROSS].items()},
        threshold=float(document["threshold"]),
        contribution=float(document["contribution"]),
    )
    if model.contribution > model.threshold:
        raise ValueError("a pair need not reach more than its groups")
    return model


def _weights(given: dict[str, Any], levels: tuple[TieLevel, ...]) -> dict[TieLevel, float]:
    return {level: 0.0 if level is TieLevel.MISSING else float(given[level]) for level in levels}


def _pair(name: str) -> tuple[SurnameKind, TieLevel]:
    surname, address = name.split("+")
    return SurnameKind(surname), TieLevel(address)
