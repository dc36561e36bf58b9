"""Issuing tokens on an operator's word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import OrganisationNotFound, OrganisationRefused
from chalicelib.domain.organisation import OrganisationState, Scope
from chalicelib.organisations.issue_token import IssueToken
from chalicelib.ports.errors import StorageBusy
from chalicelib.security.tokens import AccessToken, TokenIssuer, TokenVerifier
from tests.builders import make_organisation
from tests.local_token_key import LocalTokenKey
from tests.signal_requests import Region
from tests.unit.organisations.operators import OPERATOR, acts_of, trail_of

KEY = LocalTokenKey()
URL = "https://verwijsindex.example/v1"


def issue(region: Region, **asked: Any) -> str:
    """Ask a token for the school."""
    issuer = TokenIssuer(key=KEY, issuer=URL, audience=URL, names=region.names, clock=region.clock)
    use_case = IssueToken(storage=region.storage, issuer=issuer, trail=trail_of(region))
    return use_case("school", operator=OPERATOR, **asked)


def read(region: Region, token: str) -> AccessToken:
    """What a token says."""
    return TokenVerifier(key=KEY, issuer=URL, audience=URL, clock=region.clock).verify(token)


def with_school(**changes: Any) -> Region:
    """A region in which the school is registered."""
    region = Region()
    region.storage.state.organisations["school"] = make_organisation(**changes)
    return region


def test_a_token_is_for_all_that_was_granted_unless_less_is_asked() -> None:
    """And its issue is on the trail."""
    region = with_school()

    whole = read(region, issue(region))
    part = read(region, issue(region, scopes=frozenset({Scope.SIGNALS_READ})))

    assert (whole.organisation_id, whole.scopes) == ("school", make_organisation().scopes)
    assert part.scopes == {Scope.SIGNALS_READ}
    assert acts_of(region) == [(Act.TOKEN_ISSUED, "school")] * 2


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"scopes": frozenset({Scope.AUDIT_READ})}, "not-granted"),
        ({"scopes": frozenset()}, "not-granted"),
        ({"life": timedelta(minutes=61)}, "too-long"),
        ({"life": timedelta()}, "too-long"),
    ],
)
def test_more_than_was_granted_is_refused(asked: dict[str, Any], problem: str) -> None:
    """In scope as in time."""
    region = with_school()

    with pytest.raises(OrganisationRefused) as refused:
        issue(region, **asked)

    assert [found.code for found in refused.value.problems] == [problem]
    assert acts_of(region) == []


def test_a_suspended_organisation_gets_none() -> None:
    """Until it is let in again."""
    region = with_school(state=OrganisationState.SUSPENDED)

    with pytest.raises(OrganisationRefused):
        issue(region)


def test_an_unknown_organisation_gets_none() -> None:
    """There is nobody to act for."""
    with pytest.raises(OrganisationNotFound):
        issue(Region())


@pytest.mark.rule("D39")
def test_a_token_that_cannot_be_logged_is_not_issued() -> None:
    """The entry comes first."""
    region = with_school()

    def audit_is_busy(operation: str) -> None:
        if operation == "audit.append":
            raise StorageBusy

    region.storage.state.before = audit_is_busy

    with pytest.raises(StorageBusy):
        issue(region)


def test_tokens_of_one_moment_are_told_apart() -> None:
    """Each has an id."""
    region = with_school()

    assert read(region, issue(region)).token_id != read(region, issue(region)).token_id
