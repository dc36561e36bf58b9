"""The evidence between two records, and between two groups of them: a level for each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.matching.bsn import is_miswritten, is_slip
from chalicelib.matching.compare_given import compare_given, compare_later_initials
from chalicelib.matching.compare_parents import compare_parents, compare_parents_in_part
from chalicelib.matching.compare_surnames import are_written_as_one, compare_surnames
from chalicelib.matching.dates import compare_dates
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.frequencies import given_frequency, surname_frequency
from chalicelib.matching.levels import DISAGREEING, LEVELS, OTHERS, SAME_PARENT, Field, Level
from chalicelib.matching.namesakes import SAME_FAMILY, SAME_HOME
from chalicelib.matching.records import Sex
from chalicelib.matching.turned import how_turned, may_be_turned

_RANKS: Final = {name: {level: rank for rank, level in enumerate(order)} for name, order in LEVELS.items()}


def pair_evidence(one: FoldedYouth, other: FoldedYouth) -> dict[Field, Level]:
    """Compare two youths field by field; symmetric."""
    address = _compare_addresses(one, other)
    parents = compare_parents(one.parents, other.parents)
    family_fits = parents in SAME_FAMILY or (address in SAME_HOME and parents is not Level.DIFFERENT)
    given, surname = _compare_names(one, other, family_fits=family_fits)
    return {
        Field.BSN: _compare_bsn(one, other),
        Field.GIVEN_NAMES: given,
        Field.SURNAME: surname,
        Field.BIRTH_DATE: compare_dates(one.birth_date, other.birth_date),
        Field.SEX: _compare_sex(one.sex, other.sex),
        Field.ADDRESS: address,
        Field.PARENTS: parents,
        Field.LATER_INITIALS: compare_later_initials(one.name.given, other.name.given),
        Field.PARENTS_IN_PART: (
            Level.MISSING if parents in SAME_PARENT else compare_parents_in_part(one, other)
        ),
        Field.SURNAME_FREQUENCY: surname_frequency(one.name.surname, other.name.surname, surname),
        Field.GIVEN_FREQUENCY: given_frequency(one.name.given, other.name.given, given),
    }


def _compare_names(one: FoldedYouth, other: FoldedYouth, *, family_fits: bool) -> tuple[Level, Level]:
    """Given names and surname as they stand, else turned round, else all in the field of the surname."""
    given = compare_given(one.name.given, other.name.given)
    surname = compare_surnames(
        one.name.surname, other.name.surname, one.surnames_of_parents, other.surnames_of_parents
    )
    if may_be_turned(given, surname):
        turned = how_turned(one.name, other.name, family_fits=family_fits)
        return (given, surname) if turned is None else (turned, Level.SOUND)
    if given is Level.MISSING and are_written_as_one(one.name, other.name):
        return Level.EQUAL, Level.EQUAL
    return given, surname


def group_evidence(pairs: Iterable[Mapping[Field, Level]]) -> dict[Field, Level]:
    """The best level of each field over all pairs between two groups, and where other members disagree.

    Missing yields to everything. A single pair is its own evidence.
    """
    first, *rest = pairs
    if not rest:
        return dict(first)
    best = dict(first)
    for pair in rest:
        best.update(
            {name: level for name, level in pair.items() if _RANKS[name][level] < _RANKS[name][best[name]]}
        )
    for name, others in OTHERS.items():
        disagreeing = DISAGREEING[name]
        if best[name] not in disagreeing and any(pair[name] in disagreeing for pair in (first, *rest)):
            best[others] = Level.DIFFERENT
    return best


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


def _compare_addresses(one: FoldedYouth, other: FoldedYouth) -> Level:
    mine, theirs = one.addresses + one.previous, other.addresses + other.previous
    if mine and theirs:
        if not {forms.exact for forms in mine}.isdisjoint({forms.exact for forms in theirs}):
            return Level.EQUAL
        if not {forms.number for forms in mine}.isdisjoint({forms.number for forms in theirs}):
            return Level.NUMBER
    for level, ours, others in (
        (Level.STREET, one.places, other.places),
        (Level.POSTAL_CODE, one.postal_codes, other.postal_codes),
        (Level.AREA, one.postal_areas, other.postal_areas),
        (Level.CITY, one.cities, other.cities),
    ):
        if not ours.isdisjoint(others):
            return level
    known = (one.postal_areas and other.postal_areas) or (one.cities and other.cities)
    return Level.DIFFERENT if known else Level.MISSING
