"""What on-boarding asks of an organisation, and what its kind may do (D4, D6, D17, D19)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chalicelib.domain.organisation import (
    NO_NUMBERS,
    ContactPoint,
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    RegisterNumbers,
    Scope,
)

REPORTING_SCOPES: Final = frozenset(
    {Scope.SIGNALS_WRITE, Scope.SIGNALS_READ, Scope.MATCHES_READ, Scope.MATCHES_WRITE}
)
"""What an organisation that gives signals may do unless it is said otherwise."""
SUPERVISION_SCOPES: Final = frozenset({Scope.SUPERVISION_READ})
"""What a municipal supervisor may do: it gives no signals (D17)."""
ADMINISTRATION_SCOPES: Final = frozenset({Scope.ORGANISATIONS_MANAGE, Scope.REVIEWS_DECIDE, Scope.AUDIT_READ})
"""What the region's administrator may do: nothing with a signal."""

_GRANTED: Final = {
    OrganisationKind.REPORTING: REPORTING_SCOPES,
    OrganisationKind.SUPERVISION: SUPERVISION_SCOPES,
    OrganisationKind.ADMINISTRATION: ADMINISTRATION_SCOPES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An organisation as it is registered.

    Attributes:
        id: None makes one.
        scopes: None gives those of its kind.
        aws_account: that may subscribe to its events, None for none.
        administrator: the address of who keeps its contact data current (D28), None when not named.
        requests_per_minute: that it may make, None for as many as its stage allows each.
    """

    name: str
    kind: OrganisationKind
    domains: tuple[Domain, ...]
    may_use_bsn: bool
    email_domains: tuple[str, ...]
    id: str | None = None
    scopes: frozenset[Scope] | None = None
    oin: str | None = None
    contact_point: ContactPoint | None = None
    municipalities: tuple[str, ...] = ()
    aws_account: str | None = None
    administrator: str | None = None
    numbers: RegisterNumbers = NO_NUMBERS
    language: Language = Language.DUTCH
    requests_per_minute: int | None = None

    @classmethod
    def of(cls, held: Organisation) -> Registration:
        """That of an organisation as it is now, for a change to begin with."""
        return cls(
            id=held.id,
            name=held.name,
            kind=held.kind,
            domains=held.domains,
            may_use_bsn=held.may_use_bsn,
            email_domains=held.email_domains,
            scopes=held.scopes,
            oin=held.oin,
            contact_point=held.contact_point,
            municipalities=held.municipalities,
            aws_account=held.aws_account,
            administrator=held.administrator,
            numbers=held.numbers,
            language=held.language,
            requests_per_minute=held.requests_per_minute,
        )

    @property
    def granted(self) -> frozenset[Scope]:
        """The scopes asked for, or else those of its kind."""
        return _GRANTED[self.kind] if self.scopes is None else self.scopes

    def organisation(
        self, organisation_id: str, *, state: OrganisationState, topic_arn: str | None, revision: int
    ) -> Organisation:
        """The organisation that is registered so."""
        return Organisation(
            id=organisation_id,
            name=self.name,
            kind=self.kind,
            state=state,
            domains=self.domains,
            may_use_bsn=self.may_use_bsn,
            email_domains=self.email_domains,
            scopes=self.granted,
            oin=self.oin,
            contact_point=self.contact_point,
            municipalities=self.municipalities,
            topic_arn=topic_arn,
            revision=revision,
            administrator=self.administrator,
            aws_account=self.aws_account,
            numbers=self.numbers,
            language=self.language,
            requests_per_minute=self.requests_per_minute,
        )
