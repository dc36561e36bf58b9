"""Letters as the matcher reads them: base letters, a sound for Dutch ears, and a consonant skeleton."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ß": "ss", "đ": "d", "Đ": "d",  # noqa: RUF001 - such letters are the point
        "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d",
        "ĳ": "ij", "Ĳ": "ij", "ə": "e", "Ə": "e", "ħ": "h", "Ħ": "h",
        "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-",  # noqa: RUF001 - such letters are the point
    }
)  # fmt: skip

_SOUNDS = {
    "sch": "sg", "tsj": "t", "tch": "t", "dzj": "t", "sz": "s", "cz": "t", "ch": "g", "kh": "g", "gh": "g",
    "ck": "k", "ph": "f", "th": "t", "dt": "t", "sj": "s", "sh": "s", "dj": "i", "tj": "t",
    "uij": "ui", "uy": "ui", "ij": "i", "ei": "i", "ey": "i", "ai": "i", "ay": "i",
    "ou": "u", "au": "u", "oe": "u", "oo": "o", "ie": "i", "qu": "kf",
    "x": "ks", "c": "k", "q": "k", "z": "s", "v": "f", "w": "f", "y": "i", "j": "i", "d": "t",
}  # fmt: skip
_SOUND_PATTERN = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_W_AS_OU = re.compile(r"ou(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65_536)
def base_letters(text: str) -> str:
    """Lower-case base letters without marks: ``Çağlar`` → ``caglar``, ``Ștefănescu`` → ``stefanescu``."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS_WITHOUT_DECOMPOSITION))
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lower().strip()


def compact(text: str) -> str:
    """Only the letters and digits of base letters: ``el khattabi`` → ``elkhattabi``."""
    return "".join(letter for letter in text if letter.isalnum())


@lru_cache(maxsize=65_536)
def sound(name: str) -> str:
    """How a compact name sounds in Dutch: ij = y, c/k, z/s, d/t, v/f/w and doubled letters are one."""
    name = _W_AS_OU.sub("w", name)
    heard = _DOUBLED.sub(r"\1", _SOUND_PATTERN.sub(lambda found: _SOUNDS[found.group()], name))
    return _DOUBLED.sub(r"\1", heard[:1] + heard[1:].replace("h", ""))


@lru_cache(maxsize=65_536)
def skeleton(name: str) -> str:
    """The consonants of the sound, after a mark for a leading vowel: slips in vowels fall away."""
    heard = sound(name)
    if not heard:
        return ""
    first = "a" if heard[0] in _VOWELS else heard[0]
    return _DOUBLED.sub(r"\1", first + "".join(letter for letter in heard[1:] if letter not in _VOWELS))
