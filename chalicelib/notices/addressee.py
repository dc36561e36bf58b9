"""Who a notice is for: the professional whose address the mail goes to, if there is one (D17)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.organisation import Organisation, OrganisationState, Professional
from chalicelib.ports.storage import OrganisationStore


class Unreachable(StrEnum):
    """Why nobody can be written to: UNKNOWN for good, SUSPENDED as long as it lasts."""

    UNKNOWN = "UNKNOWN"
    SUSPENDED = "SUSPENDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A professional and the organisation whose topic gets the events."""

    organisation: Organisation
    professional: Professional


def addressee(organisations: OrganisationStore, receiver: str) -> Addressee | Unreachable:
    """The addressee of a receiver key, read now; a suspended organisation hears nothing meanwhile."""
    organisation_id, _, professional_id = receiver.partition("#")
    organisation = organisations.get(organisation_id)
    professional = organisations.professional(organisation_id, professional_id)
    if organisation is None or professional is None:
        return Unreachable.UNKNOWN
    if organisation.state is OrganisationState.SUSPENDED:
        return Unreachable.SUSPENDED
    return Addressee(organisation=organisation, professional=professional)
