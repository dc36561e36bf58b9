"""Evidence weighed, and judged: the sum of the weights, and what no sum may overrule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Final

from chalicelib.matching.crosses import combinations
from chalicelib.matching.decision import Explanation, FieldEvidence, Outcome
from chalicelib.matching.levels import DISAGREEING, FREQUENCIES, SAME_PARENT, Field, Level
from chalicelib.matching.model import Model
from chalicelib.matching.namesakes import have_two_surnames, may_be_namesakes

Evidence = Mapping[Field, Level]
_TOTALS_REMEMBERED: Final = 16_384
_EXPLANATIONS_REMEMBERED: Final = 2_048
_SHARES: Final = frozenset(FREQUENCIES.values())
_SAME_NAME: Final = frozenset({Level.EQUAL, Level.EQUAL_SEVERAL})
_ANOTHER_NAME: Final = DISAGREEING[Field.GIVEN_NAMES] | {Level.TWO_NAMES}


class Rule(StrEnum):
    """What decided, in the explanation of a match (D22)."""

    WEIGHTS = "WEIGHTS"
    SAME_NUMBER = "SAME_NUMBER"
    SAME_NUMBER_OTHER_PERSON = "SAME_NUMBER_OTHER_PERSON"
    OTHER_NUMBER = "OTHER_NUMBER"
    NUMBER_ONE_SLIP_AWAY = "NUMBER_ONE_SLIP_AWAY"
    TWINS = "TWINS"
    ANOTHER_CHILD = "ANOTHER_CHILD"
    TWO_SURNAMES = "TWO_SURNAMES"
    COMMON_NAME = "COMMON_NAME"
    NO_GIVEN_NAME = "NO_GIVEN_NAME"
    NO_SHARED_KEY = "NO_SHARED_KEY"
    VERDICT = "VERDICT"
    REFUSED_MERGE = "REFUSED_MERGE"
    RIVAL = "RIVAL"


def explain(evidence: Evidence, model: Model, rule: Rule) -> Explanation:
    """Field names, levels and weights, never values; the weights add up to the total (D22)."""
    return _explain(tuple(evidence), tuple(evidence.values()), model, rule)


@lru_cache(maxsize=_EXPLANATIONS_REMEMBERED)
def _explain(fields: tuple[Field, ...], levels: tuple[Level, ...], model: Model, rule: Rule) -> Explanation:
    evidence = dict(zip(fields, levels, strict=True))
    lines = (*_fields(evidence, model), *_combinations(evidence, model))
    return Explanation(
        rule=rule,
        model_version=model.version,
        evidence=lines,
        total=sum(line.weight for line in lines),
        match_threshold=model.match_threshold,
        possible_threshold=model.possible_threshold,
    )


def _fields(evidence: Evidence, model: Model) -> Iterator[FieldEvidence]:
    for name, level in evidence.items():
        if level is not Level.MISSING and name not in _SHARES:
            share = _share(evidence, name, model)
            weight = model.weights[name][level] + share
            yield FieldEvidence(field=name, level=level, weight=weight, term_frequency_share=share)


def _share(evidence: Evidence, name: Field, model: Model) -> float:
    """The part of a name's weight that comes from how common the name is; zero for a rare one."""
    frequency = FREQUENCIES.get(name)
    if frequency is None or frequency not in evidence:
        return 0.0
    return model.weights[frequency][evidence[frequency]]


def _combinations(evidence: Evidence, model: Model) -> Iterator[FieldEvidence]:
    for (cross, weights), levels in zip(model.crosses, combinations(evidence), strict=True):
        weight = weights.get(levels)
        if weight is not None:
            yield FieldEvidence(field="+".join(cross), level="+".join(levels), weight=weight)


def total(evidence: Evidence, model: Model) -> float:
    """The sum of the weights of the evidence, in bits."""
    return _total(tuple(evidence), tuple(evidence.values()), model)


@lru_cache(maxsize=_TOTALS_REMEMBERED)
def _total(fields: tuple[Field, ...], levels: tuple[Level, ...], model: Model) -> float:
    """The sum, remembered: few combinations of levels make up most of what is weighed."""
    evidence = dict(zip(fields, levels, strict=True))
    score = sum(model.weights[name][level] for name, level in evidence.items())
    for (_, weights), combined in zip(model.crosses, combinations(evidence), strict=True):
        score += weights.get(combined, 0.0)
    return score


