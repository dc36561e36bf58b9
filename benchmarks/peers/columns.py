"""Signals as the plain table that the general tools take: one value a column, cleaned as they advise."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from benchmarks.schema import address_of, read_date
from chalicelib.matching import Address, PartialDate
from chalicelib.matching.text import base_letters, compact

Record = dict[str, Any]
Table = dict[str, list[str | None]]

COLUMNS: Final = (
    "unique_id", "bsn", "given_name", "surname", "birth_date", "birth_year", "sex", "postcode",
    "house_number", "address",
)  # fmt: skip
"""``given_name``: the first only; ``address``: postal code and number; all None when missing."""


def read_records(path: Path) -> list[Record]:
    """Every record of a file of signals, as written."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def table_of(records: Iterable[Record]) -> Table:
    """The columns of :data:`COLUMNS`, a value for each record."""
    table: Table = {name: [] for name in COLUMNS}
    for record in records:
        for name, value in row_of(record).items():
            table[name].append(value or None)
    return table


def row_of(record: Record) -> dict[str, str]:
    """One record: base letters in lower case, digits of numbers, a whole date as ISO, else empty."""
    given = base_letters(str(record.get("given_names") or "")).split()
    date = read_date(record.get("date_of_birth"))
    address = address_of(record) or Address()
    postcode = compact(base_letters(address.postal_code or "")).upper()
    number = str(address.house_number or "")
    return {
        "unique_id": str(record["signal_id"]),
        "bsn": "".join(sign for sign in str(record.get("bsn") or "") if sign.isdigit()),
        "given_name": given[0] if given else "",
        "surname": compact(base_letters(str(record.get("surname") or ""))),
        "birth_date": _whole(date),
        "birth_year": str(date.year) if date is not None else "",
        "sex": str(record.get("gender") or ""),
        "postcode": postcode,
        "house_number": number,
        "address": f"{postcode} {number}" if postcode and number else "",
    }


def _whole(date: PartialDate | None) -> str:
    if date is None or date.month is None or date.day is None:
        return ""
    return f"{date.year:04}-{date.month:02}-{date.day:02}"
