"""How two unequal first names could still be one child's: by what is known of names, by sound, by a slip."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from chalicelib.matching.call_names import (
    all_official_names,
    are_two_names,
    is_borne,
    is_common,
    is_known,
    is_one_spelling,
    is_registered,
    spelling,
    stands_for,
    without_endings,
)
from chalicelib.matching.initials import is_initial
from chalicelib.matching.levels import Level
from chalicelib.matching.likeness import are_alike, contains, is_one_slip
from chalicelib.matching.names import FoldedGiven
from chalicelib.matching.readings import near_readings, readings
from chalicelib.matching.text import skeleton, sound

_SHORTEST_SKELETON: Final = 3
_SHORTEST_STEM: Final = 3
_BY_EAR: Final = 0.75
_SERVANT: Final = re.compile(r"^c?abd(?:oe|ou|[aeiou])?(?:l|([rsnztd])(?=\1))?(?P<whose>.{3,})?$")
"""A servant of God, by whichever of His names: Abdelkarim, Abdul Karim, Abderrahman, Cabdiraxmaan."""

_FRENCH: Final = re.compile(r"(?<=..[^i])ane$")
"""As clerks in Morocco write it: Rayane is Rayan; but Juliane is not Julian."""


def how_related(one: FoldedGiven, other: FoldedGiven) -> Level | None:
    """The level at which two unequal first names may be one; None if they may not."""
    if are_two_names(one.names[0], other.names[0]):
        return Level.TWO_NAMES
    return _compare_forms(one, other) or _compare_letters(*sorted((one.names[0], other.names[0])))


def _compare_forms(one: FoldedGiven, other: FoldedGiven) -> Level | None:
    """Whether they are forms or parts of one name, by what is known of names."""
    if _are_the_same_names(one.names, other.names) or _serve_the_same(one.names, other.names):
        return Level.VARIANT
    if not one.classes.isdisjoint(other.classes):
        return _compare_variants(one, other)
    if set(one.names) <= set(other.names) or set(other.names) <= set(one.names):
        return Level.LATER_NAME
    if _is_called_by_a_later_name(one, other) or _is_called_by_a_later_name(other, one):
        return Level.LATER_NAME
    return None


def _is_called_by_a_later_name(one: FoldedGiven, other: FoldedGiven) -> bool:
    """Whether the one name of the one stands for a later of the other: Hans, Cornelis Johannes."""
    return len(one.names) == 1 and any(
        not one.classes.isdisjoint(all_official_names(later)) for later in other.names[1:]
    )


def are_unlike(one: str, other: str) -> bool:
    """Whether two later names are certainly two: no initial of it, no form, no spelling."""
    if is_initial(one) or is_initial(other):
        return one[0] != other[0]
    if not all_official_names(one).isdisjoint(all_official_names(other)):
        return False
    return _compare_letters(*sorted((one, other))) is None


@lru_cache(maxsize=65_536)
def _compare_letters(first: str, second: str) -> Level | None:
    """Whether two names sound or look like one.

    What only looks alike is two names when people bear both, for so may brothers and sisters.
    """
    if sound(first) == sound(second) or _FRENCH.sub("an", first) == _FRENCH.sub("an", second):
        one_name = is_one_spelling(first, second) or _read_alike(first, second)
        return Level.SOUND if one_name else Level.TWO_NAMES
    likeness = _likeness(first, second)
    if likeness is Level.CONTAINED and not is_borne(min(first, second, key=len)):
        return likeness
    if is_known(first) and is_known(second):
        return likeness and (Level.SOUND if _are_spelt_by_ear(first, second) else Level.TWO_NAMES)
    return likeness or (Level.CONTAINED if _share_a_stem(first, second) else None)


def _compare_variants(one: FoldedGiven, other: FoldedGiven) -> Level:
    """Two forms of one official name; when people are named either, brothers may bear both: Luca, Lucas."""
    first, second = one.names[0], other.names[0]
    if one.sounds[0] == other.sounds[0] or _are_spelt_by_ear(first, second):
        return Level.VARIANT
    if not (stands_for(first, second) or contains(first, second)):
        return Level.TWO_NAMES if is_registered(first) and is_registered(second) else Level.VARIANT
    alike = is_one_slip(first, second) or are_alike(first, second)
    return Level.COMMON_VARIANT if is_common(first) and is_common(second) and not alike else Level.VARIANT


def _are_the_same_names(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether names are the same written apart or together, or in another order."""
    return "".join(one) == "".join(other) or sorted(one) == sorted(other)


def _serve_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether either is called a servant of God, and the other so too or by that name of God alone."""
    mine, theirs = _whose_servant(one), _whose_servant(other)
    if mine is theirs is None:
        return False
    if mine is None:
        return bool(theirs) and _are_one(theirs or "", one[0])
    if theirs is None:
        return bool(mine) and _are_one(mine, other[0])
    return not mine or not theirs or _are_one(mine, theirs)


def _are_one(one: str, other: str) -> bool:
    return _read_alike(one, other) or not all_official_names(one).isdisjoint(all_official_names(other))


def _read_alike(one: str, other: str) -> bool:
    return not readings(one).isdisjoint(readings(other))


@lru_cache(maxsize=16_384)
def _whose_servant(names: tuple[str, ...]) -> str | None:
    """Karim of Abdel Karim, nothing of Abdel alone, None of another name."""
    found = _SERVANT.match("".join(names))
    return None if found is None else found["whose"] or ""


def _are_spelt_by_ear(one: str, other: str) -> bool:
    """Whether one name was written in the French way and in the Dutch: Rachid, Rasheed."""
    return not near_readings(one).isdisjoint(near_readings(other)) and are_alike(one, other, _BY_EAR)


def _likeness(first: str, second: str) -> Level | None:
    if is_one_slip(first, second):
        return Level.SLIP
    if contains(first, second):
        return Level.CONTAINED
    if _read_alike(first, second):
        return Level.SOUND
    if skeleton(first) == skeleton(second) and len(skeleton(first)) >= _SHORTEST_SKELETON:
        return Level.SKELETON
    return Level.SIMILAR if are_alike(first, second) else None


def _share_a_stem(one: str, other: str) -> bool:
    """Whether one, without its ending, closes the other, as call names do: Lien, Carolina; Bert, Egbertus."""
    return any(
        len(short) >= _SHORTEST_STEM and len(short) < len(long) and long.endswith(short)
        for short, long in (
            *((mine, theirs) for mine in _stems(one) for theirs in _stems(other)),
            *((theirs, mine) for mine in _stems(one) for theirs in _stems(other)),
        )
    )


@lru_cache(maxsize=16_384)
def _stems(name: str) -> frozenset[str]:
    return frozenset(spelling(stem) for stem in (name, name.removesuffix("a"), *without_endings(name)))
