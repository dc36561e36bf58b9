"""The signals whose cost is measured: youths of the same generator, as requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from chalicelib.matching import Address, Parent, Youth, eleven_test

_POSTAL_CODE = re.compile("[1-9][0-9]{3} ?[A-Za-z]{2}")
_LONGEST_ADDITION = 4
_DAYS = 200


def measurable(youth: Youth) -> bool:
    """Whether an organisation that may use the BSN can give a signal about them."""
    born = youth.birth_date
    grown_up = date.today().year - 22  # noqa: DTZ011 - far from the age limit of D1
    return (
        youth.bsn is not None
        and eleven_test(youth.bsn)
        and youth.surname is not None
        and born is not None
        and born.day is not None
        and born.year > grown_up
    )


def request(youth: Youth, number: int, organisation: str) -> dict[str, Any]:
    """The body of a signal about a youth; what the interface would not take is left out."""
    name = f"p{number}"
    return {
        "reference": f"{organisation}-{number}",
        "youth": dict(_youth(youth)),
        "professional": {"id": name, "name": "B. Meter", "email": f"{name}@{organisation}.example"},
        "plannedEndDate": (date.today() + timedelta(days=_DAYS)).isoformat(),  # noqa: DTZ011 - as above
    }


def _youth(youth: Youth) -> Iterator[tuple[str, Any]]:
    yield "bsn", youth.bsn
    yield "surname", youth.surname
    if youth.surname_prefix:
        yield "surnamePrefix", youth.surname_prefix
    if youth.given_names:
        yield "givenNames", youth.given_names
    if youth.birth_date is not None:
        born = youth.birth_date
        yield "birthDate", date(born.year, born.month or 1, born.day or 1).isoformat()
    if youth.sex is not None:
        yield "sex", youth.sex.value
    if youth.address is not None and _is_whole(youth.address):
        yield "address", dict(_address(youth.address))
    parents = [dict(_parent(parent)) for parent in youth.parents if parent.surname]
    if parents:
        yield "parents", parents


def _is_whole(address: Address) -> bool:
    return bool(_POSTAL_CODE.fullmatch(address.postal_code or "") and address.house_number)


def _address(address: Address) -> Iterator[tuple[str, Any]]:
    yield "postalCode", address.postal_code
    yield "houseNumber", address.house_number
    addition = address.house_number_addition
    if addition and len(addition) <= _LONGEST_ADDITION:
        yield "houseNumberAddition", addition


def _parent(parent: Parent) -> Iterator[tuple[str, Any]]:
    yield "surname", parent.surname
    if parent.given_names:
        yield "givenNames", parent.given_names
