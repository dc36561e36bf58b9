"""The evidence between two records, and between two groups of them: a level for each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from chalicelib.matching.bsn import is_miswritten, is_slip
from chalicelib.matching.compare_names import compare_given, compare_surnames
from chalicelib.matching.compare_parents import compare_parents
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.fold import FoldedYouth
from chalicelib.matching.levels import LEVELS, Field, Level
from chalicelib.matching.records import Sex


def pair_evidence(one: FoldedYouth, other: FoldedYouth) -> dict[Field, Level]:
    """Compare two youths field by field; symmetric."""
    return {
        Field.BSN: _compare_bsn(one, other),
        Field.GIVEN_NAMES: compare_given(one.name.given, other.name.given),
        Field.SURNAME: compare_surnames(
            one.name.surname, other.name.surname, _surnames_of_parents(one), _surnames_of_parents(other)
        ),
        Field.BIRTH_DATE: compare_dates(one.birth_date, other.birth_date),
        Field.SEX: _compare_sex(one.sex, other.sex),
        Field.ADDRESS: _compare_addresses(one, other),
        Field.PARENTS: compare_parents(one.parents, other.parents),
    }


def group_evidence(pairs: Iterable[Mapping[Field, Level]]) -> dict[Field, Level]:
    """The best level of each field over all pairs between two groups; missing yields to all."""
    listed = tuple(pairs)
    return {
        name: min((pair[name] for pair in listed), key=order.index, default=Level.MISSING)
        for name, order in LEVELS.items()
    }


def _compare_bsn(one: FoldedYouth, other: FoldedYouth) -> Level:
    if one.bsn is not None and other.bsn is not None:
        if one.bsn == other.bsn:
            return Level.EQUAL
        return Level.SLIP if is_slip(one.bsn, other.bsn) else Level.DIFFERENT
    mine, theirs = one.bsn or one.bsn_as_written, other.bsn or other.bsn_as_written
    if mine is not None and theirs is not None and is_miswritten(mine, theirs):
        return Level.MISWRITTEN
    return Level.MISSING


def _compare_sex(one: Sex | None, other: Sex | None) -> Level:
    if one is None or other is None:
        return Level.MISSING
    return Level.EQUAL if one is other else Level.DIFFERENT


def _surnames_of_parents(youth: FoldedYouth) -> frozenset[str]:
    surnames = (parent.name.surname for parent in youth.parents)
    return frozenset(heard for surname in surnames if surname is not None for heard in surname.sounds)


def _compare_addresses(one: FoldedYouth, other: FoldedYouth) -> Level:
    mine, theirs = one.addresses + one.previous, other.addresses + other.previous
    if any(a.exact == b.exact for a in mine for b in theirs):
        return Level.EQUAL
    if any(a.number == b.number for a in mine for b in theirs):
        return Level.NUMBER
    if one.postal_codes & other.postal_codes:
        return Level.POSTAL_CODE
    if not one.postal_areas or not other.postal_areas:
        return Level.MISSING
    return Level.AREA if one.postal_areas & other.postal_areas else Level.DIFFERENT
