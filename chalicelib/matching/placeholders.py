"""What is written where nothing is known: *onbekend*, *N.N.*, *baby*, 1900-01-01. It is missing, no value.

A form that wants every field filled gets these. Taken for names they would join strangers, and part a
newborn from its own later name. No word stands here that people bear: there are families Kind, Jongen
and Van Geen, so those are none of a given name only.
"""

from __future__ import annotations

import re
from typing import Final

from chalicelib.matching.initials import read_initials
from chalicelib.matching.records import PartialDate
from chalicelib.matching.text import base_letters, compact

_UNKNOWN: Final = frozenset(
    {
        "achternaam", "achternaamonbekend", "anoniem", "geenachternaam", "geheim", "naamloos",
        "naamonbekend", "nietbekend", "nn", "nnb", "nogonbekend", "nognietbekend", "noname", "ntb", "null",
        "nvt", "onb", "onbekend", "onbekendonbekend", "unknown", "xx", "xxx", "xxxx",
    }
)  # fmt: skip
_NO_GIVEN_NAME: Final = _UNKNOWN | {
    "geen", "geennaam", "geenvoornaam", "leeg", "nb", "noggeennaam", "nogtebepalen", "none", "volgt",
    "voornaam", "voornaamonbekend", "zondernaam",
}  # fmt: skip
_UNNAMED: Final = frozenset(
    {
        "baby", "babyjongen", "babymeisje", "boreling", "dochter", "dochtertje", "foetus", "jongen",
        "jongetje", "kind", "kindje", "meisje", "ongeb", "ongeboren", "pasgeb", "pasgeboren", "pasgeborene",
        "tweeling", "vrucht", "zoon", "zoontje", "zuigeling",
    }
)  # fmt: skip
"""What a child is called that has no name yet, whatever follows: *baby Bakker*, *kind van Karin*."""

_LETTER: Final = "x"
_NO_SURNAME: Final = _UNKNOWN | {_LETTER}
_WORD: Final = re.compile(r"[^\W_]+")
_YEARS_OF_PEOPLE: Final = range(1900, 2101)
_FIRST_DAYS: Final = frozenset({PartialDate(1900, 1, 1), PartialDate(1901, 1, 1)})
"""What a system fills in that asks for a day, and takes no other years."""


def is_no_given_name(written: str) -> bool:
    """Whether given names are none: unknown, or those of a child without a name (and *X*, but not *X.*)."""
    text = base_letters(written)
    if compact(text) in _NO_GIVEN_NAME or text == _LETTER:
        return True
    first = _WORD.search(text)
    return first is not None and first.group() in _UNNAMED


def is_no_surname(written: str) -> bool:
    """Whether a surname is none."""
    return compact(base_letters(written)) in _NO_SURNAME


def initials_beside(placeholder: str, initials: str | None) -> str | None:
    """The initials beside given names that are none; None when they are made of those."""
    made = "".join(word[0] for word in _WORD.findall(base_letters(placeholder)))
    return None if initials is None or read_initials(initials) in ("", made, made[:1]) else initials


def is_no_date(date: PartialDate) -> bool:
    """Whether nobody was born then: 1900-01-01 and 9999-12-31 are what systems fill in."""
    return date.year not in _YEARS_OF_PEOPLE or date in _FIRST_DAYS
