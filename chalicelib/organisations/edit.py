"""Changing what an organisation may do and how it is known, all of it at once (D4, D6, D9, D19)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Protocol

from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import (
    FieldProblem,
    OrganisationNotFound,
    OrganisationRefused,
    OrganisationRevised,
)
from chalicelib.domain.organisation import Organisation, OrganisationState, Scope
from chalicelib.organisations.registration import Registration
from chalicelib.organisations.registration_rules import check_registration
from chalicelib.organisations.topics import Topics
from chalicelib.organisations.trail import Operator, OperatorTrail
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Storage

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Terms:
    """On which an organisation takes part: what it is registered with, and whether it is let in."""

    registration: Registration
    state: OrganisationState


class OrganisationEdit(Protocol):
    """A change as it was asked for, whatever the form it came in."""

    def applied_to(self, held: Organisation) -> Terms:
        """The terms as they are to be; raises for what cannot be read, as the interface does."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOrganisation:
    """Writes an organisation's next revision; its next request is judged by it."""

    storage: Storage
    topics: Topics
    trail: OperatorTrail

    def __call__(
        self,
        organisation_id: str,
        edit: OrganisationEdit,
        *,
        operator: Operator,
        revisions: Collection[int] | None = None,
    ) -> Organisation:
        """Change it, at one of these revisions when they are named.

        Raises:
            OrganisationNotFound: there is none with this id.
            OrganisationRevised: it is at another revision.
            OrganisationRefused: the terms break rules, or would shut out who sets them.
            StorageBusy: nothing was written.
        """
        for _ in range(ATTEMPTS):
            held = self.storage.organisations.get(organisation_id)
            if held is None:
                raise OrganisationNotFound
            if revisions is not None and held.revision not in revisions:
                raise OrganisationRevised
            changed = self._changed(held, edit.applied_to(held), operator)
            audit = self.trail.entry(Act.ORGANISATION_CHANGED, held.id, operator)
            if changed == held:
                self.storage.audit.append(audit)
                return held
            following = replace(changed, revision=held.revision + 1)
            try:
                self.storage.organisations.put(following, previous_revision=held.revision, audit=audit)
            except Stale:
                continue
            return following
        raise StorageBusy("the organisation kept changing")

    def _changed(self, held: Organisation, terms: Terms, operator: Operator) -> Organisation:
        check_registration(terms.registration)
        if isinstance(operator, Caller) and operator.organisation.id == held.id:
            _keep_in(terms)
        return terms.registration.organisation(
            held.id,
            state=terms.state,
            topic_arn=self._topic(held, terms.registration.aws_account),
            revision=held.revision,
        )

    def _topic(self, held: Organisation, account: str | None) -> str | None:
        """The topic for this account; who was subscribed from another one hears no more."""
        if account == held.aws_account:
            return held.topic_arn
        if held.topic_arn is not None:
            self.topics.close(held.topic_arn)
        return None if account is None else self.topics.open_to(held.id, account)


def _keep_in(terms: Terms) -> None:
    """Nobody takes from themselves what is needed to give it back."""
    problems = []
    if terms.state is not OrganisationState.ACTIVE:
        problems.append(FieldProblem("/state", "own-access", "Nobody suspends their own organisation."))
    if Scope.ORGANISATIONS_MANAGE not in terms.registration.granted:
        problems.append(FieldProblem("/scopes", "own-access", "Nobody gives up managing organisations here."))
    if problems:
        raise OrganisationRefused(tuple(problems))
