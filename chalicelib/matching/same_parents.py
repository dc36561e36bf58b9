"""Parents of two youths compared finely: what is missing says less, not nothing (D12)."""

from __future__ import annotations

from itertools import product
from typing import Final

from chalicelib.matching.compare_given import compare_given
from chalicelib.matching.compare_surnames import compare_surnames
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.folded import FoldedParent
from chalicelib.matching.levels import Level
from chalicelib.matching.tie_levels import RANKS, Tie, TieLevel

_FULL: Final = frozenset(
    {Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.COMMON_VARIANT, Level.SOUND, Level.SLIP}
)
_LIKELY: Final = frozenset(
    {
        Level.INITIALS_SEVERAL, Level.INITIAL, Level.SAME_INITIAL, Level.CONTAINED, Level.LATER_NAME,
        Level.SIMILAR, Level.SKELETON,
    }
)  # fmt: skip
_SURNAME: Final = frozenset({Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP})
_UNSURE_DATE: Final = frozenset({Level.EQUAL_REGISTERED, Level.SWAPPED, Level.SLIP, Level.MISSING})

_DATED: Final = {
    ("FULL", "SAME"): TieLevel.NAMES_AND_DATE,
    ("LIKELY", "SAME"): TieLevel.INITIALS_AND_DATE,
    ("FULL", "SIMILAR"): TieLevel.GIVEN_AND_DATE,
    ("FULL", "OTHER"): TieLevel.GIVEN_AND_DATE,
    ("MISSING", "SAME"): TieLevel.SURNAME_AND_DATE,
}
_UNDATED: Final = {
    ("FULL", "SAME"): TieLevel.NAMES,
    ("FULL", "SIMILAR"): TieLevel.SIMILAR_NAMES,
    ("LIKELY", "SAME"): TieLevel.INITIALS,
    ("MISSING", "SAME"): TieLevel.SURNAME,
    ("FULL", "OTHER"): TieLevel.GIVEN,
}


def compare_all_parents(
    one: tuple[FoldedParent, ...], other: tuple[FoldedParent, ...]
) -> tuple[TieLevel, TieLevel]:
    """The best level of any parent of the one with a parent of the other, and that of two others of them."""
    if not one or not other:
        return TieLevel.MISSING, TieLevel.MISSING
    ranks = RANKS[Tie.PARENT]
    levels = sorted(
        (
            (compare_one_parent(one[i], other[j]), i, j)
            for i, j in product(range(len(one)), range(len(other)))
        ),
        key=lambda found: (ranks[found[0]], found[1:]),
    )
    best, mine, theirs = levels[0]
    rest = (level for level, i, j in levels if i != mine and j != theirs)
    return best, next(rest, TieLevel.MISSING)


def compare_one_parent(one: FoldedParent, other: FoldedParent) -> TieLevel:
    """The level at which two parents are one person; numbers decide when both are known.

    A birth date that is one slip away, or a day on which many are registered, says no more than none.
    """
    if one.bsn is not None and other.bsn is not None:
        return TieLevel.PARENT_BSN if one.bsn == other.bsn else TieLevel.DIFFERENT
    date = compare_dates(one.birth_date, other.birth_date)
    names = _given(one, other), _surname(one, other)
    if date is Level.EQUAL:
        return _DATED.get(names, TieLevel.DIFFERENT)
    if date in _UNSURE_DATE:
        return _UNDATED.get(names, TieLevel.DIFFERENT)
    return TieLevel.NAMES_OTHER_DATE if names == ("FULL", "SAME") else TieLevel.DIFFERENT


def _given(one: FoldedParent, other: FoldedParent) -> str:
    level = compare_given(one.name.given, other.name.given)
    if level in _FULL:
        return "FULL"
    if level is Level.MISSING:
        return "MISSING"
    return "LIKELY" if level in _LIKELY else "OTHER"


def _surname(one: FoldedParent, other: FoldedParent) -> str:
    level = compare_surnames(one.name.surname, other.name.surname, frozenset(), frozenset())
    if level in _SURNAME:
        return "SAME"
    if level is Level.MISSING:
        return "MISSING"
    return "SIMILAR" if level is Level.SIMILAR else "OTHER"
