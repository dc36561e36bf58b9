"""One name as clerks of several languages write it: Shevchenko, Sjevtsjenko, Chevtchenko; Cengiz, Djengiz.

A reading is what a clerk heard, told from the letters by the rules of one language. Two spellings may be of
one name when a reading of the one is a reading of the other. No key is made of readings, so their rules may
change at any time.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_HISSES: Final = (
    "shch", "stsch", "schtsch", "sjtsj", "szcz", "chtch", "tsch", "tsj", "tch", "tsh", "sch", "cz", "sh",
    "sj", "sz", "ts", "tz",
)  # fmt: skip
_COMMON: Final = {
    **dict.fromkeys(_HISSES, "s"),
    **dict.fromkeys(("dzh", "dzj", "dj", "dsch", "zh", "zj"), "J"),
    **dict.fromkeys(("aai", "ai", "ay", "aj", "ei", "ey", "ej", "eij", "ij", "ie", "iy", "yi", "ee"), "i"),
    "ii": "i", "y": "i",
    **dict.fromkeys(("oe", "ou", "ue", "uu", "eu", "uij", "ui", "uy"), "u"),
    **dict.fromkeys(("aou", "aw", "au"), "au"),
    "kh": "g", "gh": "g", "ph": "f", "th": "t", "dt": "t", "ck": "k", "cq": "k", "qu": "k", "q": "k",
    "ae": "a", "oo": "o", "ce": "se", "ci": "si", "cy": "si", "x": "ks", "z": "s", "v": "f", "w": "f",
    "d": "t",
}  # fmt: skip
_LANGUAGES: Final = (
    {"ch": "g", "c": "k", "j": "i"},
    {"ch": "s", "c": "k", "j": "J"},
    {"ch": "s", "tj": "J", "c": "J", "ce": "Je", "ci": "Ji", "cy": "Ji", "j": "J"},
    {"ch": "s", "c": "", "ce": "e", "ci": "i", "x": "h", "j": "J"},
    {"ch": "s", "c": "s", "h": "g", "j": "i", "aw": "af"},
    {"ch": "k", "c": "k", "j": "i", "z": "J"},
)
"""Dutch and German, English and French, Turkish, Somali, Slavic, Italian: what each reads in its own way."""

_W: Final = re.compile(r"(?<![a-z])ou(?=[aeiy])|(?<=[aei])ou(?=[aeiy])")
_DOUBLED: Final = re.compile(r"(.)\1+")
_MERGED: Final = str.maketrans("eo", "iu")
_SILENT: Final = re.compile(r"(?<=..[lnrst])e$")
_DUTCH: Final = 0
_FRENCH: Final = 1
_LONG: Final = 5
_SHORTEST: Final = 3

_ENDINGS: Final = (
    (re.compile(r"(?<=..s)k(?:a|i|ii|aia|ia|iia)?$"), "ki"),
    (re.compile(r"(?<=..)(?:[eiou]+f)a?$"), "of"),
    (re.compile(r"(?<=....)[ou]fa$"), ""),
    (re.compile(r"(?<=....)(?:as|is|us|ini|iti|iuti|uti|aiti)$"), "as"),
    (re.compile(r"(?<=....)sun$"), "s"),
)
"""Endings that go by sex or by the century: -ski and -ska, -ov and -ova, -as and -aite, -szoon and -sz."""


@lru_cache(maxsize=65_536)
def readings(name: str) -> frozenset[str]:
    """What a compact name may sound like, in a long one e as i and o as u; none when it is too short."""
    heard = {_read(name, language) for language in range(len(_LANGUAGES))}
    heard.add(_read(_SILENT.sub("", name), _FRENCH))
    long_merged = {one.translate(_MERGED) if len(one) >= _LONG else one for one in heard}
    return frozenset(one for one in long_merged if len(one) >= _SHORTEST)


@lru_cache(maxsize=65_536)
def near_readings(name: str) -> frozenset[str]:
    """The same by Dutch and French alone, with each vowel as it is."""
    return frozenset((_read(name, _DUTCH), _read(name, _FRENCH)))


@lru_cache(maxsize=65_536)
def readings_of_surname(name: str) -> frozenset[str]:
    """The same for a surname, whose ending may go by sex."""
    heard = readings(name)
    endless = {ending.sub(whole, one) for one in heard for ending, whole in _ENDINGS}
    return heard | endless


def _read(name: str, language: int) -> str:
    found = _W.sub("w", name)
    found = _PATTERNS[language].sub(lambda letters: _TABLES[language][letters.group()], found)
    found = found[:1] + found[1:].replace("h", "")
    return _DOUBLED.sub(r"\1", _DOUBLED.sub(r"\1", found))


_TABLES: Final = tuple({**_COMMON, **own} for own in _LANGUAGES)
_PATTERNS: Final = tuple(
    re.compile("|".join(sorted(table, key=lambda letters: (-len(letters), letters)))) for table in _TABLES
)
