"""Initials as they are written: S.J., Th.A., Chr. J., IJ.; some are of two letters and are one initial."""

from __future__ import annotations

import re
from typing import Final

from chalicelib.matching.text import base_letters

_LONG: Final = frozenset(
    {"ch", "chr", "dj", "fr", "gh", "ij", "kh", "ph", "sh", "sj", "st", "th", "tj", "zh"}
)
_CHUNK: Final = re.compile(r"([^\s.,\-]+)(\.?)")
_NO_LETTER: Final = re.compile(r"[^a-z]")
_RUN: Final = re.compile(r"[B-DF-HJ-NP-TV-XZ]{2,3}")


def read_initials(written: str) -> str:
    """One letter for each initial, as far as it can be told: ``Th.A.`` and ``IJ.`` are ``ta`` and ``i``."""
    return "".join(_read(*chunk.groups()) for chunk in _CHUNK.finditer(written))


def is_initial(name: str) -> bool:
    """Whether a folded given name is no more than an initial: J of J. Peter, Th of Th. Maria."""
    return len(name) == 1 or name in _LONG


def are_initials(written: str) -> bool:
    """Whether given names are capitals that nobody can say (JW, JPM); Srm is a slip, Th one letter."""
    return _RUN.fullmatch(written.strip()) is not None and written.strip().lower() not in _LONG


def _read(chunk: str, dot: str) -> str:
    letters = _NO_LETTER.sub("", base_letters(chunk))
    one_initial = chunk[0].isupper() and chunk[1:].islower()
    one_initial |= bool(dot) and letters in _LONG and (chunk.islower() or letters == "ij")
    return letters[:1] if one_initial else letters
