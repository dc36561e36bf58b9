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
    LATER_INITIALS = "laterInitials"
    PARENTS_IN_PART = "parentsInPart"
    SURNAME_FREQUENCY = "surnameFrequency"
    GIVEN_FREQUENCY = "givenNamesFrequency"
    OTHER_GIVEN_NAMES = "givenNamesOfOthers"
    OTHER_BIRTH_DATES = "birthDateOfOthers"
    OTHER_SEX = "sexOfOthers"


class Level(StrEnum):
    """How well a field agrees; MISSING weighs nothing, for missing is not different."""

    EQUAL_SEVERAL = "EQUAL_SEVERAL"
    EQUAL = "EQUAL"
    VARIANT = "VARIANT"
    COMMON_VARIANT = "COMMON_VARIANT"
    CONTAINED = "CONTAINED"
    LATER_NAME = "LATER_NAME"
    SOUND = "SOUND"
    PART = "PART"
    SKELETON = "SKELETON"
    SIMILAR = "SIMILAR"
    INITIALS_SEVERAL = "INITIALS_SEVERAL"
    INITIAL = "INITIAL"
    OTHER_NAME = "OTHER_NAME"
    EQUAL_REGISTERED = "EQUAL_REGISTERED"
    SWAPPED = "SWAPPED"
    SLIP = "SLIP"
    MISWRITTEN = "MISWRITTEN"
    REGISTERED = "REGISTERED"
    PARTIAL = "PARTIAL"
    NUMBER = "NUMBER"
    STREET = "STREET"
    POSTAL_CODE = "POSTAL_CODE"
    AREA = "AREA"
    CITY = "CITY"
    PARENT_BSN = "PARENT_BSN"
    BOTH = "BOTH"
    NAME_AND_DATE = "NAME_AND_DATE"
    NAME = "NAME"
    DATE = "DATE"
    OTHER_PARENT = "OTHER_PARENT"
    COMMON = "COMMON"
    VERY_COMMON = "VERY_COMMON"
    TWO_NAMES = "TWO_NAMES"
    SAME_INITIAL = "SAME_INITIAL"
    SAME_YEAR = "SAME_YEAR"
    DIFFERENT = "DIFFERENT"
    MISSING = "MISSING"


LEVELS: Final[dict[Field, tuple[Level, ...]]] = {
    Field.BSN: (Level.EQUAL, Level.MISWRITTEN, Level.SLIP, Level.DIFFERENT, Level.MISSING),
    Field.GIVEN_NAMES: (
        Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.CONTAINED, Level.LATER_NAME, Level.SOUND,
        Level.SLIP, Level.COMMON_VARIANT, Level.SKELETON, Level.SIMILAR, Level.TWO_NAMES,
        Level.INITIALS_SEVERAL, Level.INITIAL, Level.SAME_INITIAL, Level.DIFFERENT, Level.MISSING,
    ),
    Field.SURNAME: (
        Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP, Level.SIMILAR, Level.OTHER_NAME, Level.DIFFERENT,
        Level.MISSING,
    ),
    Field.BIRTH_DATE: (
        Level.EQUAL, Level.SWAPPED, Level.EQUAL_REGISTERED, Level.SLIP, Level.REGISTERED, Level.PARTIAL,
        Level.SAME_YEAR, Level.DIFFERENT, Level.MISSING,
    ),
    Field.SEX: (Level.EQUAL, Level.DIFFERENT, Level.MISSING),
    Field.ADDRESS: (
        Level.EQUAL, Level.NUMBER, Level.STREET, Level.POSTAL_CODE, Level.AREA, Level.CITY, Level.DIFFERENT,
        Level.MISSING,
    ),
    Field.PARENTS: (
        Level.BOTH, Level.PARENT_BSN, Level.NAME_AND_DATE, Level.NAME, Level.INITIAL, Level.OTHER_PARENT,
        Level.DIFFERENT, Level.MISSING,
    ),
    Field.LATER_INITIALS: (Level.EQUAL, Level.DIFFERENT, Level.MISSING),
    Field.PARENTS_IN_PART: (Level.DATE, Level.OTHER_NAME, Level.DIFFERENT, Level.MISSING),
    Field.SURNAME_FREQUENCY: (Level.COMMON, Level.VERY_COMMON, Level.MISSING),
    Field.GIVEN_FREQUENCY: (Level.COMMON, Level.VERY_COMMON, Level.MISSING),
    Field.OTHER_GIVEN_NAMES: (Level.DIFFERENT, Level.MISSING),
    Field.OTHER_BIRTH_DATES: (Level.DIFFERENT, Level.MISSING),
    Field.OTHER_SEX: (Level.DIFFERENT, Level.MISSING),
}  # fmt: skip

DISAGREEING: Final[dict[Field, frozenset[Level]]] = {
    Field.GIVEN_NAMES: frozenset({Level.SAME_INITIAL, Level.DIFFERENT}),
    Field.BIRTH_DATE: frozenset({Level.SAME_YEAR, Level.DIFFERENT}),
    Field.SEX: frozenset({Level.DIFFERENT}),
}

OTHERS: Final[dict[Field, Field]] = {
    Field.GIVEN_NAMES: Field.OTHER_GIVEN_NAMES,
    Field.BIRTH_DATE: Field.OTHER_BIRTH_DATES,
    Field.SEX: Field.OTHER_SEX,
}
"""The fields on which other members of a group may disagree while the best of it agrees."""

SAME_PARENT: Final = frozenset({Level.BOTH, Level.PARENT_BSN, Level.NAME_AND_DATE})
"""The levels at which a parent is certainly the same person."""

FREQUENCIES: Final[dict[Field, Field]] = {
    Field.SURNAME: Field.SURNAME_FREQUENCY,
    Field.GIVEN_NAMES: Field.GIVEN_FREQUENCY,
}
"""The fields whose weight has a share that comes from how common the value is."""
