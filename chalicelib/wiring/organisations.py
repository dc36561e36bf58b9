"""The use cases of organisations, put together."""

from __future__ import annotations

from chalicelib.api.organisation_cases import OrganisationCases
from chalicelib.organisations.edit import EditOrganisation
from chalicelib.organisations.exclude_address import ExcludeAddress
from chalicelib.organisations.exclusions import ReadExclusions
from chalicelib.organisations.read import ReadOrganisations
from chalicelib.organisations.register import RegisterOrganisation
from chalicelib.organisations.sns import SnsTopics
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.ports.world import IndexHasher, Pseudonyms
from chalicelib.security.cursors import Cursors
from chalicelib.wiring import base


def organisation_cases(pseudonyms: Pseudonyms, hasher: IndexHasher) -> OrganisationCases:
    """What the interface can do with organisations of this stage."""
    storage, names = base.storage(), base.names()
    topics, trail = SnsTopics(base.settings().table_prefix), OperatorTrail(names, base.clock())
    return OrganisationCases(
        read=ReadOrganisations(storage=storage, cursors=Cursors(pseudonyms), trail=trail),
        register=RegisterOrganisation(storage=storage, topics=topics, names=names, trail=trail),
        edit=EditOrganisation(storage=storage, topics=topics, trail=trail),
        exclude=ExcludeAddress(storage=storage, hasher=hasher, trail=trail, clock=base.clock()),
        excluded=ReadExclusions(storage=storage, cursors=Cursors(pseudonyms), trail=trail),
    )
