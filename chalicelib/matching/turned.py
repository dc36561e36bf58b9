"""Names turned round: the given names of each of two records stand in the other's field for the surname."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from chalicelib.matching.call_names import all_official_names, is_common
from chalicelib.matching.levels import Level
from chalicelib.matching.names import FoldedGiven, FoldedName, FoldedSurname, read_as_surname
from chalicelib.matching.text import skeleton, sound

_SHORTEST_SKELETON: Final = 3
_GIVEN_NAMES_APART: Final = frozenset(
    {
        Level.CONTAINED,
        Level.SKELETON,
        Level.SIMILAR,
        Level.TWO_NAMES,
        Level.SAME_INITIAL,
        Level.DIFFERENT,
    }
)
_SURNAMES_APART: Final = frozenset({Level.SIMILAR, Level.OTHER_NAME, Level.DIFFERENT})


def may_be_turned(given: Level, surname: Level) -> bool:
    """Whether names as they stand leave it open that one record has them turned round."""
    return given in _GIVEN_NAMES_APART and surname in _SURNAMES_APART


def how_turned(one: FoldedName, other: FoldedName, *, family_fits: bool) -> Level | None:
    """The level of the given names of two records that bear one name turned round; None if they do not.

    Ali Hassan and Hassan Ali may be two children, and so may those whose names are only alike: two names,
    unless a parent or the home is the same (``family_fits``).
    """
    mine = _fits(one.given, other.surname)
    theirs = _fits(other.given, one.surname) if mine is not None else None
    if mine is None or theirs is None:
        return None
    is_heard = mine is theirs is Level.VARIANT
    if family_fits or (is_heard and not _are_both_given_names(one, other)):
        return Level.VARIANT if is_heard else Level.SKELETON
    return Level.TWO_NAMES


def _fits(given: FoldedGiven | None, surname: FoldedSurname | None) -> Level | None:
    """VARIANT if the given names, the first or a form of it sound like the surname or its first word."""
    if given is None or not given.names or surname is None:
        return None
    sounds, codes = _readings(given.names)
    if not sounds.isdisjoint(surname.sounds) or sound(surname.first) in sounds:
        return Level.VARIANT
    if given.names[0] in all_official_names(surname.first):
        return Level.VARIANT
    alike = not codes.isdisjoint(surname.codes) or skeleton(surname.first) in codes
    return Level.SKELETON if alike else None


@lru_cache(maxsize=16_384)
def _readings(given_names: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The sounds that given names may have as a surname, and their skeletons if those say anything."""
    turned = read_as_surname(given_names)
    whole = "".join(given_names) if turned is None else turned.whole
    sounds = {sound(whole), *map(sound, all_official_names(given_names[0]))}
    codes = {skeleton(whole), skeleton(given_names[0])}
    return frozenset(sounds), frozenset(code for code in codes if len(code) >= _SHORTEST_SKELETON)


def _are_both_given_names(one: FoldedName, other: FoldedName) -> bool:
    """Whether either order may be right: children are often registered with both names."""
    return all(name.given is not None and is_common(name.given.names[0]) for name in (one, other))
