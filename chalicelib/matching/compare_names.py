"""Given names and surnames compared by levels."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from chalicelib.matching.call_names import is_common, is_known, stands_for
from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven, FoldedSurname

_ALIKE: Final = 0.88
_LONG_ENOUGH_FOR_A_SLIP: Final = 4
_SHORTEST_CONTAINED: Final = 3
_SHORTEST_SKELETON: Final = 3
_SEVERAL: Final = 2


def compare_given(one: FoldedGiven | None, other: FoldedGiven | None) -> Level:
    """How well given names fit: whole names first, then call names, sound, slips, and initials alone."""
    if one is None or other is None:
        return Level.MISSING
    if not one.names or not other.names:
        return _compare_initials(one.initials, other.initials)
    first, second = one.names[0], other.names[0]
    if first == second:
        several = min(len(one.names), len(other.names)) > 1 and one.names[1] == other.names[1]
        return Level.EQUAL_SEVERAL if several else Level.EQUAL
    related = _compare_related(one, other)
    if related is not None:
        return related
    return Level.SAME_INITIAL if first[0] == second[0] else Level.DIFFERENT


def _compare_related(one: FoldedGiven, other: FoldedGiven) -> Level | None:
    """How two unequal first names could still be one: by table, by sound, by a slip; None if not."""
    first, second = one.names[0], other.names[0]
    if _are_the_same_names(one.names, other.names):
        return Level.VARIANT
    if not one.classes.isdisjoint(other.classes):
        return Level.VARIANT if one.sounds[0] == other.sounds[0] else _compare_variants(first, second)
    if set(one.names) <= set(other.names) or set(other.names) <= set(one.names):
        return Level.LATER_NAME
    if one.sounds[0] == other.sounds[0]:
        return Level.SOUND
    likeness = _likeness(one, other)
    if likeness is not None and is_known(first) and is_known(second):
        return Level.TWO_NAMES
    return likeness


def _compare_variants(first: str, second: str) -> Level:
    """Two forms of one official name; when people are named either, brothers may bear both: Luca, Lucas."""
    if is_one_slip(first, second) or are_alike(first, second) or not (is_common(first) and is_common(second)):
        return Level.VARIANT
    return Level.COMMON_VARIANT if stands_for(first, second) else Level.TWO_NAMES


def _are_the_same_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names are the same written apart or together, or in another order."""
    return "".join(one) == "".join(other) or sorted(one) == sorted(other)


def _likeness(one: FoldedGiven, other: FoldedGiven) -> Level | None:
    first, second = one.names[0], other.names[0]
    if is_one_slip(first, second):
        return Level.SLIP
    if _contains(first, second):
        return Level.CONTAINED
    if one.codes[0] == other.codes[0] and len(one.codes[0]) >= _SHORTEST_SKELETON:
        return Level.SKELETON
    return Level.SIMILAR if are_alike(first, second) else None


def _compare_initials(one: str, other: str) -> Level:
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        return Level.INITIALS_SEVERAL if shared > 1 else Level.INITIAL
    return Level.INITIAL if one[0] == other[0] else Level.DIFFERENT


def compare_later_initials(one: FoldedGiven | None, other: FoldedGiven | None) -> Level:
    """Whether the initials after the first agree, where both know more than one and the first is shared.

    Twins may share the first; it is rare that they share the others.
    """
    if one is None or other is None:
        return Level.MISSING
    mine, theirs = _all_initials(one), _all_initials(other)
    shared = min(len(mine), len(theirs))
    if shared < _SEVERAL or mine[0] != theirs[0]:
        return Level.MISSING
    return Level.EQUAL if mine[1:shared] == theirs[1:shared] else Level.DIFFERENT


def _all_initials(given: FoldedGiven) -> str:
    if len(given.names) <= len(given.initials):
        return given.initials
    return "".join([name[0] for name in given.names])


def _contains(one: str, other: str) -> bool:
    """Whether the shorter name opens or closes the longer, as call names do: Sander, Alexander."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_CONTAINED and (long.startswith(short) or long.endswith(short))


def compare_surnames(
    one: FoldedSurname | None,
    other: FoldedSurname | None,
    others_of_one: frozenset[str],
    others_of_other: frozenset[str],
) -> Level:
    """How well surnames fit; ``others_of_…`` are the sounds of the parents' surnames on each record."""
    if one is None or other is None:
        return Level.MISSING
    own = _compare_own(one, other)
    if own is not Level.DIFFERENT:
        return own
    borne_by_a_parent = not (
        others_of_one.isdisjoint(other.sounds) and others_of_other.isdisjoint(one.sounds)
    )
    return Level.OTHER_NAME if borne_by_a_parent else Level.DIFFERENT


def _compare_own(one: FoldedSurname, other: FoldedSurname) -> Level:
    if one.whole == other.whole:
        return Level.EQUAL
    if one.sounds[0] == other.sounds[0]:
        return Level.SOUND
    if not set(one.sounds).isdisjoint(other.sounds):
        return Level.PART
    if is_one_slip(one.whole, other.whole):
        return Level.SLIP
    similar = are_alike(one.whole, other.whole) or one.codes[0] == other.codes[0]
    return Level.SIMILAR if similar else Level.DIFFERENT


def is_one_slip(one: str, other: str) -> bool:
    """Whether two names are one wrong, lost, doubled or swapped letter apart; in short names only swapped."""
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return min(len(one), len(other)) >= _LONG_ENOUGH_FOR_A_SLIP or sorted(one) == sorted(other)


def are_alike(one: str, other: str) -> bool:
    """Whether two folded names are nearly the same."""
    return JaroWinkler.similarity(one, other, score_cutoff=_ALIKE) > 0
