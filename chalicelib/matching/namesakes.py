"""Namesakes: a very common name, or two surnames, with little beside them may be of two children."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.matching.levels import SAME_PARENT, Field, Level

_SAME_DAY: Final = frozenset({Level.EQUAL, Level.SWAPPED})
_SAME_PLACE: Final = frozenset({Level.EQUAL, Level.NUMBER, Level.STREET, Level.POSTAL_CODE, Level.AREA})
SAME_HOME: Final = frozenset({Level.EQUAL, Level.NUMBER, Level.STREET})
_SAME_NAME: Final = frozenset({Level.EQUAL, Level.EQUAL_SEVERAL})
SAME_FAMILY: Final = SAME_PARENT | {Level.NAME}
_FAMILY_IN_PART: Final = frozenset({Level.DATE, Level.OTHER_NAME})
_ENOUGH: Final = 2


def may_be_namesakes(evidence: Mapping[Field, Level]) -> bool:
    """Whether a very common given name and a very common surname agree, and hardly anything else does.

    Of birth date, place, parents and further initials two must agree: in a country of eighteen million
    there are two Jan Jansens of one day. Of a common name on a day when many are registered one must.
    """
    frequencies = {evidence[Field.SURNAME_FREQUENCY], evidence[Field.GIVEN_FREQUENCY]}
    very_common = frequencies == {Level.VERY_COMMON}
    on_a_day_of_many = evidence[Field.BIRTH_DATE] is Level.EQUAL_REGISTERED
    if not very_common and (Level.MISSING in frequencies or not on_a_day_of_many):
        return False
    beside_the_name = (
        evidence[Field.BIRTH_DATE] in _SAME_DAY,
        evidence[Field.ADDRESS] in _SAME_PLACE,
        evidence[Field.PARENTS] in SAME_FAMILY or evidence[Field.PARENTS_IN_PART] in _FAMILY_IN_PART,
        evidence[Field.LATER_INITIALS] is Level.EQUAL,
    )
    return sum(beside_the_name) < (_ENOUGH if very_common else 1)


def have_two_surnames(evidence: Mapping[Field, Level]) -> bool:
    """Whether surnames differ that no parent bears, and given name and family are not both the same."""
    if evidence[Field.SURNAME] is not Level.DIFFERENT:
        return False
    same_family = evidence[Field.PARENTS] in SAME_PARENT or evidence[Field.ADDRESS] in SAME_HOME
    return not (same_family and evidence[Field.GIVEN_NAMES] in _SAME_NAME)
