"""A signal's content as it would be given now: what a change is merged into."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chalicelib.api.schemas.person import AddressBody, ParentBody, YouthBody, birth_date_body
from chalicelib.api.schemas.signals import ProfessionalBody, SignalContentBody, informed_bodies
from chalicelib.matching import Address, Parent, Youth
from chalicelib.signals.request import KeptContent


def as_given(kept: KeptContent) -> dict[str, Any]:
    """The content as the JSON of a request that would give it; what is missing is left out."""
    card = kept.professional
    told, not_yet = informed_bodies(kept.informed)
    fields: dict[str, Any] = {
        "youth": _youth(kept.youth),
        "professional": None if card is None else ProfessionalBody.model_construct(**asdict(card)),
        "planned_end_date": kept.planned_end_date,
        "informed": told,
        "not_yet_informed": not_yet,
    }
    body = SignalContentBody.model_construct(**fields)
    return body.model_dump(mode="json", by_alias=True, exclude_none=True)


def youth_as_given(youth: Youth) -> dict[str, Any]:
    """A youth as the JSON of a request that would give it; what is missing is left out."""
    return _youth(youth).model_dump(mode="json", by_alias=True, exclude_none=True)


def _youth(youth: Youth) -> YouthBody:
    return YouthBody.model_construct(
        bsn=youth.bsn,
        given_names=youth.given_names,
        initials=youth.initials,
        surname_prefix=youth.surname_prefix,
        surname=youth.surname,
        birth_date=birth_date_body(youth.birth_date),
        sex=youth.sex,
        address=_address(youth.address),
        previous_address=_address(youth.previous_address),
        parents=[_parent(parent) for parent in youth.parents],
    )


def _address(address: Address | None) -> AddressBody | None:
    return AddressBody.model_construct(**asdict(address)) if address is not None else None


def _parent(parent: Parent) -> ParentBody:
    fields = asdict(parent) | {"birth_date": birth_date_body(parent.birth_date)}
    return ParentBody.model_construct(**fields)
