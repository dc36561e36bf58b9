"""Who is let in, and what the application is told of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chalice.app import AuthRequest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.api.authorizer import UnauthorizedError
from chalicelib.api.passports import Passport, read_passport, stamped
from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Scope,
)
from chalicelib.observability import Code
from chalicelib.security.tokens import AccessToken
from tests.builders import make_organisation
from tests.gateway import Gateway

ARN = "arn:aws:execute-api:eu-central-1:000000000000:api/v1/GET/signals"

TEXT = st.text(max_size=20)
ORGANISATIONS = st.builds(
    Organisation,
    id=TEXT,
    name=TEXT,
    kind=st.sampled_from(OrganisationKind),
    state=st.sampled_from(OrganisationState),
    domains=st.lists(st.sampled_from(Domain), max_size=2).map(tuple),
    may_use_bsn=st.booleans(),
    email_domains=st.lists(TEXT, max_size=2).map(tuple),
    scopes=st.frozensets(st.sampled_from(Scope)),
    oin=st.none() | TEXT,
    contact_point=st.none() | st.builds(ContactPoint, name=TEXT, email=TEXT, telephone=st.none() | TEXT),
    municipalities=st.lists(TEXT, max_size=2).map(tuple),
    topic_arn=st.none() | TEXT,
    revision=st.integers(1, 10**6),
    language=st.sampled_from(Language),
)


def ask(gateway: Gateway, header: str) -> dict[str, object]:
    """What the authorizer answers the gateway."""
    request = AuthRequest("TOKEN", header, ARN)
    return gateway.authorizer(request).to_dict(request)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_valid_token_lets_its_organisation_in(gateway: Gateway, scheme: str) -> None:
    """The whole stage is allowed; the application checks the scope of each route."""
    answer = ask(gateway, f"{scheme} token-school")

    assert answer["principalId"] == "school"
    assert answer["policyDocument"] == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Action": "execute-api:Invoke",
                "Effect": "Allow",
                "Resource": ["arn:aws:execute-api:eu-central-1:000000000000:api/v1/*/*"],
            }
        ],
    }


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "token-school", "Basic token-school", "Bearer forged", "Bearertoken-school"],
)
def test_anything_else_is_the_gateways_401(gateway: Gateway, header: str) -> None:
    """The gateway knows just this one word; the reason is for the log, the token never."""
    with pytest.raises(UnauthorizedError, match=r"^Unauthorized$"):
        ask(gateway, header)

    [(code, fields)] = gateway.log.lines
    assert code is Code.TOKEN_REFUSED
    assert set(fields) == {"reason"}


def test_a_token_of_an_organisation_that_is_gone_is_refused(gateway: Gateway) -> None:
    """A signature alone is not enough."""
    del gateway.storage.state.organisations["school"]

    with pytest.raises(UnauthorizedError):
        ask(gateway, "Bearer token-school")


def test_a_suspension_holds_at_once(gateway: Gateway) -> None:
    """The state is read on every request; nothing at all is allowed then: 403."""
    school = gateway.storage.state.organisations["school"]
    gateway.storage.state.organisations["school"] = replace(school, state=OrganisationState.SUSPENDED)

    assert gateway.send("GET", "/signals", token="token-school").status == 403


def test_a_token_counts_only_as_far_as_the_organisation_may(gateway: Gateway) -> None:
    """What a token says beyond the organisation's rights is left out."""
    gateway.tokens.known["greedy"] = AccessToken(
        organisation_id="school", scopes=frozenset({Scope.MATCHES_READ, Scope.AUDIT_READ}), token_id="jti"
    )

    context = ask(gateway, "Bearer greedy")["context"]

    assert isinstance(context, dict)
    assert context["scopes"] == "matches:read"


@given(organisation=ORGANISATIONS, scopes=st.frozensets(st.sampled_from(Scope)), token_id=TEXT)
def test_a_passport_comes_through_the_gateway_unchanged(
    organisation: Organisation, scopes: frozenset[Scope], token_id: str
) -> None:
    """Every member of every organisation survives as plain text."""
    passport = Passport(organisation=organisation, scopes=scopes, token_id=token_id)

    told = stamped(passport)

    assert told["organisation"].isascii()
    assert read_passport(told) == passport


def test_no_context_is_no_passport() -> None:
    """A request that came past no authorizer of ours has no caller."""
    assert read_passport({"principalId": "school"}) is None


def test_an_organisation_without_scopes_has_none(gateway: Gateway) -> None:
    """An empty list of scopes comes through as no scope at all."""
    passport = Passport(organisation=make_organisation(), scopes=frozenset(), token_id="jti")

    assert read_passport(stamped(passport)) == passport
