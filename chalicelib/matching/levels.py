"""The fields that are compared and the levels at which they agree, best first."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What two records are compared on."""

    BSN = "bsn"
    GIVEN_NAMES = "givenNames"
    SURNAME = "surname"
    BIRTH_DATE = "birthDate"
    SEX = "sex"
    ADDRESS = "address"
    PARENTS = "parents"


class Level(StrEnum):
    """How well a field agrees; MISSING weighs nothing, for missing is not different."""

    EQUAL_SEVERAL = "EQUAL_SEVERAL"
    EQUAL = "EQUAL"
    VARIANT = "VARIANT"
    LATER_NAME = "LATER_NAME"
    SOUND = "SOUND"
    PART = "PART"
    SIMILAR = "SIMILAR"
    INITIALS_SEVERAL = "INITIALS_SEVERAL"
    INITIAL = "INITIAL"
    OTHER_NAME = "OTHER_NAME"
    SWAPPED = "SWAPPED"
    SLIP = "SLIP"
    MISWRITTEN = "MISWRITTEN"
    REGISTERED = "REGISTERED"
    PARTIAL = "PARTIAL"
    NUMBER = "NUMBER"
    POSTAL_CODE = "POSTAL_CODE"
    AREA = "AREA"
    PARENT_BSN = "PARENT_BSN"
    NAME_AND_DATE = "NAME_AND_DATE"
    NAME = "NAME"
    SAME_INITIAL = "SAME_INITIAL"
    SAME_YEAR = "SAME_YEAR"
    DIFFERENT = "DIFFERENT"
    MISSING = "MISSING"


LEVELS: Final[dict[Field, tuple[Level, ...]]] = {
    Field.BSN: (Level.EQUAL, Level.MISWRITTEN, Level.SLIP, Level.DIFFERENT, Level.MISSING),
    Field.GIVEN_NAMES: (
        Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.LATER_NAME, Level.SOUND, Level.SIMILAR,
        Level.INITIALS_SEVERAL, Level.INITIAL, Level.SAME_INITIAL, Level.DIFFERENT, Level.MISSING,
    ),
    Field.SURNAME: (
        Level.EQUAL, Level.SOUND, Level.PART, Level.SIMILAR, Level.OTHER_NAME, Level.DIFFERENT, Level.MISSING,
    ),
    Field.BIRTH_DATE: (
        Level.EQUAL, Level.SWAPPED, Level.SLIP, Level.REGISTERED, Level.PARTIAL, Level.SAME_YEAR,
        Level.DIFFERENT, Level.MISSING,
    ),
    Field.SEX: (Level.EQUAL, Level.DIFFERENT, Level.MISSING),
    Field.ADDRESS: (
        Level.EQUAL, Level.NUMBER, Level.POSTAL_CODE, Level.AREA, Level.DIFFERENT, Level.MISSING,
    ),
    Field.PARENTS: (
        Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME, Level.DIFFERENT, Level.MISSING,
    ),
}  # fmt: skip
