"""``exclude-address``: the register of addresses that make no household match (D13)."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import AddressRefused
from chalicelib.matching import Address
from chalicelib.organisations.exclude_address import Exclusion, Level
from infra.errors import InfraError
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.words import day

Value = TypeVar("Value")

_DAY: Final = "a day, as 2026-01-31"

COLUMNS: Final = (
    "postalCode",
    "houseNumber",
    "houseLetter",
    "houseNumberAddition",
    "level",
    "kind",
    "source",
    "validFrom",
    "validUntil",
)
"""What a file to import begins with; letter, addition and last day may be empty."""


def _address_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--postal-code", required=True)
    parser.add_argument("--house-number", type=int, required=True)
    parser.add_argument("--house-letter")
    parser.add_argument("--house-number-addition")
    parser.add_argument(
        "--level",
        type=Level,
        choices=list(Level),
        default=Level.NUMBER,
        help="all at this number, or just this letter and addition (%(default)s)",
    )


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    _address_arguments(parser)
    parser.add_argument("--kind", required=True, help="what lives there: SHELTER, CARE, PRISON…")
    parser.add_argument("--source", required=True, help="who says so")
    parser.add_argument("--valid-from", type=day, metavar="YYYY-MM-DD", help="first day (today)")
    parser.add_argument("--valid-until", type=day, metavar="YYYY-MM-DD", help="last day (none)")


def _add(desk: Desk, options: argparse.Namespace) -> None:
    exclusion = Exclusion(
        address=_address(options),
        level=options.level,
        kind=options.kind,
        source=options.source,
        valid_from=options.valid_from or amsterdam_day(desk.clock.now()),
        valid_until=options.valid_until,
    )
    signals = desk.exclude_address(exclusion, operator=options.operator)
    print(f"excluded; signals matched anew: {signals}")


def _remove(desk: Desk, options: argparse.Namespace) -> None:
    signals = desk.exclude_address.remove(_address(options), options.level, operator=options.operator)
    print(f"no longer excluded; signals matched anew: {signals}")


def _address(options: argparse.Namespace) -> Address:
    return Address(
        postal_code=options.postal_code,
        house_number=options.house_number,
        house_letter=options.house_letter,
        house_number_addition=options.house_number_addition,
    )


def _list(desk: Desk, _: argparse.Namespace) -> None:
    for entry in desk.storage.exclusions.all():
        address = entry.address
        suffix = f"{address.house_letter or ''}{address.house_number_addition or ''}"
        until = entry.valid_until or "…"
        print(
            f"{address.postal_code} {address.house_number}{suffix}\t{entry.level}\t{entry.kind}"
            f"\t{entry.source}\t{entry.valid_from} - {until}"
        )


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("csv", type=Path, help=f"a file with the columns {', '.join(COLUMNS)}")


def _import(desk: Desk, options: argparse.Namespace) -> None:
    entries = list(read_exclusions(options.csv))
    signals = 0
    for line, exclusion in entries:
        try:
            signals += desk.exclude_address(exclusion, operator=options.operator)
        except AddressRefused as error:
            details = " ".join(problem.detail for problem in error.problems)
            raise InfraError(f"{options.csv}, line {line}: {details} The lines before it are in.") from error
    print(f"excluded: {len(entries)}; signals matched anew: {signals}")


def read_exclusions(path: Path) -> Iterator[tuple[int, Exclusion]]:
    """Each entry of a file with the line it stands on. Raises InfraError that names the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise InfraError(f"{path} does not begin with {','.join(COLUMNS)}")
            for row in reader:
                yield reader.line_num, _exclusion(row, path, reader.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InfraError(f"{path} cannot be read: {error}") from error


def _exclusion(row: Mapping[str, str], path: Path, line: int) -> Exclusion:
    try:
        return Exclusion(
            address=Address(
                postal_code=row["postalCode"],
                house_number=_read(row, "houseNumber", int, "a number"),
                house_letter=row["houseLetter"] or None,
                house_number_addition=row["houseNumberAddition"] or None,
            ),
            level=_read(row, "level", Level, f"one of {', '.join(Level)}"),
            kind=row["kind"],
            source=row["source"],
            valid_from=_read(row, "validFrom", date.fromisoformat, _DAY),
            valid_until=_read(row, "validUntil", date.fromisoformat, _DAY) if row["validUntil"] else None,
        )
    except ValueError as error:
        raise InfraError(f"{path}, line {line} is not as it should be: {error}") from error


def _read(row: Mapping[str, str], column: str, read: Callable[[str], Value], what: str) -> Value:
    """One field of a line; a line that is too short lacks its last ones. Raises ValueError."""
    try:
        return read(row[column])
    except (ValueError, TypeError) as error:
        raise ValueError(f"{column} is not {what}") from error


ADDRESS_ACTIONS: Final = (
    Action("add", "exclude one address", _add_arguments, _add),
    Action("remove", "take one address out of the register", _address_arguments, _remove),
    Action("import", "exclude every address of a CSV file", _import_arguments, _import),
    Action(
        "list",
        "print the register: address, level, kind, source, dates",
        no_arguments,
        _list,
        Logged.looked("excluded-addresses"),
    ),
)
