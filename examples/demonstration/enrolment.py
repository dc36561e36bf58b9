"""The operators' side of the demonstration: organisations, excluded addresses and access tokens."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from chalicelib.domain.errors import OrganisationExists
from chalicelib.domain.organisation import ContactPoint, Professional
from chalicelib.organisations.registration import Registration
from examples.demonstration.cast import OrganisationRow
from infra.isolation import LOCAL_ACCOUNT
from infra.operators.addresses import read_exclusions
from infra.operators.desk import Desk

EXCLUDED: Final = Path(__file__).resolve().parent.parent / "excluded_addresses.csv"
_OPERATOR: Final = "demonstration"
_RENEW_AFTER: Final = timedelta(minutes=45)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Acts on a running stage from an operator's desk; what is there already stays as it is."""

    desk: Desk

    def register(self, cast: Iterable[OrganisationRow]) -> None:
        """Register whom the stage does not know yet, and name the supervisors (D17)."""
        for row in cast:
            try:
                self.desk.register(_registration(row), operator=_OPERATOR)
            except OrganisationExists:
                continue
            if row.professional is not None:
                card = Professional(organisation_id=row.id, **dict(row.professional))
                self.desk.cards.set_supervisor(card, operator=_OPERATOR)

    def exclude_addresses(self, path: Path = EXCLUDED) -> None:
        """Put the addresses that are not in the register yet there (D13)."""
        known = {entry.address for entry in self.desk.storage.exclusions.all()}
        for _, exclusion in read_exclusions(path):
            if exclusion.address not in known:
                self.desk.exclude_address(exclusion, operator=_OPERATOR)

    def token(self, organisation_id: str) -> str:
        """A new access token, good for an hour."""
        return self.desk.issue_token(organisation_id, operator=_OPERATOR)

    def tokens(self, organisation_id: str) -> Callable[[], str]:
        """A function that gives an access token which is good for a while yet."""
        kept: list[tuple[float, str]] = []

        def token() -> str:
            now = time.monotonic()
            if not kept or now - kept[-1][0] > _RENEW_AFTER.total_seconds():
                kept.append((now, self.token(organisation_id)))
            return kept[-1][1]

        return token


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
