"""Telephone numbers as people read them aloud."""

from __future__ import annotations

import re

_DUTCH = re.compile(r"\+31(\d{9})")
_SHORT_AREA = re.compile(r"1[0345]|2[0346]|3[03568]|4[0356]|5[0358]|7\d|8[24578]|9[17]")


def readable(number: str) -> str:
    """A Dutch number in groups, ``+31 30 765 43 21``; any other as it was given."""
    found = _DUTCH.fullmatch(number)
    if found is None:
        return number
    digits = found[1]
    if digits.startswith("6"):
        return f"+31 6 {_pairs(digits[1:])}"
    if _SHORT_AREA.match(digits):
        return f"+31 {digits[:2]} {digits[2:5]} {_pairs(digits[5:])}"
    return f"+31 {digits[:3]} {_pairs(digits[3:])}"


def _pairs(digits: str) -> str:
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))
