"""Whether two persons are certainly two children, which is what a household match claims (D12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.matching.call_names import is_known
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.levels import DISAGREEING, Field, Level
from chalicelib.matching.merges import Group, Merge
from chalicelib.matching.names import FoldedGiven
from chalicelib.matching.weigh import Evidence, Rule

_ONE_NAME: Final = frozenset({Level.EQUAL, Level.EQUAL_SEVERAL, Level.SOUND, Level.SLIP, Level.VARIANT})
_INITIALS: Final = frozenset({Level.INITIAL, Level.INITIALS_SEVERAL})
_ONE_DAY: Final = frozenset({Level.EQUAL, Level.EQUAL_REGISTERED, Level.SLIP, Level.SWAPPED})

_YEARS_OF_A_GENERATION: Final = 12
_SEVERAL: Final = 3


def are_two_children(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Whether two groups that are not one person are two children, rather than one under two spellings.

    Twins differ in nothing but a given name, and so does a child with a slip in its name: their sexes must
    differ too, or both bear names that people bear. Others differ in a number, in two ways, or in one that
    no slip of the pen explains. An initial, or a name that nobody bears, beside no date is no such way before
    several signals say it. A person's word is enough.
    """
    if weighed.rule is Rule.VERDICT or weighed.evidence[Field.BSN] is Level.DIFFERENT:
        return True
    if weighed.rule is Rule.TWINS:
        return _are_two_twins(weighed, youths)
    if _differ_in_a_name_alone(weighed.evidence) and _are_two_twins(weighed, youths):
        return True
    if _differ_in_a_poor_name_alone(weighed, youths):
        return _is_said_more_than_once(weighed, youths)
    if _differ_beyond_a_slip(weighed.evidence) or _are_a_generation_apart(weighed, youths):
        return True
    return _differences(weighed, youths) > 1


def _differences(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> int:
    evidence = weighed.evidence
    others = (evidence[name] in DISAGREEING[name] for name in (Field.BIRTH_DATE, Field.SEX))
    return _bear_another_name(weighed, youths) + sum(others)


def _bear_another_name(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Names of one initial are two names only when people bear both."""
    level = weighed.evidence[Field.GIVEN_NAMES]
    if level is Level.SAME_INITIAL:
        return all(_bear_a_known_name(_given(group, youths)) for group in (weighed.first, weighed.second))
    return level is Level.DIFFERENT


def _are_a_generation_apart(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Whether one could be the other's child, who may bear the same name; no slip makes so many years."""
    one, other = (
        [youth.birth_date.year for signal in group if (youth := youths[signal]).birth_date is not None]
        for group in (weighed.first, weighed.second)
    )
    years = [abs(mine - theirs) for mine in one for theirs in other]
    far = weighed.evidence[Field.BIRTH_DATE] is Level.DIFFERENT
    return far and min(years) > _YEARS_OF_A_GENERATION


def _differ_beyond_a_slip(evidence: Evidence) -> bool:
    given, date = evidence[Field.GIVEN_NAMES], evidence[Field.BIRTH_DATE]
    if given is Level.DIFFERENT:
        return date not in _ONE_DAY
    if given in _ONE_NAME:
        return False
    if date is Level.DIFFERENT:
        return True
    unlike = evidence[Field.SEX] is Level.DIFFERENT and given not in _INITIALS
    return unlike and date not in _ONE_DAY


def _differ_in_a_name_alone(evidence: Evidence) -> bool:
    """Whether names differ and days hardly do: of twins, or of a day that many share, or one digit apart."""
    another_name = evidence[Field.GIVEN_NAMES] in DISAGREEING[Field.GIVEN_NAMES]
    return another_name and evidence[Field.BIRTH_DATE] in _ONE_DAY


def _differ_in_a_poor_name_alone(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Whether an initial differs, or a name that nobody bears, and neither sex nor date; no day is shared."""
    evidence = weighed.evidence
    others_fit = all(evidence[name] not in DISAGREEING[name] for name in (Field.BIRTH_DATE, Field.SEX))
    undated = others_fit and evidence[Field.BIRTH_DATE] not in _ONE_DAY
    if not undated or evidence[Field.GIVEN_NAMES] is not Level.DIFFERENT:
        return False
    return not all(_bear_a_known_name(_given(group, youths)) for group in (weighed.first, weighed.second))


def _is_said_more_than_once(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    """Whether several pairs of signals differ, or somebody knows more names than one: no slip in all."""
    several = len(weighed.first) * len(weighed.second) >= _SEVERAL
    return several or any(
        len(given.names) > 1 for group in (weighed.first, weighed.second) for given in _given(group, youths)
    )


def _are_two_twins(weighed: Merge, youths: Mapping[str, FoldedYouth]) -> bool:
    another_name = weighed.evidence[Field.GIVEN_NAMES] is Level.DIFFERENT
    if another_name and weighed.evidence[Field.SEX] is Level.DIFFERENT:
        return True
    one, other = (_given(group, youths) for group in (weighed.first, weighed.second))
    return _bear_a_known_name(one) and _bear_a_known_name(other) and not _may_be_a_later_name(one, other)


def _given(group: Group, youths: Mapping[str, FoldedYouth]) -> tuple[FoldedGiven, ...]:
    return tuple(given for signal in group if (given := youths[signal].name.given) is not None)


def _bear_a_known_name(group: tuple[FoldedGiven, ...]) -> bool:
    return any(given.names and is_known(given.names[0]) for given in group)


def _may_be_a_later_name(one: tuple[FoldedGiven, ...], other: tuple[FoldedGiven, ...]) -> bool:
    """Whether the first name of either begins as a later name of the other: Maud N. may be called Nikki."""
    return any(
        first.initials[0] in later.initials[1:]
        for mine, theirs in ((one, other), (other, one))
        for first in mine
        for later in theirs
    )
