"""Call names and the official names they stand for: Bas is Sebastiaan or Bastiaan.

There are two tables. Keys are made of the names in the first alone, so that what is stored stays findable; it
changes with the fold. Names are compared by both, so the second may grow at any time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from chalicelib.matching.text import sound

_HERE: Final = Path(__file__)
_TABLE: Final = _HERE.with_name("call_names.json")
_MORE: Final = _HERE.with_name("more_call_names.json")
_COMMON: Final = _HERE.with_name("given_names.json")
_BORNE: Final = _HERE.with_name("borne_names.json")
_UNLIKE: Final = _HERE.with_name("unlike_names.json")
_ENDINGS: Final = tuple(
    re.compile(ending)
    for ending in (
        r"(?<=.{3})i?us$",
        r"(?<=.{3})[aeio]s$",
        r"(?<=.{3})(?:e?[tpk])?je$",
        r"(?<=.{3})(?:e?ke|ie|y)$",
    )
)
"""Of Latin and Greek forms, and of the small and the familiar: Richardus, Fransje, Leneke."""
_SPELT: Final = {
    "ij": "i",
    "ck": "k",
    "c": "k",
    "ph": "f",
    "th": "t",
    "q": "k",
    "y": "i",
    "ch": "ch",
    "ie": "i",
}
_SPELT_ALIKE: Final = re.compile("ij|ck|ch|ph|th|ie|c|q|y")
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    return _classes_of((_TABLE,), sound)


@lru_cache(maxsize=1)
def _all_classes() -> dict[str, frozenset[str]]:
    return _classes_of((_TABLE, _MORE), spelling)


@lru_cache(maxsize=1)
def _all_classes_by_sound() -> dict[str, frozenset[str]]:
    return _classes_of((_TABLE, _MORE), sound)


def _classes_of(tables: tuple[Path, ...], heard: Callable[[str], str]) -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for table in tables:
        for official, others in _read(table).items():
            for name in (official, *others):
                classes.setdefault(heard(name), set()).add(official)
    return {name: frozenset(found) for name, found in classes.items()}


@cache
def _read(table: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(table.read_text("utf-8"))
    return found


@lru_cache(maxsize=16_384)
def spelling(name: str) -> str:
    """A name with the letters that are one in spelling: ij and y, c and k; not those that only sound so."""
    found = _SPELT_ALIKE.sub(lambda letters: _SPELT[letters.group()], name)
    return _DOUBLED.sub(r"\1", found)


def is_one_spelling(one: str, other: str) -> bool:
    """Whether two folded names that sound alike may be one: not Jihad and Ayat, which children bear both."""
    if not (is_borne(one) and is_borne(other)):
        return True
    return OSA.distance(spelling(one), spelling(other), score_cutoff=1) <= 1


def official_names(name: str) -> frozenset[str]:
    """The official names of the first table that a folded name may stand for by its sound, and itself."""
    return _classes().get(sound(name), frozenset()) | {name}


def is_listed(name: str) -> bool:
    """Whether a folded name sounds like one of the first table."""
    return sound(name) in _classes()


@lru_cache(maxsize=16_384)
def all_official_names(name: str) -> frozenset[str]:
    """The official names of either table that a folded name may stand for; itself included.

    A name that nobody listed is looked up by its sound, then without its ending: Richardus is Richard,
    Fransje Frans. One that is listed is not, for many a short name sounds like another.
    """
    found = _all_classes().get(spelling(name), frozenset())
    if not found and not is_known(name):
        found = _all_classes_by_sound().get(sound(name), frozenset()) or _classes_without_ending(name)
    return found | {name}


def _classes_without_ending(name: str) -> frozenset[str]:
    classes = _all_classes_by_sound()
    bare = {stem for stem in without_endings(name) if sound(stem) in classes or is_known(stem)}
    return frozenset(bare).union(*(classes.get(sound(stem), frozenset()) for stem in bare))


def without_endings(name: str) -> Iterator[str]:
    """A folded name without the ending of its Latin, small or familiar form, in each way there is."""
    for ending in _ENDINGS:
        stem, changed = ending.subn("", name)
        if changed:
            yield stem


def stands_for(one: str, other: str) -> bool:
    """Whether either of two folded names is listed as a form of the other, not only both of a third."""
    mine, theirs = _all_classes().get(spelling(one), ()), _all_classes().get(spelling(other), ())
    return spelling(other) in map(spelling, mine) or spelling(one) in map(spelling, theirs)


def is_common(name: str) -> bool:
    """Whether a folded name is, by its sound, one of those that children are often registered with."""
    return sound(name) in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    common: list[str] = json.loads(_COMMON.read_text("utf-8"))
    return frozenset(sound(name) for name in common)


def is_known(name: str) -> bool:
    """Whether a folded name is a given name of its own, rather than a slip in another."""
    return name in _names()


def is_borne(name: str) -> bool:
    """Whether a folded name is one that children are registered with, not only called."""
    return name in _registered()


def is_registered(name: str) -> bool:
    """Whether a folded name is one that today's children bear, not only called or in former times."""
    return name in _borne()


@lru_cache(maxsize=1)
def _borne() -> frozenset[str]:
    common: list[str] = json.loads(_COMMON.read_text("utf-8"))
    borne: list[str] = json.loads(_BORNE.read_text("utf-8"))
    return frozenset(common).union(borne)


@lru_cache(maxsize=1)
def _registered() -> frozenset[str]:
    return _borne().union(_read(_TABLE), _read(_MORE))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return _registered().union(
        name for table in (_TABLE, _MORE) for others in _read(table).values() for name in others
    )


def are_two_names(one: str, other: str) -> bool:
    """Whether two folded names are listed as two, however alike they look or sound: Sara and Zahra."""
    return other in _unlike().get(one, ())


@lru_cache(maxsize=1)
def _unlike() -> dict[str, frozenset[str]]:
    unlike: dict[str, set[str]] = {}
    for name, others in _read(_UNLIKE).items():
        for other in others:
            unlike.setdefault(name, set()).add(other)
            unlike.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in unlike.items()}
