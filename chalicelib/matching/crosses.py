"""Fields that say more, or less, together: coarse levels whose combinations have weights of their own.

Evidence that comes from the family (surname, address, parents) and a shared birth date do not add up for
twins; a given name that differs weighs more beside an equal birth date. A cross is such a combination.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from operator import itemgetter
from typing import Final

from chalicelib.matching.levels import DISAGREEING, SAME_PARENT, Field, Level


class Coarse(StrEnum):
    """Levels told apart no further than combinations need."""

    SAME = "SAME"
    NEAR = "NEAR"
    LIKE = "LIKE"
    INITIAL = "INITIAL"
    UNSURE = "UNSURE"
    OTHER = "OTHER"
    MISSING = "MISSING"


Cross = tuple[Field, ...]
_B, _G, _S, _D = Field.BSN, Field.GIVEN_NAMES, Field.SURNAME, Field.BIRTH_DATE
_X, _A, _P = Field.SEX, Field.ADDRESS, Field.PARENTS
_I, _Q = Field.LATER_INITIALS, Field.PARENTS_IN_PART

CROSSES: Final[tuple[Cross, ...]] = (
    (_G, _D), (_G, _S), (_G, _A), (_G, _P), (_G, _X), (_D, _S), (_D, _A), (_D, _P), (_S, _A), (_S, _P),
    (_A, _P), (_B, _G), (_B, _D), (_B, _S), (_G, Field.OTHER_GIVEN_NAMES), (_D, Field.OTHER_BIRTH_DATES),
    (_G, _D, _S), (_G, _D, _A), (_G, _D, _P), (_G, _A, _P), (_D, _A, _P), (_G, _D, _X),
    (_G, _D, Field.OTHER_GIVEN_NAMES), (_G, _I), (_D, _I), (_S, _Q), (_D, _Q), (_A, _Q), (_G, _Q),
    (_S, _D, _A), (_G, _S, _A), (_G, _D, _S, _A), (_G, _D, _I), (_G, _D, _Q),
)  # fmt: skip

_SAME: Final[dict[Field, frozenset[Level]]] = {
    Field.BSN: frozenset({Level.EQUAL}),
    Field.GIVEN_NAMES: frozenset({Level.EQUAL_SEVERAL, Level.EQUAL}),
    Field.SURNAME: frozenset({Level.EQUAL, Level.SOUND, Level.PART, Level.SLIP}),
    Field.BIRTH_DATE: frozenset({Level.EQUAL}),  # not EQUAL_REGISTERED: many share that day
    Field.SEX: frozenset({Level.EQUAL}),
    Field.ADDRESS: frozenset({Level.EQUAL, Level.NUMBER, Level.STREET}),
    Field.PARENTS: SAME_PARENT,
    Field.LATER_INITIALS: frozenset({Level.EQUAL}),
    Field.PARENTS_IN_PART: frozenset({Level.DATE}),
}
_OTHER: Final[dict[Field, frozenset[Level]]] = {
    **DISAGREEING,
    Field.ADDRESS: frozenset({Level.CITY, Level.DIFFERENT}),
}
_NAMED: Final = {
    Level.TWO_NAMES: Coarse.LIKE,
    Level.INITIAL: Coarse.INITIAL,
    Level.INITIALS_SEVERAL: Coarse.INITIAL,
    Level.OTHER_PARENT: Coarse.UNSURE,
    Level.DIFFERENT: Coarse.OTHER,
    Level.MISSING: Coarse.MISSING,
}


def combinations(evidence: Mapping[Field, Level]) -> list[tuple[Coarse, ...]]:
    """The coarse levels of each cross of :data:`CROSSES`, in order; an absent field is missing."""
    coarse = _ABSENT | {name: _COARSE[name, level] for name, level in evidence.items()}
    return [take(coarse) for take in _TAKE]


def _coarse(name: Field, level: Level) -> Coarse:
    if level in _SAME.get(name, frozenset()):
        return Coarse.SAME
    if level in _OTHER.get(name, frozenset()):
        return Coarse.OTHER
    return _NAMED.get(level, Coarse.NEAR)


_COARSE: Final = {(name, level): _coarse(name, level) for name in Field for level in Level}
_ABSENT: Final = dict.fromkeys(Field, Coarse.MISSING)
_TAKE: Final = tuple(itemgetter(*cross) for cross in CROSSES)
