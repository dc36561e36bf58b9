"""The numbers that registers know organisations by: their form, for nothing here can ask a register."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from chalicelib.domain.errors import FieldProblem
from chalicelib.domain.organisation import RegisterNumbers

OIN: Final = "0000[0-9]{16}"
"""Government's own: a register of four digits and more, the number there, and zeros; tests start 00000099."""
KVK: Final = "[0-9]{8}"
"""The trade register's."""
BRIN: Final = "[0-9]{2}[A-Z]{2}(?:[0-9]{2})?"
"""A school's; with its location when six long."""
AGB: Final = "[0-9]{8}"
"""A care provider's."""

_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "oin": (OIN, "An OIN has 20 digits, and begins with 0000."),
    "kvk": (KVK, "A number in the trade register has 8 digits."),
    "brin": (BRIN, "A BRIN is two digits and two capitals, and the two digits of a location if need be."),
    "agb": (AGB, "An AGB code has 8 digits."),
}


def wrong_numbers(oin: str | None, numbers: RegisterNumbers) -> Iterator[FieldProblem]:
    """What none of those registers would have given out."""
    given = {"oin": oin, "kvk": numbers.kvk, "brin": numbers.brin, "agb": numbers.agb}
    for name, number in given.items():
        form, detail = _FORMS[name]
        if number is not None and re.fullmatch(form, number) is None:
            yield FieldProblem(f"/{name}", f"bad-{name}", detail)
