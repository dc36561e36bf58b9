"""Evidence weighed, and judged: the sum of the weights, and what no sum may overrule."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from chalicelib.matching.decision import Explanation, FieldEvidence, Outcome
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.model import Model

_DISAGREEING_NAMES: Final = frozenset({Level.SAME_INITIAL, Level.DIFFERENT})
_DISAGREEING_DATES: Final = frozenset({Level.SAME_YEAR, Level.DIFFERENT})
_SHARED_BIRTH: Final = frozenset({Level.EQUAL, Level.SWAPPED})


class Rule(StrEnum):
    """What decided, in the explanation of a match (D22)."""

    WEIGHTS = "WEIGHTS"
    SAME_NUMBER = "SAME_NUMBER"
    SAME_NUMBER_OTHER_PERSON = "SAME_NUMBER_OTHER_PERSON"
    OTHER_NUMBER = "OTHER_NUMBER"
    NUMBER_ONE_SLIP_AWAY = "NUMBER_ONE_SLIP_AWAY"
    TWINS = "TWINS"
    NO_SHARED_KEY = "NO_SHARED_KEY"
    VERDICT = "VERDICT"
    REFUSED_MERGE = "REFUSED_MERGE"
    SHARED_HOUSEHOLD = "SHARED_HOUSEHOLD"


def explain(evidence: Mapping[Field, Level], model: Model, rule: Rule) -> Explanation:
    """Field names, levels and weights, never values; the weights add up to the total."""
    lines = tuple(
        FieldEvidence(field=name, level=level, weight=model.weights[name][level])
        for name, level in evidence.items()
        if level is not Level.MISSING
    )
    return Explanation(
        rule=rule,
        model_version=model.version,
        evidence=lines,
        total=sum(line.weight for line in lines),
        match_threshold=model.match_threshold,
        possible_threshold=model.possible_threshold,
    )


def total(evidence: Mapping[Field, Level], model: Model) -> float:
    """The sum of the weights of the evidence, in bits."""
    return sum(model.weights[name][level] for name, level in evidence.items())


def judge(evidence: Mapping[Field, Level], model: Model) -> tuple[Outcome, Rule]:
    """What the evidence says, and which rule said it.

    The number decides when all else fits it; when names and dates speak for a brother, sister or
    parent the pair is doubtful, whatever the sum. Different numbers never match. Without an equal
    number, one birth date with two given names are twins.
    """
    number = evidence[Field.BSN]
    if number is Level.DIFFERENT:
        return Outcome.NO, Rule.OTHER_NUMBER
    if number is Level.EQUAL:
        return _judge_same_number(evidence)
    weighed = _weigh(total(evidence, model), model)
    if number is Level.SLIP and weighed is Outcome.MATCH:
        return Outcome.POSSIBLE, Rule.NUMBER_ONE_SLIP_AWAY
    if evidence[Field.BIRTH_DATE] in _SHARED_BIRTH and _is_another_child(evidence):
        return Outcome.NO, Rule.TWINS
    return weighed, Rule.WEIGHTS


def _weigh(score: float, model: Model) -> Outcome:
    if score >= model.match_threshold:
        return Outcome.MATCH
    return Outcome.POSSIBLE if score >= model.possible_threshold else Outcome.NO


def _judge_same_number(evidence: Mapping[Field, Level]) -> tuple[Outcome, Rule]:
    another_name = evidence[Field.GIVEN_NAMES] in _DISAGREEING_NAMES
    another_date = evidence[Field.BIRTH_DATE] in _DISAGREEING_DATES
    another_sex = evidence[Field.SEX] is Level.DIFFERENT
    if another_name or another_date or another_sex:
        return Outcome.POSSIBLE, Rule.SAME_NUMBER_OTHER_PERSON
    return Outcome.MATCH, Rule.SAME_NUMBER


def contradicts(evidence: Mapping[Field, Level]) -> bool:
    """Whether two records cannot be one person: other numbers, twins, or another name and sex."""
    if evidence[Field.BSN] is Level.EQUAL:
        return False
    another_name = evidence[Field.GIVEN_NAMES] in _DISAGREEING_NAMES
    if evidence[Field.BSN] is Level.DIFFERENT or (another_name and evidence[Field.SEX] is Level.DIFFERENT):
        return True
    return evidence[Field.BIRTH_DATE] in _SHARED_BIRTH and _is_another_child(evidence)


def _is_another_child(evidence: Mapping[Field, Level]) -> bool:
    given, sex = evidence[Field.GIVEN_NAMES], evidence[Field.SEX]
    fits_less_than_wholly = given not in (Level.EQUAL_SEVERAL, Level.EQUAL)
    return given in _DISAGREEING_NAMES or (sex is Level.DIFFERENT and fits_less_than_wholly)
