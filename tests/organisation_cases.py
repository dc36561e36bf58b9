"""The use cases of organisations over a region in memory."""

from __future__ import annotations

from chalicelib.api.organisation_cases import OrganisationCases
from chalicelib.organisations.edit import EditOrganisation
from chalicelib.organisations.exclude_address import ExcludeAddress
from chalicelib.organisations.exclusions import ReadExclusions
from chalicelib.organisations.read import ReadOrganisations
from chalicelib.organisations.register import RegisterOrganisation
from chalicelib.organisations.trail import OperatorTrail
from chalicelib.security.cursors import Cursors
from tests.fakes import FakeHasher, FakeNames, FakePseudonyms, FakeStorage, FixedClock
from tests.unit.organisations.operators import FakeTopics


def memory_organisations(
    storage: FakeStorage, clock: FixedClock, names: FakeNames, topics: FakeTopics
) -> OrganisationCases:
    """What the interface can do with organisations in memory."""
    trail, pseudonyms = OperatorTrail(names, clock), FakePseudonyms()
    return OrganisationCases(
        read=ReadOrganisations(storage=storage, cursors=Cursors(pseudonyms), trail=trail),
        register=RegisterOrganisation(storage=storage, topics=topics, names=names, trail=trail),
        edit=EditOrganisation(storage=storage, topics=topics, trail=trail),
        exclude=ExcludeAddress(storage=storage, hasher=FakeHasher(), trail=trail, clock=clock),
        excluded=ReadExclusions(storage=storage, cursors=Cursors(pseudonyms), trail=trail),
    )
