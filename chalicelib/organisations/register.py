"""Registering an organisation: from then on it can get tokens and give signals."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationExists
from chalicelib.domain.organisation import Organisation, OrganisationState
from chalicelib.organisations.registration import Registration, check_registration
from chalicelib.organisations.topics import Topics
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrganisation:
    """Stores a new organisation, with a topic of its own when it has an AWS account."""

    storage: Storage
    topics: Topics
    names: Names
    trail: OperatorTrail

    def __call__(self, registration: Registration, *, operator: str) -> Organisation:
        """Register. Raises OrganisationRefused, OrganisationExists.

        ``operator`` is who does it, for the audit trail.
        """
        check_registration(registration)
        organisation_id = registration.id or self.names.new_id()
        if self.storage.organisations.get(organisation_id) is not None:
            raise OrganisationExists  # before its topic is touched
        organisation = self._organisation(organisation_id, registration)
        audit = self.trail.entry(Act.ORGANISATION_REGISTERED, organisation_id, operator)
        try:
            self.storage.organisations.put(organisation, previous_revision=None, audit=audit)
        except AlreadyThere as error:
            raise OrganisationExists from error
        return organisation

    def _organisation(self, organisation_id: str, registration: Registration) -> Organisation:
        account = registration.aws_account
        return Organisation(
            id=organisation_id,
            name=registration.name,
            kind=registration.kind,
            state=OrganisationState.ACTIVE,
            domains=registration.domains,
            may_use_bsn=registration.may_use_bsn,
            email_domains=registration.email_domains,
            scopes=registration.granted,
            oin=registration.oin,
            contact_point=registration.contact_point,
            municipalities=registration.municipalities,
            topic_arn=None if account is None else self.topics.open_to(organisation_id, account),
            revision=1,
            administrator=registration.administrator,
        )
