"""What operators' use cases work with in tests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.domain.audit import SYSTEM, Act
from chalicelib.domain.organisation import Domain, OrganisationKind
from chalicelib.organisations.registration import Registration
from chalicelib.organisations.trail import OperatorTrail
from tests.signal_requests import Region

OPERATOR = "operator-1"


def make_registration(**changes: Any) -> Registration:
    """A school that may use the BSN."""
    registration = Registration(
        id="regenboog",
        name="Scholengroep De Regenboog",
        kind=OrganisationKind.REPORTING,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=("regenboog.example",),
        oin="00000099000000101000",
    )
    return replace(registration, **changes)


@dataclass(frozen=True, slots=True)
class FakeTopics:
    """Topics in a list."""

    opened: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def open_to(self, organisation_id: str, account: str) -> str:
        """An ARN after the organisation."""
        self.opened.append((organisation_id, account))
        return f"arn:aws:sns:eu-central-1:000000000000:events-{organisation_id}"

    def close(self, topic_arn: str) -> None:
        """Note it."""
        self.closed.append(topic_arn)


@dataclass(slots=True)
class FakeVersions:
    """Versions of a secret in a set."""

    held: set[str] = field(default_factory=lambda: {"v1"})

    def names(self) -> frozenset[str]:
        """Which there are."""
        return frozenset(self.held)

    def add(self, version: str) -> None:
        """Make a version."""
        self.held.add(version)

    def remove(self, version: str) -> None:
        """Take a version away."""
        self.held.discard(version)


def trail_of(region: Region) -> OperatorTrail:
    """The operators' trail of a region."""
    return OperatorTrail(region.names, region.clock)


def acts_of(region: Region) -> list[tuple[Act, str]]:
    """What :data:`OPERATOR` did, on which resource; every entry is one of the index itself."""
    entries = region.storage.state.audit.values()
    assert all((entry.organisation_id, entry.professional_id) == (SYSTEM, OPERATOR) for entry in entries)
    return [(entry.act, entry.resource) for entry in entries]
