"""The region's administrator, whom the first deploy registers."""

from __future__ import annotations

import pytest

from chalicelib.domain.organisation import OrganisationKind, OrganisationState, Scope
from infra.operators.administrator import ADMINISTRATOR, ensure_administrator
from infra.stages import read_stages, stage_named
from tests.unit.operators.counter import Counter


@pytest.fixture
def counter(capsys: pytest.CaptureFixture[str]) -> Counter:
    """An operator at an empty region."""
    return Counter(capsys)


@pytest.mark.parametrize("name", read_stages())
def test_the_first_deploy_registers_who_manages_the_region(counter: Counter, name: str) -> None:
    """With what that takes and nothing of a signal; in the trail under who deploys."""
    assert ensure_administrator(counter.desk, stage_named(name), "eva")

    made = counter.region.storage.state.organisations[ADMINISTRATOR]
    assert (made.kind, made.state, made.domains) == (
        OrganisationKind.ADMINISTRATION, OrganisationState.ACTIVE, (),
    )  # fmt: skip
    assert made.scopes == {Scope.ORGANISATIONS_MANAGE, Scope.REVIEWS_DECIDE, Scope.AUDIT_READ}
    assert made.administrator is not None
    assert made.receives_at(made.administrator)
    assert [entry.professional_id for entry in counter.region.storage.state.audit.values()] == ["eva"]


def test_a_later_deploy_leaves_it_as_it_is(counter: Counter) -> None:
    """Renamed, suspended or with other rights: that was somebody's decision."""
    ensure_administrator(counter.desk, stage_named("local"))
    counter.type(f"organisation suspend local {ADMINISTRATOR}")
    before = counter.region.storage.state.organisations[ADMINISTRATOR]

    assert not ensure_administrator(counter.desk, stage_named("local"))
    assert counter.region.storage.state.organisations[ADMINISTRATOR] == before
