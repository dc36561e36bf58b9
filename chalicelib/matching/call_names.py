"""Call names and the official names they stand for: Bas is Sebastiaan or Bastiaan."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from chalicelib.matching.text import sound

_COMMON: Final = Path(__file__).with_name("given_names.json")
_TABLE: Final = Path(__file__).with_name("call_names.json")


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    table: dict[str, list[str]] = json.loads(_TABLE.read_text("utf-8"))
    classes: dict[str, set[str]] = {}
    for official, others in table.items():
        for name in (official, *others):
            classes.setdefault(sound(name), set()).add(official)
    return {name: frozenset(found) for name, found in classes.items()}


def official_names(name: str) -> frozenset[str]:
    """The official names that a folded given name may stand for, by its sound; itself included."""
    return _classes().get(sound(name), frozenset()) | {name}


def stands_for(one: str, other: str) -> bool:
    """Whether either of two folded names is listed as a form of the other, not only both of a third."""
    mine, theirs = _classes().get(sound(one), ()), _classes().get(sound(other), ())
    return sound(other) in {sound(name) for name in mine} or sound(one) in {sound(name) for name in theirs}


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


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    table: dict[str, list[str]] = json.loads(_TABLE.read_text("utf-8"))
    common: list[str] = json.loads(_COMMON.read_text("utf-8"))
    return frozenset(table) | {name for others in table.values() for name in others} | set(common)
