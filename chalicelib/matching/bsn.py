"""The citizen service number (BSN): eleven-test, dummies, and one slip of the pen."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA

_LENGTH: Final = 9
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_DUMMIES: Final = frozenset({"123456782", "111222333", "000000000"})
"""Beside these, numbers of one digit and its check digit: 111111110, 999999990."""


def eleven_test(bsn: str) -> bool:
    """Whether ``bsn`` is nine digits whose weighted sum divides by eleven, and not only zeros."""
    if len(bsn) != _LENGTH or not (bsn.isascii() and bsn.isdigit()) or bsn == "0" * _LENGTH:
        return False
    return sum(int(digit) * weight for digit, weight in zip(bsn, _WEIGHTS, strict=True)) % 11 == 0


def digits_of(written: str | None) -> str | None:
    """The nine digits of a number as written, or None; an eight-digit number lost its leading zero."""
    digits = "".join(sign for sign in written or "" if sign in "0123456789")
    if len(digits) == _LENGTH - 1:
        digits = "0" + digits
    is_dummy = digits in _DUMMIES or len(set(digits[:-1])) == 1
    return digits if len(digits) == _LENGTH and not is_dummy else None


def is_miswritten(one: str, other: str) -> bool:
    """Whether a number that fails the eleven-test is the other with one digit wrong or two swapped."""
    return OSA.distance(one, other, score_cutoff=1) <= 1


def is_slip(one: str, other: str) -> bool:
    """Whether two valid numbers could be one number and a slip of the pen.

    The eleven-test catches every single wrong digit and every swap, so a slip that passes it changed
    two digits at least.
    """
    return one != other and OSA.distance(one, other, score_cutoff=2) <= 2  # noqa: PLR2004 - see above
