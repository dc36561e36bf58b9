"""Finds a citizen service number written where none may be: references and cards reach mails (D18).

References and cards are shown to others or mailed, so they may not hold a BSN, whosever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from chalicelib.matching import Youth, eleven_test

_NUMBER: Final = re.compile(r"(?<![0-9])[0-9]{8,9}(?![0-9])")
_GROUPED: Final = re.compile(r"(?<![0-9])(?:[0-9]{4}\.[0-9]{2}|[0-9]{3}\.[0-9]{3})\.[0-9]{3}(?![0-9])")
_MADE_BY_A_MACHINE: Final = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{12,})(?![0-9a-z])",
    re.IGNORECASE,
)
"""A UUID, or twelve hexadecimal symbols and more with a letter among them."""
_DATES: Final = ("%Y%m%d", "%d%m%Y")


def holds_bsn(text: str, known: Iterable[str] = ()) -> bool:
    """Whether ``text`` holds a valid BSN, or one of the ``known`` numbers however it is punctuated.

    Refused are nine digits that pass the eleven-test and stand by themselves, between whatever letters
    or signs; the customary ways to group them with points; and eight that pass with the zero in front
    left out, unless they read as a date, for ``20261122`` is what references are made of. Longer
    numbers and ids made by machines are left alone: some of every hundred pass by chance, and a
    system could not give the signals that are called so (D10).
    """
    digits = "".join(filter(str.isdecimal, text))
    if any(number in digits for number in known):
        return True
    written = _MADE_BY_A_MACHINE.sub(" ", text)
    found = [*_NUMBER.findall(written), *(group.replace(".", "") for group in _GROUPED.findall(written))]
    return any(eleven_test(number.zfill(9)) and not _is_date(number) for number in found)


def known_numbers(youth: Youth) -> frozenset[str]:
    """Every BSN the request itself names: the youth's and the parents'."""
    numbers = [youth.bsn, *(parent.bsn for parent in youth.parents)]
    return frozenset(number for number in numbers if number)


def _is_date(run: str) -> bool:
    return any(_reads_as(run, order) for order in _DATES)


def _reads_as(run: str, order: str) -> bool:
    try:
        year = datetime.strptime(run, order).year  # noqa: DTZ007 - a calendar day, not a moment
    except ValueError:
        return False
    return 1900 <= year < 2100  # noqa: PLR2004 - the centuries references are written in
