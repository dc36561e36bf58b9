"""What may tie two youths to one household, and the levels at which it does, best first (D12)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Tie(StrEnum):
    """What two youths are compared on for being of one household."""

    PARENT = "parent"
    OTHER_PARENT = "otherParent"
    SURNAME_OF_PARENTS = "surnameOfParents"
    SURNAME = "surname"
    ADDRESS = "address"


class TieLevel(StrEnum):
    """How well a tie holds; MISSING weighs nothing, for missing is not different."""

    PARENT_BSN = "PARENT_BSN"
    NAMES_AND_DATE = "NAMES_AND_DATE"
    INITIALS_AND_DATE = "INITIALS_AND_DATE"
    GIVEN_AND_DATE = "GIVEN_AND_DATE"
    SURNAME_AND_DATE = "SURNAME_AND_DATE"
    NAMES = "NAMES"
    SIMILAR_NAMES = "SIMILAR_NAMES"
    INITIALS = "INITIALS"
    SURNAME = "SURNAME"
    GIVEN = "GIVEN"
    NAMES_OTHER_DATE = "NAMES_OTHER_DATE"
    SHARED = "SHARED"
    EQUAL = "EQUAL"
    SOUND = "SOUND"
    PART = "PART"
    SLIP = "SLIP"
    SIMILAR = "SIMILAR"
    OTHER_NAME = "OTHER_NAME"
    STREET = "STREET"
    NUMBER = "NUMBER"
    OTHER_DOOR = "OTHER_DOOR"
    AREA_NUMBER = "AREA_NUMBER"
    POSTAL_CODE = "POSTAL_CODE"
    OTHER_NUMBER = "OTHER_NUMBER"
    AREA = "AREA"
    OTHER_POSTAL_CODE = "OTHER_POSTAL_CODE"
    CITY = "CITY"
    DIFFERENT = "DIFFERENT"
    MISSING = "MISSING"


_PARENT: Final = (
    TieLevel.PARENT_BSN, TieLevel.NAMES_AND_DATE, TieLevel.INITIALS_AND_DATE, TieLevel.GIVEN_AND_DATE,
    TieLevel.SURNAME_AND_DATE, TieLevel.NAMES, TieLevel.SIMILAR_NAMES, TieLevel.INITIALS, TieLevel.SURNAME,
    TieLevel.GIVEN, TieLevel.NAMES_OTHER_DATE, TieLevel.DIFFERENT, TieLevel.MISSING,
)  # fmt: skip

TIE_LEVELS: Final[dict[Tie, tuple[TieLevel, ...]]] = {
    Tie.PARENT: _PARENT,
    Tie.OTHER_PARENT: _PARENT,
    Tie.SURNAME_OF_PARENTS: (TieLevel.SHARED, TieLevel.MISSING),
    Tie.SURNAME: (
        TieLevel.EQUAL, TieLevel.SOUND, TieLevel.PART, TieLevel.SLIP, TieLevel.SIMILAR, TieLevel.OTHER_NAME,
        TieLevel.DIFFERENT, TieLevel.MISSING,
    ),
    Tie.ADDRESS: (
        TieLevel.EQUAL, TieLevel.STREET, TieLevel.NUMBER, TieLevel.OTHER_DOOR,
        TieLevel.AREA_NUMBER, TieLevel.POSTAL_CODE, TieLevel.OTHER_NUMBER, TieLevel.AREA,
        TieLevel.OTHER_POSTAL_CODE, TieLevel.CITY, TieLevel.DIFFERENT, TieLevel.MISSING,
    ),
}  # fmt: skip

RANKS: Final = {tie: {level: rank for rank, level in enumerate(levels)} for tie, levels in TIE_LEVELS.items()}

SAME_SURNAME: Final = frozenset({TieLevel.EQUAL, TieLevel.SOUND, TieLevel.PART, TieLevel.SLIP})
"""The surname of one family, however it was written."""
