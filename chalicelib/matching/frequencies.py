"""How common a name is: an agreement on a common name says less than one on a rare name.

Frequencies are known by order of magnitude only, so their logarithm has three steps: about one in five
hundred people (VERY_COMMON), about one in some thousands (COMMON), and everything rarer, which says the most.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven, FoldedSurname
from chalicelib.matching.text import sound

_TABLE: Final = Path(__file__).with_name("name_frequencies.json")
_STEPS: Final = (Level.COMMON, Level.VERY_COMMON)
_AGREEING: Final = frozenset(
    {Level.EQUAL_SEVERAL, Level.EQUAL, Level.VARIANT, Level.COMMON_VARIANT, Level.SOUND}
)


def surname_frequency(one: FoldedSurname | None, other: FoldedSurname | None, agreement: Level) -> Level:
    """How common the surname is that two records share; MISSING when it is rare, or not shared."""
    if one is None or other is None or agreement not in _AGREEING:
        return Level.MISSING
    return _rarest(_known("surname"), one.sounds[0], other.sounds[0])


def given_frequency(one: FoldedGiven | None, other: FoldedGiven | None, agreement: Level) -> Level:
    """How common the first given name is that two records share; MISSING when it is rare, or not shared."""
    if one is None or other is None or agreement not in _AGREEING:
        return Level.MISSING
    return _rarest(_known("given"), one.sounds[0], other.sounds[0])


def _rarest(known: dict[str, Level], one: str, other: str) -> Level:
    found = (known.get(one, Level.MISSING), known.get(other, Level.MISSING))
    if Level.MISSING in found:
        return Level.MISSING
    return Level.COMMON if Level.COMMON in found else Level.VERY_COMMON


@lru_cache(maxsize=2)
def _known(kind: str) -> dict[str, Level]:
    table: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))[kind]
    return {sound(name): step for step in _STEPS for name in table[step]}
