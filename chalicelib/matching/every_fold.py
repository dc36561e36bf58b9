"""The keys that storage writes and looks up: of this code's fold, and of those before it.

A region is kept by the fold it has until an operator has brought in this one (decision 13). The hasher
takes of these keys those that the fold of a key set has, so a region may have any, or two for a while.
A decision asks for no keys but this code's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from chalicelib.matching.archive import FAMILY, archive_keys, archive_lookup_keys, archived
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.keys import (
    FOLD_VERSION,
    MatchKey,
    days_of,
    given_codes,
    household_keys,
    lookup_keys,
    match_keys,
    namesakes,
    surname_codes,
)

FOLDS: Final = ("3", "4", "5", FOLD_VERSION)
_FOLDS_OF: Final = {
    "birthday-surname": FOLDS[:1],
    "parent-day": FOLDS[:1],
    "parent-name": FOLDS[:1],
    "birthday-name": FOLDS[1:3],
    "parent-day-given": FOLDS[1:],
    "parent-name-region": FOLDS[1:],
    "family-area": FOLDS[2:],
    "name": FOLDS[:3],
    "name-undated": FOLDS[:3],
    "year-name": FOLDS[:3],
    "birthday-names": FOLDS[3:],
    "names": FOLDS[3:],
    "names-undated": FOLDS[3:],
    "year-names": FOLDS[3:],
}
"""The families that some folds have; every other is the same in all."""


def is_in_fold(family: str, fold: str) -> bool:
    """Whether a fold has a family, or the archive's of that name."""
    return fold in _FOLDS_OF.get(family.removeprefix(FAMILY), FOLDS)


def stored_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key under which a signal may have to be found."""
    return match_keys(folded) | _former_stored(folded) | _former_household_keys(folded)


def looked_up_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key under which candidates may have to be looked for."""
    return lookup_keys(folded) | _former_looked_up(folded) | _former_household_keys(folded)


def looked_up_person_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Of those the ones that find signals about the youth; not those of the household alone."""
    return (lookup_keys(folded) - household_keys(folded)) | _former_looked_up(folded)


def stored_archive_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key under which a signal in the archive may have to be found."""
    return archive_keys(folded) | archived(_former_stored(folded))


def looked_up_archive_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key under which earlier signals may have to be looked for."""
    return archive_lookup_keys(folded) | archived(_former_looked_up(folded))


def _former_stored(youth: FoldedYouth) -> frozenset[MatchKey]:
    """Under a name alone everybody is found, who has no date is besides under one of those without."""
    undated = () if days_of(youth.birth_date) else ("name-undated",)
    return _former_person_keys(youth, "name", *undated)


def _former_looked_up(youth: FoldedYouth) -> frozenset[MatchKey]:
    """Who has no date looks among all of the name, everybody else among those without a date."""
    return _former_person_keys(youth, "name-undated" if days_of(youth.birth_date) else "name")


def _former_person_keys(youth: FoldedYouth, *by_name_alone: str) -> frozenset[MatchKey]:
    """Those that were split or joined otherwise since; the families of a name alone are named."""
    given, codes, days = youth.name.given, surname_codes(youth), days_of(youth.birth_date)
    if given is None:
        return frozenset()
    before: list[tuple[str, ...]] = [(family,) for family in by_name_alone]
    if youth.birth_date is not None:
        before.append(("year-name", str(youth.birth_date.year)))
    before.extend(("birthday-name", day[5:]) for day in days)
    names = tuple(product(codes, given_codes(youth)))
    by_name = ((*fields, *name) for fields in before for name in names)
    by_initial = (("birthday-surname", day[5:], code, given.initials[0]) for day in days for code in codes)
    return _keys(by_name) | _keys(by_initial)


def _former_household_keys(youth: FoldedYouth) -> frozenset[MatchKey]:
    own = youth.name.surname.codes if youth.name.surname is not None else ()
    by_day = (
        ("parent-day", day, parent.name.given.initials[0])
        for parent in youth.parents
        if parent.name.given is not None
        for day in days_of(parent.birth_date)
    )
    by_name = (("parent-name", *name) for parent in youth.parents for name in namesakes(parent, own))
    return _keys(by_day) | _keys(by_name)


def _keys(values: Iterator[tuple[str, ...]]) -> frozenset[MatchKey]:
    return frozenset(MatchKey(family, "|".join(parts)) for family, *parts in values)
