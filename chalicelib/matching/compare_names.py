"""Given names and surnames compared by levels."""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler

from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven, FoldedSurname

_ALIKE = 0.9
_LONG_ENOUGH_FOR_A_SLIP = 4


def compare_given(one: FoldedGiven | None, other: FoldedGiven | None) -> Level:
    """How well given names fit: whole names first, then call names, sound, and initials alone."""
    if one is None or other is None:
        return Level.MISSING
    if not one.names or not other.names:
        return _compare_initials(one.initials, other.initials)
    return _compare_whole(one, other)


def _compare_whole(one: FoldedGiven, other: FoldedGiven) -> Level:
    first, second = one.names[0], other.names[0]
    if first == second:
        several = min(len(one.names), len(other.names)) > 1 and one.names[1] == other.names[1]
        return Level.EQUAL_SEVERAL if several else Level.EQUAL
    if not one.classes.isdisjoint(other.classes) or "".join(one.names) == "".join(other.names):
        return Level.VARIANT
    if first in other.names or second in one.names:
        return Level.LATER_NAME
    if one.sounds[0] == other.sounds[0]:
        return Level.SOUND
    if alike(first, second):
        return Level.SIMILAR
    return Level.SAME_INITIAL if one.initials[0] == other.initials[0] else Level.DIFFERENT


def _compare_initials(one: str, other: str) -> Level:
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        return Level.INITIALS_SEVERAL if shared > 1 else Level.INITIAL
    return Level.INITIAL if one[0] == other[0] else Level.DIFFERENT


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
    similar = alike(one.whole, other.whole) or one.codes[0] == other.codes[0]
    return Level.SIMILAR if similar else Level.DIFFERENT


def alike(one: str, other: str) -> bool:
    """Whether two folded names are one slip apart, or nearly the same when they are long."""
    if min(len(one), len(other)) >= _LONG_ENOUGH_FOR_A_SLIP and OSA.distance(one, other, score_cutoff=1) <= 1:
        return True
    return JaroWinkler.similarity(one, other, score_cutoff=_ALIKE) > 0
