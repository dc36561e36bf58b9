"""Household evidence between two youths: parents, surname and address, weighed together (D12, D13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chalicelib.matching.decision import Basis, Explanation, FieldEvidence
from chalicelib.matching.evidence import group_evidence
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.model import Model

SAME_PARENT: Final = frozenset({Level.BOTH, Level.PARENT_BSN, Level.NAME_AND_DATE})
_PARENT_BY_NAME: Final = SAME_PARENT | {Level.NAME}
_SAME_DOOR: Final = frozenset({Level.EQUAL})
_SAME_BUILDING: Final = frozenset({Level.EQUAL, Level.NUMBER, Level.STREET})
_FIELDS: Final = (Field.PARENTS, Field.SURNAME, Field.ADDRESS)
_KIN: Final = frozenset({Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP, Level.SIMILAR, Level.OTHER_NAME})


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


def could_contribute(evidence: Mapping[Field, Level]) -> bool:
    """Whether a pair's evidence may help a household match, before register, cap and other records."""
    kin = evidence[Field.SURNAME] in _KIN
    at_one_door = evidence[Field.ADDRESS] in _SAME_DOOR
    in_one_building = kin and evidence[Field.ADDRESS] in _SAME_BUILDING
    return evidence[Field.PARENTS] in _PARENT_BY_NAME or at_one_door or in_one_building


def weigh_household(
    pairs: Iterable[Mapping[Field, Level]], model: Model, *, address_alone: bool
) -> Household:
    """Weigh all pairs between two persons.

    A shared parent decides alone, at any address (D12). An address alone counts when ``address_alone``;
    else it counts beside a surname or a parent's name.
    """
    evidence = group_evidence(pairs)
    lines = tuple(
        FieldEvidence(field=name, level=evidence[name], weight=model.household[name][evidence[name]])
        for name in _FIELDS
        if evidence[name] is not Level.MISSING
    )
    score = sum(line.weight for line in lines)
    rule = _rule(evidence, score, model, address_alone=address_alone)
    explanation = Explanation(
        rule=rule,
        model_version=model.version,
        evidence=lines,
        total=score,
        match_threshold=model.household_threshold,
        possible_threshold=model.household_threshold,
    )
    return Household(_basis(evidence) if rule is not HouseholdRule.NONE else frozenset(), explanation)


def _rule(
    evidence: Mapping[Field, Level], score: float, model: Model, *, address_alone: bool
) -> HouseholdRule:
    if evidence[Field.PARENTS] in SAME_PARENT:
        return HouseholdRule.SHARED_PARENT
    if score >= model.household_threshold:
        return HouseholdRule.WEIGHTS
    if address_alone and evidence[Field.ADDRESS] in _SAME_DOOR:
        return HouseholdRule.ADDRESS_ALONE
    return HouseholdRule.NONE


def _basis(evidence: Mapping[Field, Level]) -> frozenset[Basis]:
    bases = set()
    if evidence[Field.PARENTS] in _PARENT_BY_NAME:
        bases.add(Basis.SHARED_PARENT)
    if evidence[Field.ADDRESS] in _SAME_BUILDING:
        bases.add(Basis.SHARED_ADDRESS)
    return frozenset(bases)


def without_shared_address(evidence: Mapping[Field, Level]) -> Mapping[Field, Level]:
    """The evidence of a pair at an address that does not count: as if the address were not known."""
    return {**evidence, Field.ADDRESS: Level.MISSING}


def shares_counting_address(a: FoldedYouth, b: FoldedYouth, excluded: frozenset[str]) -> bool:
    """Whether two youths live at one address now that is not excluded by number or exactly.

    A previous address never makes a household match: other people live there now.
    """
    theirs = {form for forms in b.addresses for form in (forms.exact, forms.number)}
    return any(
        (forms.exact in theirs or forms.number in theirs)
        and forms.number not in excluded
        and forms.exact not in excluded
        for forms in a.addresses
    )


def shares_place(a: FoldedYouth, b: FoldedYouth, excluded: frozenset[str]) -> bool:
    """Whether a shared street and number may count: neither youth is known at an excluded address."""
    known = {form for forms in (*a.addresses, *b.addresses) for form in (forms.exact, forms.number)}
    return known.isdisjoint(excluded)
