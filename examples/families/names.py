"""Names by origin, each with its variants and call names."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from examples.families.randomness import Weighted, stable_number, zipf

Surname = tuple[str, str]
"""Prefix (may be empty) and core."""

LISTS: dict[str, Any] = json.loads(Path(__file__).with_name("lists.json").read_text("utf-8"))
_KNOWN_PREFIXES = sorted(
    {
        "de", "den", "der", "van", "van de", "van der", "van den", "van 't", "ten", "ter", "te", "'t",
        "in 't", "op de", "op den", "uit den", "het", "in het", "van het",
    },
    key=len,
    reverse=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GivenName:
    """An official given name, other spellings of it, and the names a child is called by."""

    official: str
    variants: tuple[str, ...]
    call_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyName:
    """A surname and other spellings of it."""

    surname: Surname
    variants: tuple[Surname, ...]


def split_prefix(full: str) -> Surname:
    """Prefix and core of a surname as it is spoken."""
    for prefix in _KNOWN_PREFIXES:
        if full.lower().startswith(prefix + " "):
            return full[: len(prefix)], full[len(prefix) + 1 :]
    return "", full


class Names:
    """The names to draw from; the pool ``dev`` holds a fifth of them back."""

    def __init__(self, pool: str) -> None:
        keep = _keeper(pool)
        self.given: dict[str, dict[str, Weighted[GivenName]]] = {
            origin: {sex: _given_names(entries, keep) for sex, entries in by_sex.items()}
            for origin, by_sex in LISTS["given"].items()
        }
        self._surnames = {
            origin: zipf(_family_names(entries, keep), k=6.0, a=0.5)
            for origin, entries in LISTS["surnames"].items()
        }
        self._place_starts = zipf([start for start in LISTS["place_starts"] if keep(start)], a=0.5)
        self._place_ends = zipf([end for end in LISTS["place_ends"] if end], a=0.5)
        self._prefixes = Weighted([(prefix, 1.0) for prefix in LISTS["prefixes"]])

    def surname(self, r: Random, origin: str) -> FamilyName:
        """A surname; Dutch names have a long composed tail."""
        if origin == "NL" and r.random() < 0.42:
            core = self._place_starts.draw(r) + self._place_ends.draw(r)
            return FamilyName((self._prefixes.draw(r) if r.random() < 0.33 else "", core), ())
        return self._surnames[origin].draw(r)


def _keeper(pool: str) -> Callable[[str], bool]:
    def keep(entry: str) -> bool:
        official = entry.split("/", maxsplit=1)[0].split(":", maxsplit=1)[0]
        return pool == "all" or stable_number(f"pool:{official}") % 5 != 0

    return keep


def _given_names(entries: list[str], keep: Callable[[str], bool]) -> Weighted[GivenName]:
    names: dict[str, GivenName] = {}
    for entry in entries:
        body, _, called = entry.partition(":")
        official, *variants = body.split("/")
        if official not in names and keep(entry):
            names[official] = GivenName(
                official,
                tuple(variant for variant in variants if variant != official),
                tuple(dict.fromkeys(name for name in called.split(",") if name)),
            )
    listed = list(names.values())
    head, tail = listed[:15], listed[15:]
    Random("names").shuffle(tail)  # so that names with a call name are not all rare
    return zipf(head + tail, k=8.0, a=0.45 if len(listed) > 60 else 0.6)


def _family_names(entries: list[str], keep: Callable[[str], bool]) -> list[FamilyName]:
    names: dict[str, FamilyName] = {}
    for entry in entries:
        first, *variants = (form.replace("_", " ") for form in entry.split("/"))
        if first not in names and keep(entry):
            names[first] = FamilyName(split_prefix(first), tuple(split_prefix(form) for form in variants))
    return list(names.values())
