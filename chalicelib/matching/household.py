"""Whether two persons are one household: their ties weighed together (D12, D13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from chalicelib.matching.decision import Basis, Explanation, FieldEvidence
from chalicelib.matching.household_model import CROSS, HouseholdModel, surname_kind
from chalicelib.matching.model import Model
from chalicelib.matching.tie_levels import Tie, TieLevel
from chalicelib.matching.ties import Ties

_SAME_PARENT: Final = frozenset(
    {
        TieLevel.PARENT_BSN, TieLevel.NAMES_AND_DATE, TieLevel.INITIALS_AND_DATE, TieLevel.GIVEN_AND_DATE,
        TieLevel.SURNAME_AND_DATE, TieLevel.NAMES, TieLevel.SIMILAR_NAMES, TieLevel.INITIALS,
    }
)  # fmt: skip
_CERTAIN_PARENT: Final = frozenset({TieLevel.PARENT_BSN, TieLevel.NAMES_AND_DATE, TieLevel.INITIALS_AND_DATE})
_SAME_HOME: Final = frozenset(
    {TieLevel.EQUAL, TieLevel.STREET, TieLevel.NUMBER, TieLevel.AREA_NUMBER, TieLevel.POSTAL_CODE}
)


_REMEMBERED: Final = 8_192


class HouseholdRule(StrEnum):
    """What decided that two persons are one household."""

    SHARED_PARENT = "SHARED_PARENT"
    WEIGHTS = "HOUSEHOLD_WEIGHTS"
    ADDRESS_ALONE = "ADDRESS_ALONE"
    NONE = "NO_HOUSEHOLD"


@dataclass(frozen=True, slots=True)
class Household:
    """The bases on which two persons are one household, none when they are not, and why."""

    basis: frozenset[Basis]
    explanation: Explanation


def could_contribute(ties: Ties, model: Model) -> bool:
    """Whether a pair's ties may help a household match, before register, cap and other records."""
    if is_certain(ties) or ties[Tie.ADDRESS] is TieLevel.EQUAL:
        return True
    enough = model.household.contribution + _more_elsewhere(ties, model)
    return bool(basis_of(ties)) and household_score(ties, model.household) >= enough


def is_certain(ties: Ties) -> bool:
    """Whether a parent in common decides alone, at any address (D12): by number, or name and birth date."""
    return ties[Tie.PARENT] in _CERTAIN_PARENT


def weigh_household(ties: Ties, model: Model, *, address_alone: bool) -> Household:
    """Weigh the ties between two persons.

    A certain parent decides alone, as does an address when ``address_alone``; all else is weighed together.
    """
    return _weigh(tuple(ties), tuple(ties.values()), model, address_alone)


@lru_cache(maxsize=_REMEMBERED)
def _weigh(
    kinds: tuple[Tie, ...],
    levels: tuple[TieLevel, ...],
    model: Model,
    address_alone: bool,  # noqa: FBT001 - a part of the key
) -> Household:
    """The same, remembered: few combinations of levels make up most of what is weighed."""
    ties = dict(zip(kinds, levels, strict=True))
    lines = tuple(_lines(ties, model.household))
    score = sum(line.weight for line in lines)
    threshold = model.household.threshold + _more_elsewhere(ties, model)
    rule = _rule(ties, score >= threshold, address_alone=address_alone)
    explanation = Explanation(
        rule=rule,
        model_version=model.version,
        evidence=lines,
        total=score,
        match_threshold=threshold,
        possible_threshold=threshold,
    )
    return Household(basis_of(ties) if rule is not HouseholdRule.NONE else frozenset(), explanation)


def basis_of(ties: Ties) -> frozenset[Basis]:
    """What two persons share, if they are one household at all."""
    bases = set()
    if ties[Tie.PARENT] in _SAME_PARENT:
        bases.add(Basis.SHARED_PARENT)
    if ties[Tie.ADDRESS] in _SAME_HOME:
        bases.add(Basis.SHARED_ADDRESS)
    return frozenset(bases)


def household_score(ties: Ties, model: HouseholdModel) -> float:
    """The sum of the weights of the ties, in bits."""
    cross = model.cross.get((surname_kind(ties[Tie.SURNAME]), ties[Tie.ADDRESS]), 0.0)
    return cross + sum(model.weights[tie][level] for tie, level in ties.items())


def _lines(ties: Ties, model: HouseholdModel) -> Iterator[FieldEvidence]:
    for tie, level in ties.items():
        if level is not TieLevel.MISSING:
            yield FieldEvidence(field=tie, level=level, weight=model.weights[tie][level])
    kind, address = surname_kind(ties[Tie.SURNAME]), ties[Tie.ADDRESS]
    weight = model.cross.get((kind, address))
    if weight is not None:
        yield FieldEvidence(field=CROSS, level=f"{kind}+{address}", weight=weight)


def _more_elsewhere(ties: Ties, model: Model) -> float:
    """The bits that names have to give where no home is shared: among more signals more share those alone."""
    return 0.0 if ties[Tie.ADDRESS] in _SAME_HOME else model.household.elsewhere


def _rule(ties: Ties, is_enough: bool, *, address_alone: bool) -> HouseholdRule:  # noqa: FBT001 - what was weighed
    if is_certain(ties):
        return HouseholdRule.SHARED_PARENT
    if is_enough:
        return HouseholdRule.WEIGHTS
    if address_alone and ties[Tie.ADDRESS] is TieLevel.EQUAL:
        return HouseholdRule.ADDRESS_ALONE
    return HouseholdRule.NONE
