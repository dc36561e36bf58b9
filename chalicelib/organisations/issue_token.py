"""Issuing an access token for a registered organisation; for now on an operator's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import FieldProblem, OrganisationNotFound, OrganisationRefused
from chalicelib.domain.organisation import Organisation, OrganisationState, Scope
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.storage import Storage
from chalicelib.security.tokens import LONGEST_LIFE, TokenIssuer


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToken:
    """Issues tokens within what an organisation was granted."""

    storage: Storage
    issuer: TokenIssuer
    trail: OperatorTrail

    def __call__(
        self,
        organisation_id: str,
        *,
        scopes: frozenset[Scope] | None = None,
        life: timedelta = LONGEST_LIFE,
        operator: str,
    ) -> str:
        """A token for ``scopes``, or for all that the organisation was granted.

        Raises OrganisationNotFound; OrganisationRefused when it is suspended, was not granted a
        scope, or the token would outlive an hour.
        """
        organisation = self.storage.organisations.get(organisation_id)
        if organisation is None:
            raise OrganisationNotFound
        asked = organisation.scopes if scopes is None else scopes
        _check(organisation, asked, life)
        self.storage.audit.append(self.trail.entry(Act.TOKEN_ISSUED, organisation_id, operator))
        return self.issuer.issue(organisation_id, asked, life)


def _check(organisation: Organisation, asked: frozenset[Scope], life: timedelta) -> None:
    problems = []
    if organisation.state is not OrganisationState.ACTIVE:
        problems.append(FieldProblem("/state", "suspended", "A suspended organisation gets no token."))
    if not asked or not asked <= organisation.scopes:
        problems.append(FieldProblem("/scopes", "not-granted", "Scopes that it was granted, one at least."))
    if not timedelta() < life <= LONGEST_LIFE:
        problems.append(FieldProblem("/minutes", "too-long", "A token lives an hour at most."))
    if problems:
        raise OrganisationRefused(tuple(problems))