def judge(evidence: Evidence, model: Model) -> tuple[Outcome, Rule]:
    """What the evidence says, and which rule said it.

    The number decides when all else fits it; when names and dates speak for a brother, sister or
    parent the pair is doubtful, whatever the sum. Different numbers never match, and without an equal
    number neither do different given names or birth dates; two given names and one birth date are twins.
    A common name with little beside it is a doubt, and so is a given name that is missing. One name of one
    family is a doubt at least, however far the birth dates are apart.
    """
    number = evidence[Field.BSN]
    if number is Level.DIFFERENT:
        return Outcome.NO, Rule.OTHER_NUMBER
    if number is Level.EQUAL:
        return _judge_same_number(evidence)
    if _are_twins(evidence):
        return Outcome.NO, Rule.TWINS
    weighed = _weigh(total(evidence, model), model)
    if weighed is Outcome.NO and _is_one_name_of_one_family(evidence):
        return Outcome.POSSIBLE, Rule.ANOTHER_CHILD
    doubt = _doubt(evidence) if weighed is Outcome.MATCH else None
    return (weighed, Rule.WEIGHTS) if doubt is None else (Outcome.POSSIBLE, doubt)


def _doubt(evidence: Evidence) -> Rule | None:
    """What makes a match by its sum a doubt all the same; None when nothing does."""
    if evidence[Field.BSN] is Level.SLIP:
        return Rule.NUMBER_ONE_SLIP_AWAY
    if _is_another_child(evidence):
        return Rule.ANOTHER_CHILD
    if have_two_surnames(evidence):
        return Rule.TWO_SURNAMES
    if _may_have_a_twin(evidence):
        return Rule.NO_GIVEN_NAME
    return Rule.COMMON_NAME if may_be_namesakes(evidence) else None


def _may_have_a_twin(evidence: Evidence) -> bool:
    """Whether no given name tells a twin, or only an initial and no exact date a brother or sister.

    Of what is left, one in sixty is of the other child, however well the family agrees.
    """
    given = evidence[Field.GIVEN_NAMES]
    undated = evidence[Field.BIRTH_DATE] is not Level.EQUAL
    return given is Level.MISSING or (given is Level.INITIAL and undated)


def _are_twins(evidence: Evidence) -> bool:
    """Whether two given names were born on one day: the rest of the evidence is their family's."""
    another_name = evidence[Field.GIVEN_NAMES] in DISAGREEING[Field.GIVEN_NAMES]
    return another_name and evidence[Field.BIRTH_DATE] is Level.EQUAL


def _is_another_child(evidence: Evidence) -> bool:
    """Whether only a number could join them: another given name, or another day (father and son)."""
    another_name = evidence[Field.GIVEN_NAMES] in _ANOTHER_NAME
    return another_name or evidence[Field.BIRTH_DATE] in DISAGREEING[Field.BIRTH_DATE]


def _is_one_name_of_one_family(evidence: Evidence) -> bool:
    """Whether name and parents are the same and only the birth date differs: parents give a name once."""
    same_name = evidence[Field.GIVEN_NAMES] in _SAME_NAME and evidence[Field.SURNAME] is Level.EQUAL
    return same_name and evidence[Field.PARENTS] in SAME_PARENT and evidence[Field.SEX] is not Level.DIFFERENT


def _weigh(score: float, model: Model) -> Outcome:
    if score >= model.match_threshold:
        return Outcome.MATCH
    return Outcome.POSSIBLE if score >= model.possible_threshold else Outcome.NO


def _judge_same_number(evidence: Evidence) -> tuple[Outcome, Rule]:
    another_name = evidence[Field.GIVEN_NAMES] in DISAGREEING[Field.GIVEN_NAMES]
    another_date = evidence[Field.BIRTH_DATE] in DISAGREEING[Field.BIRTH_DATE]
    same_name = evidence[Field.GIVEN_NAMES] in _SAME_NAME
    another_sex = evidence[Field.SEX] is Level.DIFFERENT and not same_name
    if another_name or another_date or another_sex:
        return Outcome.POSSIBLE, Rule.SAME_NUMBER_OTHER_PERSON
    return Outcome.MATCH, Rule.SAME_NUMBER


def contradicts(evidence: Evidence) -> bool:
    """Whether two records cannot be one person: other numbers, or another name and another sex."""
    if evidence[Field.BSN] is Level.EQUAL:
        return False
    another_name = evidence[Field.GIVEN_NAMES] in DISAGREEING[Field.GIVEN_NAMES]
    return evidence[Field.BSN] is Level.DIFFERENT or (another_name and evidence[Field.SEX] is Level.DIFFERENT)


def disagrees(evidence: Evidence) -> bool:
    """Whether anything says that two are two persons: a name, a day, a sex, or that no parent is the same.

    A low sum alone says less: it may be for want of evidence, as when one record has no birth date.
    """
    another = any(evidence[name] in levels for name, levels in DISAGREEING.items())
    return another or evidence[Field.PARENTS] is Level.DIFFERENT
