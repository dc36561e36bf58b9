"""Parents compared: the same parent by number, or by name and birth date (D12)."""

from __future__ import annotations

from typing import Final

from chalicelib.matching.compare_names import compare_given, compare_surnames
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.folded import FoldedParent
from chalicelib.matching.levels import Level

_FITTING_GIVEN: Final = frozenset(
    {
        Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.SOUND, Level.SLIP,
        Level.INITIALS_SEVERAL, Level.INITIAL,
    }
)  # fmt: skip
_FITTING_DATE: Final = frozenset({Level.EQUAL, Level.EQUAL_REGISTERED, Level.SWAPPED, Level.SLIP})
_FITTING_SURNAME: Final = frozenset({Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP})
_ORDER: Final = (Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME, Level.DIFFERENT, Level.MISSING)


def compare_parents(one: tuple[FoldedParent, ...], other: tuple[FoldedParent, ...]) -> Level:
    """The best level at which any parent of the one is a parent of the other; BOTH when two are."""
    if not one or not other:
        return Level.MISSING
    levels = sorted((compare_parent(mine, theirs) for mine in one for theirs in other), key=_ORDER.index)
    agreeing = sum(level in (Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME) for level in levels)
    if agreeing > 1 and levels[0] is not Level.NAME:
        return Level.BOTH
    if levels[0] is Level.DIFFERENT and min(len(one), len(other)) == 1:
        return Level.OTHER_PARENT
    return levels[0]


def compare_parent(one: FoldedParent, other: FoldedParent) -> Level:
    """The level at which two parents are one person."""
    if one.bsn is not None and other.bsn is not None:
        return Level.PARENT_BSN if one.bsn == other.bsn else Level.DIFFERENT
    given = compare_given(one.name.given, other.name.given)
    surname = compare_surnames(one.name.surname, other.name.surname, frozenset(), frozenset())
    date = compare_dates(one.birth_date, other.birth_date)
    if Level.MISSING in (given, surname):
        return Level.MISSING
    if given not in _FITTING_GIVEN or surname not in _FITTING_SURNAME:
        return Level.DIFFERENT
    if date is Level.MISSING:
        return Level.NAME
    return Level.NAME_AND_DATE if date in _FITTING_DATE else Level.DIFFERENT
