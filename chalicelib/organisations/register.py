"""Registering an organisation: from then on it can get tokens and give signals."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationExists, OrganisationNotFound
from chalicelib.domain.organisation import Organisation, OrganisationState
from chalicelib.organisations.registration import Registration
from chalicelib.organisations.registration_rules import check_registration
from chalicelib.organisations.topics import Topics
from chalicelib.organisations.trail import Operator, OperatorTrail
from chalicelib.ports.errors import AlreadyThere, Stale, StorageBusy
from chalicelib.ports.repeats import Run
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrganisation:
    """Stores a new organisation, with a topic of its own when it has an AWS account."""

    storage: Storage
    topics: Topics
    names: Names
    trail: OperatorTrail

    def __call__(
        self, registration: Registration, *, operator: Operator, run: Run | None = None
    ) -> Organisation:
        """Register. Raises OrganisationRefused, OrganisationExists, StorageBusy.

        ``operator`` is who does it, for the audit trail; a ``run`` under a key is done with the same write,
        so that a repeat never registers a second one.
        """
        check_registration(registration)
        organisation_id = registration.id or self.names.new_id()
        if self.storage.organisations.get(organisation_id) is not None:
            raise OrganisationExists  # before its topic is touched
        account = registration.aws_account
        topic_arn = None if account is None else self.topics.open_to(organisation_id, account)
        organisation = _registered(registration, organisation_id, topic_arn)
        audit = self.trail.entry(Act.ORGANISATION_REGISTERED, organisation_id, operator)
        try:
            self.storage.organisations.put(organisation, previous_revision=None, audit=audit, run=run)
        except AlreadyThere as error:
            raise OrganisationExists from error
        except Stale as error:
            raise StorageBusy("the key is another run's by now") from error
        return organisation

    def replayed(
        self, registration: Registration, organisation_id: str, *, operator: Operator
    ) -> Organisation:
        """What registering so answered before, whatever became of it. Raises OrganisationNotFound."""
        held = self.storage.organisations.get(organisation_id)
        if held is None:
            raise OrganisationNotFound
        self.storage.audit.append(self.trail.entry(Act.ORGANISATION_READ, organisation_id, operator))
        topic_arn = None if registration.aws_account is None else held.topic_arn
        return _registered(registration, organisation_id, topic_arn)


def _registered(registration: Registration, organisation_id: str, topic_arn: str | None) -> Organisation:
    return registration.organisation(
        organisation_id, state=OrganisationState.ACTIVE, topic_arn=topic_arn, revision=1
    )
