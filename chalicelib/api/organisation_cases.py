"""What the endpoints of organisations call."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.organisations.edit import EditOrganisation
from chalicelib.organisations.exclude_address import ExcludeAddress
from chalicelib.organisations.exclusions import ReadExclusions
from chalicelib.organisations.read import ReadOrganisations
from chalicelib.organisations.register import RegisterOrganisation


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCases:
    """The use cases that operators have too, here with a caller for operator."""

    read: ReadOrganisations
    register: RegisterOrganisation
    edit: EditOrganisation
    exclude: ExcludeAddress
    excluded: ReadExclusions
