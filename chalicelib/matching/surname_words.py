"""The words that make a surname: no prefix however it was written, and several surnames apart.

Names are compared by them where the plain fold says that they differ; no key is made of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from chalicelib.matching.call_names import is_known
from chalicelib.matching.readings import readings_of_surname
from chalicelib.matching.text import compact

_PREFIXES: Final = frozenset(
    {
        "a", "aan", "achter", "af", "al", "an", "ar", "as", "at", "auf", "aus", "aux", "bei",
        "beim", "bij", "boven", "d", "da", "dal", "dalla", "das", "de", "degli", "dei", "del",
        "della", "den", "der", "des", "di", "do", "dos", "du", "e", "ech", "een", "el", "en",
        "er", "es", "et", "ez", "het", "i", "in", "int", "l", "la", "las", "le", "les", "lo",
        "los", "m", "n", "o", "onder", "op", "opt", "over", "s", "t", "te", "ten", "ter", "tho",
        "thoe", "to", "tot", "u", "uit", "v", "vam", "van", "vande", "vanden", "vander", "vant",
        "vd", "vdn", "vdr", "ver", "vh", "vn", "vom", "von", "voor", "vor", "vt", "zu", "zum",
        "zur",
    }
)  # fmt: skip
_BETWEEN: Final = re.compile(
    r"[-/()\[\],;+&]|\b(?:geb|geboren|gehuwd|ev|e\.v|echtg|echtgenote|wed|alias|y)\b\.?"
)
"""What stands between two surnames: of a couple, of two parents, of a widow."""

_GLUED: Final = (
    "aande", "aanden", "ait", "al", "an", "ar", "as", "ash", "at", "az", "bijde", "d", "da",
    "das", "de", "del", "dela", "della", "delos", "den", "der", "di", "do", "dos", "du", "el",
    "er", "es", "et", "ez", "in", "inde", "int", "l", "la", "le", "lo", "mac", "mc", "o",
    "onderde", "op", "opde", "opden", "opt", "ould", "overde", "te", "ten", "ter", "uit",
    "uitde", "uitden", "van", "vande", "vanden", "vander", "vant", "vd", "vdn", "vdr", "von",
    "voorde",
)  # fmt: skip
_SHORTEST_UNGLUED: Final = 4
_DROPPED: Final = frozenset(
    {"ait", "haj", "hadj", "haji", "hadji", "ould", "oulad", "ouled", "mc", "mac", "sayed", "sidi"}
)
_BOUND: Final = frozenset(
    {
        "abd", "abdel", "abdul", "aboe", "abou", "abu", "ben", "bin", "bou", "gebre", "habte",
        "haile", "ibn", "kidane", "nour", "nur", "tekle", "tesfa", "welde", "wolde",
    }
)  # fmt: skip
"""Words that are half of a name: Ben Ali is Benali, Gebre Mariam Gebremariam."""

_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class SurnameWords:
    """A surname without the prefixes that stand apart.

    ``plain``: as one word. ``heard``: readings of that, with and without words that are often left out;
    ``unglued``: of the same without a prefix that may be glued to it (Dossantos); ``words``: of each long
    word but for given names, for those of fathers stand for a surname in half of the world.
    """

    plain: str
    heard: frozenset[str]
    unglued: frozenset[str]
    words: frozenset[str]


def surname_words(text: str) -> SurnameWords:
    """The words of a surname in base letters, its prefixes inside it or behind a comma."""
    parts = [word for part in _BETWEEN.split(text) for word in _words(part)]
    bare = [word for word in parts if word not in _PREFIXES] or parts
    plain = "".join(bare) or compact(text)
    kept = [word for word in bare if word not in _DROPPED]
    long_words = [word for word in kept if len(word) >= _SHORTEST and not is_known(word)]
    return SurnameWords(
        plain=plain,
        heard=_heard([plain, "".join(kept)] if len(kept) < len(bare) else [plain]),
        unglued=_heard(_without_glued_prefix(plain)),
        words=_heard(long_words),
    )


def _without_glued_prefix(name: str) -> list[str]:
    return [
        name.removeprefix(prefix)
        for prefix in _GLUED
        if name.startswith(prefix) and len(name) >= len(prefix) + _SHORTEST_UNGLUED
    ]


def _heard(names: list[str]) -> frozenset[str]:
    return frozenset().union(*(readings_of_surname(name) for name in names))


def _words(part: str) -> list[str]:
    split = [compact(word) for word in re.split(r"[\s.'_]+", part)]
    kept = [word for word in split if word and word not in _PREFIXES] or [word for word in split if word]
    bound: list[str] = []
    for word in kept:
        if bound and bound[-1] in _BOUND:
            bound[-1] += word
        else:
            bound.append(word)
    return bound
