"""The operators' side of the demonstration: organisations, excluded addresses and access tokens."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from chalicelib.clock import SystemClock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import OrganisationExists
from chalicelib.domain.organisation import ContactPoint, Professional
from chalicelib.matching import Address, address_forms
from chalicelib.models.storage import open_storage
from chalicelib.organisations.cards import KeepCards
from chalicelib.organisations.exclude_address import ExcludeAddress, Exclusion, Level
from chalicelib.organisations.issue_token import IssueToken
from chalicelib.organisations.register import RegisterOrganisation
from chalicelib.organisations.registration import Registration
from chalicelib.organisations.sns import SnsTopics
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.security.hashing import index_hasher
from chalicelib.security.naming import RandomNames
from chalicelib.security.token_key import KmsTokenKey
from chalicelib.security.tokens import TokenIssuer
from chalicelib.settings import Settings
from examples.demonstration.cast import OrganisationRow
from infra.account import Account
from infra.chalice_config import environment
from infra.isolation import LOCAL_ACCOUNT

EXCLUDED: Final = Path(__file__).resolve().parent.parent / "excluded_addresses.csv"
_OPERATOR: Final = "demonstration"
_RENEW_AFTER: Final = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Acts on a running stage by the operators' use cases."""

    account: Account
    base_url: str
    _settings: Settings = field(init=False)
    _clock: SystemClock = field(init=False, default_factory=SystemClock)
    _names: RandomNames = field(init=False)
    _storage: Storage = field(init=False)
    _trail: OperatorTrail = field(init=False)

    def __post_init__(self) -> None:
        """Open the stage with the settings that its functions have."""
        settings = Settings.from_environment(environment(self.account.stage, base_url=self.base_url))
        names = RandomNames(settings.stage_code)
        object.__setattr__(self, "_settings", settings)
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_storage", open_storage(settings, self._clock))
        object.__setattr__(self, "_trail", OperatorTrail(names, self._clock))

    def register(self, cast: Iterable[OrganisationRow]) -> None:
        """Register whom the stage does not know yet."""
        register = RegisterOrganisation(
            storage=self._storage,
            topics=SnsTopics(self._settings.table_prefix),
            names=self._names,
            trail=self._trail,
        )
        cards = KeepCards(storage=self._storage, trail=self._trail)
        for row in cast:
            try:
                register(_registration(row), operator=_OPERATOR)
            except OrganisationExists:
                continue
            if row.professional is not None:
                card = Professional(organisation_id=row.id, **dict(row.professional))
                cards.set_supervisor(card, operator=_OPERATOR)

    def exclude_addresses(self, path: Path = EXCLUDED) -> None:
        """Put the addresses that are not in the register yet there (D13)."""
        exclude = ExcludeAddress(
            storage=self._storage,
            hasher=index_hasher(self._settings.index_secret, self._clock),
            trail=self._trail,
            clock=self._clock,
        )
        with path.open(encoding="utf-8", newline="") as file:
            for exclusion in map(_exclusion, csv.DictReader(file)):
                if not self._is_excluded(exclusion.address):
                    exclude(exclusion, operator=_OPERATOR)

    def token(self, organisation_id: str) -> str:
        """A new access token, good for an hour."""
        issuer = TokenIssuer(
            key=KmsTokenKey(self._settings.token_key, self._clock),
            issuer=self._settings.issuer,
            audience=self._settings.audience,
            names=self._names,
            clock=self._clock,
        )
        issue = IssueToken(storage=self._storage, issuer=issuer, trail=self._trail)
        return issue(organisation_id, operator=_OPERATOR)

    def tokens(self, organisation_id: str) -> Callable[[], str]:
        """A function that gives an access token which is good for a while yet."""
        kept: list[tuple[float, str]] = []

        def token() -> str:
            now = time.monotonic()
            if not kept or now - kept[-1][0] > _RENEW_AFTER.total_seconds():
                kept.append((now, self.token(organisation_id)))
            return kept[-1][1]

        return token

    def _is_excluded(self, address: Address) -> bool:
        forms = address_forms(address)
        today = amsterdam_day(self._clock.now())
        return forms is not None and bool(
            self._storage.exclusions.excluded((forms.number, forms.exact), today)
        )


def _exclusion(row: Mapping[str, str]) -> Exclusion:
    return Exclusion(
        address=Address(
            postal_code=row["postalCode"],
            house_number=int(row["houseNumber"]),
            house_letter=row["houseLetter"] or None,
            house_number_addition=row["houseNumberAddition"] or None,
        ),
        level=Level(row["level"]),
        kind=row["kind"],
        source=row["source"],
        valid_from=date.fromisoformat(row["validFrom"]),
        valid_until=date.fromisoformat(row["validUntil"]) if row["validUntil"] else None,
    )


def _registration(row: OrganisationRow) -> Registration:
    point = row.contact_point
    return Registration(
        id=row.id,
        name=row.name,
        kind=row.kind,
        domains=row.domains,
        may_use_bsn=row.may_use_bsn,
        email_domains=row.email_domains,
        oin=row.oin,
        contact_point=ContactPoint(**dict(point)) if point is not None else None,
        municipalities=row.municipalities,
        aws_account=None if row.municipalities else LOCAL_ACCOUNT,
    )
