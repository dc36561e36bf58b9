"""Finds a citizen service number written where none may be: references and cards reach mails (D18).

References and cards are shown to others or mailed, so they may not hold a BSN, whosever it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from chalicelib.matching import Youth, eleven_test

_LENGTH: Final = 9
_RUN: Final = re.compile(r"[0-9]+")
_GROUPED: Final = re.compile(r"(?<![0-9])(?:[0-9]{4}\.[0-9]{2}|[0-9]{3}\.[0-9]{3})\.[0-9]{3}(?![0-9])")
_DATES: Final = ("%Y%m%d", "%d%m%Y")


def holds_bsn(text: str, known: Iterable[str] = ()) -> bool:
    """Whether ``text`` holds a valid BSN, or one of the ``known`` numbers however it is punctuated.

    Refused are nine digits in a row that pass the eleven-test, anywhere in a longer run too; the
    customary ways to group them with points; and a run of just eight that passes with the zero in
    front left out, unless it reads as a date, for ``20261122`` is what references are made of.
    """
    digits = "".join(_RUN.findall(text))
    if any(number in digits for number in known):
        return True
    runs = [*_RUN.findall(text), *(group.replace(".", "") for group in _GROUPED.findall(text))]
    return any(_run_holds_bsn(run) for run in runs)


def known_numbers(youth: Youth) -> frozenset[str]:
    """Every BSN the request itself names: the youth's and the parents'."""
    numbers = [youth.bsn, *(parent.bsn for parent in youth.parents)]
    return frozenset(number for number in numbers if number)


def _run_holds_bsn(run: str) -> bool:
    if len(run) == _LENGTH - 1:
        return not _is_date(run) and eleven_test(f"0{run}")
    return any(eleven_test(run[start : start + _LENGTH]) for start in range(len(run) - _LENGTH + 1))


def _is_date(run: str) -> bool:
    return any(_reads_as(run, order) for order in _DATES)


def _reads_as(run: str, order: str) -> bool:
    try:
        year = datetime.strptime(run, order).year  # noqa: DTZ007 - a calendar day, not a moment
    except ValueError:
        return False
    return 1900 <= year < 2100  # noqa: PLR2004 - the centuries references are written in
