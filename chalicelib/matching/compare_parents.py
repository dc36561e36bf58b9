"""Parents compared: the same parent by number, or by name and birth date (D12)."""

from __future__ import annotations

from itertools import permutations
from typing import Final

from chalicelib.matching.compare_given import compare_given
from chalicelib.matching.compare_surnames import compare_surnames
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.folded import FoldedParent, FoldedYouth
from chalicelib.matching.levels import DISAGREEING, SAME_PARENT, Field, Level
from chalicelib.matching.names import FoldedSurname

_FITTING_GIVEN: Final = frozenset(
    {
        Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.SOUND, Level.SLIP,
        Level.COMMON_VARIANT, Level.INITIALS_SEVERAL, Level.INITIAL,
    }
)  # fmt: skip
_FITTING_DATE: Final = frozenset({Level.EQUAL, Level.EQUAL_REGISTERED, Level.SWAPPED, Level.SLIP})
_FITTING_SURNAME: Final = frozenset({Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP})
_ANOTHER_GIVEN: Final = DISAGREEING[Field.GIVEN_NAMES]
_ANOTHER_DATE: Final = DISAGREEING[Field.BIRTH_DATE]
_BOTH_PARENTS: Final = 2
_INITIALS: Final = frozenset({Level.INITIALS_SEVERAL, Level.INITIAL})
_AGREEING: Final = (Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME, Level.INITIAL)
_ORDER: Final = (*_AGREEING, Level.DIFFERENT, Level.MISSING)


def compare_parents(one: tuple[FoldedParent, ...], other: tuple[FoldedParent, ...]) -> Level:
    """The best level at which any parent of the one is a parent of the other; BOTH when two are."""
    if not one or not other:
        return Level.MISSING
    levels = sorted((compare_parent(mine, theirs) for mine in one for theirs in other), key=_ORDER.index)
    agreeing = sum(level in _AGREEING for level in levels)
    if agreeing > 1 and levels[0] in SAME_PARENT:
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
        return Level.INITIAL if given in _INITIALS else Level.NAME
    return Level.NAME_AND_DATE if date in _FITTING_DATE else Level.DIFFERENT


def compare_parents_in_part(one: FoldedYouth, other: FoldedYouth) -> Level:
    """What parents say of whom too little is known to be sure: a birth date, a surname beside the child's.

    DIFFERENT when the parents of the one cannot, one by one, be those of the other.
    """
    if not one.parents or not other.parents:
        return Level.MISSING
    pairs = [(mine, theirs) for mine in one.parents for theirs in other.parents]
    if any(compare_dates(mine.birth_date, theirs.birth_date) is Level.EQUAL for mine, theirs in pairs):
        return Level.DATE
    if _share_another_surname(one, other):
        return Level.OTHER_NAME
    strangers = _has_stranger(one, other.parents) or _has_stranger(other, one.parents)
    may_be_the_same = not strangers and _may_be_the_same(one.parents, other.parents)
    return Level.MISSING if may_be_the_same else Level.DIFFERENT


def _has_stranger(youth: FoldedYouth, others: tuple[FoldedParent, ...]) -> bool:
    """Whether a parent bears none of the two surnames of the other's parents, nor the child's.

    With one surname for both, a mother may be written under her own name or her husband's.
    """
    known = [parent.name.surname for parent in others if parent.name.surname is not None]
    if len(known) != _BOTH_PARENTS or not set(known[0].sounds).isdisjoint(known[1].sounds):
        return False
    own = youth.name.surname
    names = [parent.name.surname for parent in youth.parents if parent.name.surname is not None]
    return any(
        all(_bear_other_names(name, theirs) for theirs in (*known, own) if theirs is not None)
        for name in names
    )


def _bear_other_names(one: FoldedSurname, other: FoldedSurname) -> bool:
    return compare_surnames(one, other, frozenset(), frozenset()) is Level.DIFFERENT


def _share_another_surname(one: FoldedYouth, other: FoldedYouth) -> bool:
    own = {heard for youth in (one, other) if youth.name.surname for heard in youth.name.surname.sounds}
    return not (one.surnames_of_parents & other.surnames_of_parents) <= own


def _may_be_the_same(one: tuple[FoldedParent, ...], other: tuple[FoldedParent, ...]) -> bool:
    """Whether everyone of the shorter list may be somebody of the longer, and no two the same."""
    few, many = sorted((one, other), key=len)
    fitting = [{i for i, theirs in enumerate(many) if not _differ(mine, theirs)} for mine in few]
    return any(
        all(chosen in fits for chosen, fits in zip(order, fitting, strict=True))
        for order in permutations(range(len(many)), len(few))
    )


def _differ(one: FoldedParent, other: FoldedParent) -> bool:
    if one.bsn is not None and other.bsn is not None:
        return one.bsn != other.bsn
    return (
        compare_given(one.name.given, other.name.given) in _ANOTHER_GIVEN
        or compare_dates(one.birth_date, other.birth_date) in _ANOTHER_DATE
    )
