"""The person record as the bytes that are sealed: the youth, and whom was told (D3, D30)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any

from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, NotYetGround
from chalicelib.matching.records import Address, AddressKind, Parent, PartialDate, Sex, Youth


def person_bytes(youth: Youth | None, informed: Informed | None) -> bytes:
    """Both as compact JSON."""
    record = {
        "youth": plain_youth(youth) if youth is not None else None,
        "informed": _plain_informed(informed) if informed is not None else None,
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def person_of(record: bytes) -> tuple[Youth | None, Informed | None]:
    """What :func:`person_bytes` wrote."""
    fields = json.loads(record)
    youth, informed = fields["youth"], fields["informed"]
    return (
        youth_of(youth) if youth is not None else None,
        _informed(informed) if informed is not None else None,
    )


def address_bytes(address: Address) -> bytes:
    """An address as compact JSON."""
    return json.dumps(_plain(asdict(address)), ensure_ascii=False, separators=(",", ":")).encode()


def address_of(record: bytes) -> Address:
    """What :func:`address_bytes` wrote."""
    return _address(json.loads(record))


def _plain(value: Any) -> Any:
    """Without what is missing, and with codes as text."""
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items() if held is not None}
    if isinstance(value, list | tuple):
        return [_plain(held) for held in value]
    return value.value if isinstance(value, StrEnum) else value


def _plain_informed(informed: Informed) -> dict[str, Any]:
    return {
        "whom": sorted(one.value for one in informed.whom),
        "on": informed.on.isoformat() if informed.on is not None else None,
        "how": informed.how,
        "notYet": informed.not_yet,
    }


def _informed(fields: dict[str, Any]) -> Informed:
    on, how, ground = fields["on"], fields["how"], fields["notYet"]
    return Informed(
        whom=frozenset(InformedPerson(one) for one in fields["whom"]),
        on=date.fromisoformat(on) if on is not None else None,
        how=InformedHow(how) if how is not None else None,
        not_yet=NotYetGround(ground) if ground is not None else None,
    )


def plain_youth(youth: Youth) -> dict[str, Any]:
    """A youth as JSON knows it, without what is missing."""
    plain: dict[str, Any] = _plain(asdict(youth))
    return plain


def youth_of(fields: dict[str, Any]) -> Youth:
    """What :func:`plain_youth` wrote."""
    address, previous = fields.get("address"), fields.get("previous_address")
    return Youth(
        **_names(fields),
        birth_date=_partial_date(fields),
        sex=Sex(fields["sex"]) if "sex" in fields else None,
        address=_address(address) if address is not None else None,
        previous_address=_address(previous) if previous is not None else None,
        parents=tuple(
            Parent(**_names(parent), birth_date=_partial_date(parent)) for parent in fields["parents"]
        ),
    )


def _names(fields: dict[str, Any]) -> dict[str, str | None]:
    return {
        name: fields.get(name) for name in ("bsn", "given_names", "initials", "surname_prefix", "surname")
    }


def _partial_date(fields: dict[str, Any]) -> PartialDate | None:
    born = fields.get("birth_date")
    return PartialDate(born["year"], born.get("month"), born.get("day")) if born is not None else None


def _address(fields: dict[str, Any]) -> Address:
    return Address(**{**fields, "kind": AddressKind(fields["kind"])})
