"""Given names compared by levels."""

from __future__ import annotations

from typing import Final

from chalicelib.matching.initials import is_initial
from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven
from chalicelib.matching.related_names import how_related

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
    if is_initial(first) or is_initial(second):
        return _compare_initials(one.initials, other.initials)
    related = how_related(one, other)
    if related is not None:
        return related
    return Level.SAME_INITIAL if first[0] == second[0] else Level.DIFFERENT


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
