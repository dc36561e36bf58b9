"""Signals for measuring: a youth by number, no two alike."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from chalicelib.matching import eleven_test

_SYLLABLES: Final = ("ba", "ko", "li", "mu", "re", "sa", "ti", "vo", "we", "zu")
_FIRST: Final = 999_100_000


def numbers(count: int) -> list[str]:
    """So many valid BSNs of the range that nobody has."""
    valid = (str(number) for number in range(_FIRST, 1_000_000_000) if eleven_test(str(number)))
    return list(islice(valid, count))


def body(bsn: str, number: int, organisation: str, *, professional: str | None = None) -> dict[str, Any]:
    """A signal of an organisation about the youth of this number, by a professional of their own."""
    name = professional or f"p{number}"
    born = date(2010, 1, 1) + timedelta(days=number * 7 % 3650)
    return {
        "reference": f"{organisation}-{name}-{number}",
        "youth": {
            "bsn": bsn,
            "givenNames": _word(number, 3),
            "surname": _word(number * 31 + 7, 5),
            "birthDate": born.isoformat(),
            "sex": "MV"[number % 2],
            "address": {"postalCode": _postal_code(number), "houseNumber": number % 900 + 1},
        },
        "professional": {"id": name, "name": "B. Meter", "email": f"{name}@{organisation}.example"},
        "plannedEndDate": (date.today() + timedelta(days=200)).isoformat(),  # noqa: DTZ011 - far from midnight's edge
    }


def _postal_code(number: int) -> str:
    """Nobody else's: nine thousand codes for each last letter."""
    return f"{1000 + number % 9000} Z{'ZYXWVUTSRQPNML'[number // 9000 % 14]}"


def _word(number: int, syllables: int) -> str:
    digits = f"{number:0{syllables}}"[-syllables:]
    return "".join(_SYLLABLES[int(digit)] for digit in digits).capitalize()
