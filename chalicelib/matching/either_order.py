"""A given name and a surname as one value, whichever of the two stands in which field."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

from chalicelib.matching.call_names import is_listed, official_names
from chalicelib.matching.names import FoldedName, FoldedSurname, begins_as_surname, read_as_surname
from chalicelib.matching.text import skeleton

_SHORTEST_CODE: Final = 2


def names_in_either_order(name: FoldedName) -> frozenset[str]:
    """A given name beside a surname, sorted: who wrote each into the field of the other makes the same.

    What stands in the wrong field is cut as that field is: of a surname the first word is one too, for
    only the first of several given names is; a surname among the given names begins with its prefix; and
    beside what is no call name a surname that sounds like one stands for its official names.
    """
    if name.given is None or name.surname is None or not name.given.names:
        return frozenset()
    return _sorted_pairs(name.given.names, _words(name.surname))


@lru_cache(maxsize=16_384)
def _sorted_pairs(given_names: tuple[str, ...], surname: tuple[str, ...]) -> frozenset[str]:
    given, borne = {*official_names(given_names[0])}, {*surname}
    if begins_as_surname(given_names) and (turned := read_as_surname(given_names)) is not None:
        given.update(_words(turned))
    if not is_listed(given_names[0]):
        borne.update(*map(official_names, surname))
    return frozenset("|".join(sorted(pair)) for pair in product(_codes(borne), _codes(given)))


def _words(surname: FoldedSurname) -> tuple[str, ...]:
    return (surname.whole, *surname.parts, surname.first)


def without_last_s(code: str) -> str:
    """Timmerman is written Timmermans too."""
    return code[:-1] if code.endswith("s") and len(code) > _SHORTEST_CODE else code


def _codes(words: Iterable[str]) -> set[str]:
    """As of either field: a last s falls away, but for that of a given name, for Thomas is not Tom."""
    return {skeleton(word) if is_listed(word) else without_last_s(skeleton(word)) for word in words}
