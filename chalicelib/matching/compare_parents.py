"""Parents compared: the same parent by number, or by name and birth date (D12)."""

from __future__ import annotations

from typing import Final

from chalicelib.matching.compare_names import compare_given, compare_surnames
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.fold import FoldedParent
from chalicelib.matching.levels import Level

_FITTING_GIVEN: Final = frozenset(
    {Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.SOUND, Level.INITIALS_SEVERAL, Level.INITIAL}
)
_FITTING_SURNAME: Final = frozenset({Level.EQUAL, Level.SOUND, Level.PART})
_ORDER: Final = (Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME, Level.DIFFERENT, Level.MISSING)


def compare_parents(one: tuple[FoldedParent, ...], other: tuple[FoldedParent, ...]) -> Level:
    """The best level at which any parent of the one is a parent of the other."""
    levels = {_compare(mine, theirs) for mine in one for theirs in other}
    return min(levels, key=_ORDER.index, default=Level.MISSING)


def _compare(one: FoldedParent, other: FoldedParent) -> Level:
    if one.bsn is not None and other.bsn is not None:
        return Level.PARENT_BSN if one.bsn == other.bsn else Level.DIFFERENT
    given = compare_given(one.name.given, other.name.given)
    surname = compare_surnames(one.name.surname, other.name.surname, frozenset(), frozenset())
    if Level.MISSING in (given, surname):
        return Level.MISSING
    if given not in _FITTING_GIVEN or surname not in _FITTING_SURNAME:
        return Level.DIFFERENT
    date = compare_dates(one.birth_date, other.birth_date)
    if date in (Level.EQUAL, Level.MISSING):
        return Level.NAME_AND_DATE if date is Level.EQUAL else Level.NAME
    return Level.DIFFERENT
