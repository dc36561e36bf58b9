"""Changing an organisation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationNotFound, OrganisationRefused
from chalicelib.domain.organisation import ContactPoint, Organisation, OrganisationState
from chalicelib.organisations.change import ChangeOrganisation
from chalicelib.ports.errors import Stale, StorageBusy
from tests.builders import make_organisation
from tests.signal_requests import Region
from tests.unit.organisations.operators import OPERATOR, acts_of, trail_of

POINT = ContactPoint(name="Contactpunt", email="contact@jeugdengezin.example", telephone=None)
HELD = make_organisation()


def with_school() -> Region:
    """A region in which the school is registered."""
    region = Region()
    region.storage.state.organisations["school"] = HELD
    return region


def changing(region: Region) -> ChangeOrganisation:
    """The use case."""
    return ChangeOrganisation(storage=region.storage, trail=trail_of(region))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            lambda case: case.suspend("school", operator=OPERATOR),
            replace(HELD, state=OrganisationState.SUSPENDED, revision=2),
        ),
        (
            lambda case: case.rename("school", "De Regenboog", operator=OPERATOR),
            replace(HELD, name="De Regenboog", revision=2),
        ),
        (
            lambda case: case.show_as("school", POINT, operator=OPERATOR),
            replace(HELD, contact_point=POINT, revision=2),
        ),
        (
            lambda case: case.administer("school", "office@School.example", operator=OPERATOR),
            replace(HELD, administrator="office@School.example", revision=2),
        ),
        (
            lambda case: case.limit("school", 100, operator=OPERATOR),
            replace(HELD, requests_per_minute=100, revision=2),
        ),
    ],
)
def test_a_change_is_stored_as_it_is_answered(
    change: Callable[[ChangeOrganisation], Organisation], expected: Organisation
) -> None:
    """As the next revision, with who did it."""
    region = with_school()

    assert change(changing(region)) == expected
    assert region.storage.state.organisations == {"school": expected}
    assert acts_of(region) == [(Act.ORGANISATION_CHANGED, "school")]


def test_a_suspended_organisation_can_be_let_in_again() -> None:
    """As it was."""
    region = with_school()
    changing(region).suspend("school", operator=OPERATOR)

    assert changing(region).resume("school", operator=OPERATOR) == replace(HELD, revision=3)


@pytest.mark.rule("D19")
def test_an_organisation_can_be_shown_as_itself_again() -> None:
    """Without its contact point."""
    region = with_school()
    changing(region).show_as("school", POINT, operator=OPERATOR)

    assert changing(region).show_as("school", None, operator=OPERATOR) == replace(HELD, revision=3)


def test_what_is_so_already_is_left_alone() -> None:
    """No revision and no entry for nothing."""
    region = with_school()

    assert changing(region).resume("school", operator=OPERATOR) == HELD
    assert acts_of(region) == []


def test_nobody_is_renamed_to_nothing() -> None:
    """Nor shown as somebody nobody can reach."""
    region = with_school()

    with pytest.raises(OrganisationRefused):
        changing(region).rename("school", "", operator=OPERATOR)
    with pytest.raises(OrganisationRefused):
        changing(region).show_as("school", replace(POINT, email=""), operator=OPERATOR)

    assert region.storage.state.organisations == {"school": HELD}


@pytest.mark.rule("D28")
@pytest.mark.parametrize("address", ["office@elsewhere.example", "office", ""])
def test_an_administrator_is_written_to_at_a_registered_domain(address: str) -> None:
    """As every professional is."""
    region = with_school()

    with pytest.raises(OrganisationRefused):
        changing(region).administer("school", address, operator=OPERATOR)

    assert region.storage.state.organisations == {"school": HELD}


@pytest.mark.parametrize("limit", [99, 0, -1])
def test_a_limit_has_room_for_a_batch(limit: int) -> None:
    """Else no batch of a hundred could ever be given."""
    region = with_school()

    with pytest.raises(OrganisationRefused):
        changing(region).limit("school", limit, operator=OPERATOR)

    assert region.storage.state.organisations == {"school": HELD}


def test_an_unknown_organisation_is_not_there() -> None:
    """Whatever it is called."""
    with pytest.raises(OrganisationNotFound):
        changing(Region()).suspend("school", operator=OPERATOR)


def test_a_change_that_comes_in_between_is_built_upon() -> None:
    """Neither is lost."""
    region = with_school()
    once = iter(["another operator comes in between"])

    def renamed_elsewhere(operation: str) -> None:
        if operation == "organisations.put" and next(once, None):
            changing(region).rename("school", "De Regenboog", operator=OPERATOR)

    region.storage.state.before = renamed_elsewhere

    changed = changing(region).suspend("school", operator=OPERATOR)

    assert changed == replace(HELD, name="De Regenboog", state=OrganisationState.SUSPENDED, revision=3)


def test_an_organisation_that_keeps_changing_makes_the_store_busy() -> None:
    """After some attempts the operator is asked to come back."""
    region = with_school()

    def always_stale(operation: str) -> None:
        if operation == "organisations.put":
            raise Stale

    region.storage.state.before = always_stale

    with pytest.raises(StorageBusy):
        changing(region).suspend("school", operator=OPERATOR)
