"""Given names compared by levels."""

from __future__ import annotations

from typing import Final

from chalicelib.matching.initials import is_initial
from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven
from chalicelib.matching.related_names import are_unlike, how_related

_SEVERAL: Final = 2


def compare_given(one: FoldedGiven | None, other: FoldedGiven | None) -> Level:
    """How well given names fit: whole names first, then call names, sound, slips, and initials alone."""
    if one is None or other is None:
        return Level.MISSING
    if one.names and other.names and one.names[0] == other.names[0]:
        return _compare_later(one.names[1:], other.names[1:])
    if _is_by_initials(one) or _is_by_initials(other):
        return _compare_as_initials(one, other)
    return how_related(one, other) or _compare_unrelated(one, other)


def _is_by_initials(given: FoldedGiven) -> bool:
    return not given.names or is_initial(given.names[0])


def _compare_unrelated(one: FoldedGiven, other: FoldedGiven) -> Level:
    if _go_by_another_name(one, other):
        return Level.INITIALS_SEVERAL
    return Level.SAME_INITIAL if one.names[0][0] == other.names[0][0] else Level.DIFFERENT


def _compare_later(one: tuple[str, ...], other: tuple[str, ...]) -> Level:
    """The names after one first name: brothers may share that, as Mohamed Amin and Mohamed Ali do."""
    if not one or not other:
        return Level.EQUAL
    if one[0] == other[0]:
        return Level.EQUAL_SEVERAL
    unlike = all(are_unlike(mine, theirs) for mine in one for theirs in other)
    return Level.TWO_NAMES if unlike else Level.EQUAL


def _go_by_another_name(one: FoldedGiven, other: FoldedGiven) -> bool:
    """Whether initials agree that are not those of the name beside them: Stan, J.P.M., is Johannes Petrus."""
    shared = min(len(one.initials), len(other.initials))
    called = any(given.initials[0] != given.names[0][0] for given in (one, other))
    return called and shared >= _SEVERAL and one.initials[:shared] == other.initials[:shared]


def _compare_as_initials(one: FoldedGiven, other: FoldedGiven) -> Level:
    """Initials beside initials, or beside a name that may not be the official one, or not the first."""
    level = _compare_initials(one.initials, other.initials)
    if level is not Level.DIFFERENT:
        return level
    perhaps = _may_begin(one, other.initials) or _may_begin(other, one.initials)
    return Level.TWO_NAMES if perhaps else Level.DIFFERENT


def _may_begin(given: FoldedGiven, initials: str) -> bool:
    """Whether a first name stands for one with these initials (Bram: A.) or is a later one (Piet: J.P.)."""
    if _is_by_initials(given):
        return False
    first = given.names[0]
    return first[0] in initials[1:] or any(name[0] == initials[0] for name in given.classes)


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
