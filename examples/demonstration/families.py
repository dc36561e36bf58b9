"""Generated families for the demonstration: many signals, as their organisations' systems would give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.domain.organisation import Domain, OrganisationKind
from examples.demonstration.calls import Organisation
from examples.demonstration.cast import OrganisationRow
from examples.families.generator import Generator
from examples.families.settings import ORGANISATIONS

_SEED: Final = 2026
_SLUG: Final = re.compile(r"[^a-z0-9]+")
_WITHOUT: Final = "-no-bsn"
_POSTAL_CODE: Final = re.compile(r"[1-9]\d{3} ?[A-Za-z]{2}")
_CREATED: Final = 201
_DOMAINS: Final = {
    "Basisschool": Domain.EDUCATION,
    "Voortgezet onderwijs": Domain.EDUCATION,
    "MBO-instelling": Domain.EDUCATION,
    "Leerplicht": Domain.EDUCATION,
    "GGD jeugdgezondheidszorg": Domain.YOUTH_HEALTH_CARE,
    "Huisarts": Domain.HEALTH_CARE,
    "Politie": Domain.POLICE_AND_JUSTICE,
    "Maatschappelijk werk": Domain.SOCIAL_SUPPORT,
    "Maatschappelijke opvang": Domain.SOCIAL_SUPPORT,
}
_PERSON: Final = {
    "bsn": "bsn",
    "given_names": "givenNames",
    "initials": "initials",
    "surname_prefix": "surnamePrefix",
    "surname": "surname",
    "date_of_birth": "birthDate",
}
_ADDRESS: Final = {
    "house_letter": "houseLetter",
    "house_number_addition": "houseNumberAddition",
    "street": "street",
    "city": "city",
}


@dataclass(frozen=True, slots=True)
class FamilySignal:
    """A body and whose it is; an organisation that knows the BSN is another than one that does not (D4)."""

    organisation: str
    body: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """How many signals were taken, and why the others were not, counted by the rule they broke."""

    taken: int
    refused: Counter[str]


def family_cast() -> tuple[OrganisationRow, ...]:
    """The organisations of the generated families, each with and without the right to use the BSN."""
    return tuple(
        OrganisationRow.model_validate(
            {
                "id": _slug(organisation.name) + suffix,
                "name": organisation.name,
                "kind": OrganisationKind.REPORTING,
                "domains": (_DOMAINS.get(organisation.name, Domain.YOUTH_HELP),),
                "mayUseBsn": not suffix,
                "emailDomains": (f"{_slug(organisation.name)}.example",),
                "oin": f"0000009900000{number:03}{len(suffix)}000",
            }
        )
        for number, organisation in enumerate(ORGANISATIONS, start=500)
        for suffix in ("", _WITHOUT)
    )


def family_signals(households: int, today: date) -> Iterator[FamilySignal]:
    """The signals of so many generated families, in the order in which they were given."""
    records = [signal.record for cluster in Generator(households, seed=_SEED) for signal in cluster.signals]
    records.sort(key=lambda record: (record["submitted_at"], record["signal_id"]))
    yield from (_signal(number, record, today) for number, record in enumerate(records, start=1))


def give_families(signals: Iterator[FamilySignal], organisations: Mapping[str, Organisation]) -> Given:
    """Give them one after the other, without waiting for what follows."""
    taken, refused = 0, Counter[str]()
    for signal in signals:
        answer = organisations[signal.organisation].offer(signal.body)
        if answer.status <= _CREATED:
            taken += 1
        else:
            errors = answer.content.get("errors") or [{"code": answer.content["title"]}]
            refused.update({error["code"] for error in errors})
    return Given(taken, refused)


def _signal(number: int, record: Mapping[str, Any], today: date) -> FamilySignal:
    slug = _slug(record["organisation"])
    organisation = slug + ("" if "bsn" in record else _WITHOUT)
    youth = _person(record) | {"parents": [_person(parent) for parent in record["parents"]]}
    if not youth.get("bsn"):
        youth["parents"] = [_without_bsn(parent) for parent in youth["parents"]]
    body = {
        "reference": f"FAM-{number}",
        "youth": youth | {"sex": record.get("gender"), "address": _address(record)},
        "professional": {"id": "desk", "name": record["organisation"], "email": f"desk@{slug}.example"},
        "plannedEndDate": (today + timedelta(days=365)).isoformat(),
    }
    return FamilySignal(organisation, body)


def _person(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record[known] for known, name in _PERSON.items() if known in record}


def _without_bsn(person: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in person.items() if name != "bsn"}


def _address(record: Mapping[str, Any]) -> dict[str, Any] | None:
    """What of the address has the form it should have; a source system checks that too."""
    address = {name: record[known] for known, name in _ADDRESS.items() if known in record}
    number = str(record.get("house_number", ""))
    if number.isdigit():
        address["houseNumber"] = int(number)
    if _POSTAL_CODE.fullmatch(record.get("postcode", "")):
        address["postalCode"] = record["postcode"]
    return address or None


def _slug(name: str) -> str:
    return _SLUG.sub("-", name.lower()).strip("-")
