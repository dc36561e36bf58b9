"""Bodies as organisations send them: complete and valid, each test changing only what it is about."""

from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from typing import Any

JSON = {"Content-Type": "application/json"}


def make_body(today: date = date(2026, 11, 22), **changes: Any) -> dict[str, Any]:
    """A school's signal about a boy of twelve, for some months from ``today``."""
    return {
        "reference": "LVS-2026-00017",
        "youth": {
            "bsn": "999990342",
            "givenNames": "Sebastiaan Johannes",
            "initials": "S.J.",
            "surnamePrefix": "van der",
            "surname": "Meer",
            "birthDate": "2014-03-09",
            "sex": "M",
            "address": {
                "kind": "RESIDENTIAL",
                "postalCode": "3511 AB",
                "houseNumber": 12,
                "houseLetter": "A",
                "houseNumberAddition": "2",
                "street": "Lange Nieuwstraat",
                "city": "Utrecht",
                "municipalityCode": "0344",
                "secret": False,
            },
            "previousAddress": None,
            "parents": [{"bsn": None, "givenNames": "Anna", "surname": "Bakker", "birthDate": "1985-01-02"}],
        },
        "professional": {
            "id": "staff-17",
            "name": "J. Jansen",
            "function": "Intern begeleider",
            "site": "De Regenboog",
            "email": "j.jansen@school.example",
            "telephone": "+31301234567",
            "language": "nl",
        },
        "plannedEndDate": (today + timedelta(days=240)).isoformat(),
        "informed": {
            "whom": ["LEGAL_REPRESENTATIVE"],
            "on": (today - timedelta(days=2)).isoformat(),
            "how": "CONVERSATION",
        },
    } | changes


def with_value(body: dict[str, Any], pointer: str, value: Any) -> dict[str, Any]:
    """A copy in which the member at a JSON Pointer has another value, or is new."""
    changed = copy.deepcopy(body)
    holder, name = _holder(changed, pointer)
    holder[name] = value
    return changed


def without(body: dict[str, Any], pointer: str) -> dict[str, Any]:
    """A copy without the member at a JSON Pointer."""
    changed = copy.deepcopy(body)
    holder, name = _holder(changed, pointer)
    del holder[name]
    return changed


def as_bytes(body: Any) -> bytes:
    """As it travels."""
    return json.dumps(body, ensure_ascii=False).encode()


def _holder(body: Any, pointer: str) -> tuple[Any, Any]:
    *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    for part in path:
        body = body[part]
    return body, last
