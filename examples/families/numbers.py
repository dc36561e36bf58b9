"""Citizen service numbers of people who do not exist."""

from __future__ import annotations

DUMMY_NUMBERS = ("123456782", "111222333", "999999990", "000000000")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


def passes_eleven_test(bsn: str) -> bool:
    """The eleven-test of a nine-digit number."""
    if len(bsn) != len(_WEIGHTS) + 1 or not bsn.isdigit():
        return False
    return (_weighted(bsn) - int(bsn[-1])) % 11 == 0


def make_bsn(person: int) -> str:
    """A unique valid number for the n-th person: a bijection over 80000000 to 99999999, in blocks of 8."""
    for attempt in range(8):
        base = str(80_000_000 + ((person * 8 + attempt) * 7_654_327 + 1_234_577) % 20_000_000)
        check = _weighted(base) % 11
        if check < 10:  # noqa: PLR2004 - a remainder of ten has no digit
            return f"{base}{check}"
    raise ValueError(person)


def _weighted(digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
