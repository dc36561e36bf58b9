"""Signals in the generator's schema, read as the core's youths; what cannot be read is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from chalicelib.matching import Address, Parent, PartialDate, Sex, Youth, address_forms

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DUTCH_DATE: Final = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
_NUMBER: Final = re.compile(r"\s*0*([1-9]\d{0,4})\s*[-/ ]?\s*(.*?)\s*")
_SEXES: Final = {"M": Sex.MALE, "V": Sex.FEMALE, "F": Sex.FEMALE}


def read_signals(path: Path) -> Iterator[tuple[str, Youth]]:
    """Signal id and youth of every line, in the order of the file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                record: dict[str, Any] = json.loads(line)
                yield str(record["signal_id"]), youth_of(record)


def youth_of(record: dict[str, Any]) -> Youth:
    """The youth of one record; every field is optional."""
    return Youth(
        bsn=_text(record, "bsn"),
        given_names=_text(record, "given_names"),
        initials=_text(record, "initials"),
        surname_prefix=_text(record, "surname_prefix"),
        surname=_text(record, "surname"),
        birth_date=read_date(record.get("date_of_birth")),
        sex=_SEXES.get((_text(record, "gender") or "")[:1].upper()),
        address=address_of(record),
        parents=tuple(_parent(parent) for parent in record.get("parents") or ()),
    )


def address_of(record: dict[str, Any]) -> Address | None:
    """The address of a record, its number split from what was glued to it; None when nothing is known."""
    number = _NUMBER.fullmatch(_text(record, "house_number") or "")
    behind = number.group(2) if number else ""
    addition = " ".join(part for part in (behind, _text(record, "house_number_addition")) if part)
    address = Address(
        postal_code=_text(record, "postcode"),
        house_number=int(number.group(1)) if number else None,
        house_letter=_text(record, "house_letter"),
        house_number_addition=addition or None,
        street=_text(record, "street"),
        city=_text(record, "city"),
    )
    return None if address == Address() else address


def read_date(written: object) -> PartialDate | None:
    """An ISO date, also year or year and month alone, or a Dutch one; anything else is missing."""
    text = str(written or "").strip()[:10]
    if (found := _DUTCH_DATE.fullmatch(text)) is not None:
        day, month, year = (int(part) for part in found.groups())
        return _checked(year, month, day)
    if (found := _DATE.fullmatch(text)) is not None:
        parts = [int(part) if part else None for part in found.groups()]
        return _checked(parts[0] or 0, parts[1], parts[2])
    return None


def read_excluded(path: Path) -> frozenset[str]:
    """The forms of the excluded-address register: by number, or exact."""
    forms = set()
    for row in json.loads(path.read_text("utf-8")):
        address = address_of(row)
        found = address_forms(address) if address is not None else None
        if found is not None:
            forms.add(found.exact if row.get("match_level") == "exact" else found.number)
    return frozenset(forms)


def _checked(year: int, month: int | None, day: int | None) -> PartialDate | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _parent(record: dict[str, Any]) -> Parent:
    return Parent(
        bsn=_text(record, "bsn"),
        given_names=_text(record, "given_names"),
        initials=_text(record, "initials"),
        surname_prefix=_text(record, "surname_prefix"),
        surname=_text(record, "surname"),
        birth_date=read_date(record.get("date_of_birth")),
    )


def _text(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    return str(value) if value not in (None, "") else None
