"""Birth dates compared: whole, partial, swapped, one slip, or registered on the first of January."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

from chalicelib.matching.levels import Level
from chalicelib.matching.records import PartialDate

_REGISTERED_DAYS: Final = frozenset({(1, 1), (7, 1)})


def compare_dates(one: PartialDate | None, other: PartialDate | None) -> Level:
    """How well two birth dates agree; missing is not different.

    Who does not know the day is registered on 1 January or 1 July, so sharing that day says less.
    """
    if one is None or other is None:
        return Level.MISSING
    if one == other and one.day is not None:
        return Level.EQUAL_REGISTERED if (one.month, one.day) in _REGISTERED_DAYS else Level.EQUAL
    if one.day is None or other.day is None or one.month is None or other.month is None:
        return _compare_partial(one, other)
    return _compare_whole(_parts(one), _parts(other))


def _parts(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0


def _compare_partial(one: PartialDate, other: PartialDate) -> Level:
    if one.year != other.year:
        return Level.DIFFERENT
    months = {date.month for date in (one, other) if date.month is not None}
    return Level.PARTIAL if len(months) <= 1 else Level.SAME_YEAR


def _compare_whole(one: tuple[int, int, int], other: tuple[int, int, int]) -> Level:
    if one[0] == other[0] and one[1] == other[2] and one[2] == other[1]:
        return Level.SWAPPED
    if one[0] == other[0] and (one[1:] in _REGISTERED_DAYS or other[1:] in _REGISTERED_DAYS):
        return Level.REGISTERED
    if OSA.distance(_digits(one), _digits(other), score_cutoff=1) <= 1:
        return Level.SLIP
    if one[1:] == other[1:] and abs(one[0] - other[0]) == 1:
        return Level.SLIP
    return Level.SAME_YEAR if one[0] == other[0] else Level.DIFFERENT


def _digits(date: tuple[int, int, int]) -> str:
    return f"{date[0]:04}{date[1]:02}{date[2]:02}"
