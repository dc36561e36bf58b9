"""A stranger's system signs in with an off-the-shelf OAuth client, and nobody else gets in (deployed)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT

from tests.e2e.region import Answer, Member, Region, about, until
from tests.systems import FORM, System, form, key_named, public

pytestmark = pytest.mark.e2e

ACTING = {"Professional-Id": "staff-1"}


@pytest.fixture
def plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded AWS has no TLS, on which Authlib insists otherwise."""
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


def with_keys(member: Member, *names: str) -> Member:
    """Register public keys for an organisation, RSA ones."""
    keys = [public(key_named(name, "RSA")) for name in names]
    answer = member.call(
        "PUT", f"/organisations/{member.id}/keys", {"jwks": {"keys": keys}}, **ACTING, **{"If-Match": "*"}
    )
    assert answer.status == 200, answer.text
    return member


def discovered(region: Region) -> dict[str, Any]:
    """What a stranger's client finds out first."""
    found: dict[str, Any] = region.call("GET", "/.well-known/oauth-authorization-server").json
    return found


def ask(region: Region, body: bytes, path: str = "/token") -> Answer:
    """Send a token request as it is."""
    return region.call("POST", path, body, **FORM)


@pytest.mark.usefixtures("plain_http")
def test_an_off_the_shelf_client_signs_in_and_does_the_main_job(region: Region) -> None:
    """Authlib's own session, unchanged: discovery, a token, a signal, a match."""
    school, ggd = with_keys(region.organisation("school"), "school"), region.organisation("ggd")
    child = about(region, surname="Vreemdeling")
    endpoint = discovered(region)["token_endpoint"]
    private = key_named("school", "RSA").as_pem(private=True).decode()
    with OAuth2Session(school.id, private, token_endpoint_auth_method="private_key_jwt") as session:
        session.register_client_auth_method(PrivateKeyJWT(endpoint))
        token = session.fetch_token(endpoint, grant_type="client_credentials")
        given = session.post(f"{region.stack.base_url}/signals", json=school.signal(child), headers=ACTING)
        ggd.give(child)
        signal = given.json()["id"]

        def matches() -> list[Any]:
            url = f"{region.stack.base_url}/signals/{signal}/matches"
            found: list[Any] = session.get(url, headers=ACTING).json()["items"]
            return found

        until(matches)
        [match] = matches()

    assert (token["token_type"], given.status_code) == ("Bearer", 201)
    assert match["counterpart"]["email"] == ggd.email


def test_our_keys_are_published(region: Region) -> None:
    """The one that signs, at the address that discovery names."""
    found = discovered(region)
    keys = region.call("GET", "/jwks.json").json["keys"]

    assert found["jwks_uri"] == f"{region.stack.base_url}/jwks.json"
    assert {key["alg"] for key in keys} == {"PS256"}


def test_nobody_signs_in_as_another(region: Region) -> None:
    """Each is refused in OAuth's words, and the trail of the one that was named says why."""
    school = with_keys(region.organisation("school"), "school")
    system = System(
        client=school.id,
        audience=discovered(region)["issuer"],
        key=key_named("school", "RSA"),
        algorithm="PS256",
    )
    now = datetime.now(UTC)
    second = int(now.timestamp())
    used = system.assertion(now)
    first = ask(region, form(used))
    elsewhere = System(
        client=school.id, audience=system.audience, key=key_named("thief", "RSA"), algorithm="PS256"
    )

    refused = {
        "REPLAYED": ask(region, form(used)),
        "WRONG_AUDIENCE": ask(region, form(system.assertion(now, aud="https://elsewhere.example"))),
        "EXPIRED": ask(region, form(system.assertion(now - timedelta(minutes=10)))),
        "NOT_YET_VALID": ask(region, form(system.assertion(now, nbf=second + 600))),
        "UNKNOWN_KEY": ask(region, form(elsewhere.assertion(now))),
        "BAD_SIGNATURE": ask(region, form(elsewhere.assertion(now, {"kid": "school"}))),
    }
    in_query = ask(region, b"", f"/token?{form(system.assertion(now)).decode()}")
    region.organisation("school", state="SUSPENDED")
    refused["NOT_ACTIVE"] = ask(region, form(system.assertion(now)))

    assert first.status == 200, first.text
    assert {name: (answer.status, answer.json["error"]) for name, answer in refused.items()} == dict.fromkeys(
        refused, (401, "invalid_client")
    )
    assert (in_query.status, in_query.json["error"]) == (400, "invalid_request")
    assert region.refusals_of(school.id) >= {f"request_token/{reason}" for reason in refused}


def test_a_token_is_for_what_was_asked(region: Region) -> None:
    """Less than was granted is granted; more is not."""
    reader = with_keys(region.organisation("reader", scopes=("signals:read", "signals:write")), "reader")
    system = System(
        client=reader.id,
        audience=discovered(region)["token_endpoint"],
        key=key_named("reader", "RSA"),
        algorithm="RS256",
    )
    now = datetime.now(UTC)

    part = ask(region, form(system.assertion(now), scope="signals:read"))
    more = ask(region, form(system.assertion(now), scope="signals:read everything"))

    assert (part.json["scope"], more.json["error"]) == ("signals:read", "invalid_scope")
    authorization = f"Bearer {part.json['access_token']}"
    assert region.call("GET", "/signals", Authorization=authorization).status == 200
    given = region.call("POST", "/signals", {}, Authorization=authorization)
    assert given.status == 403


def test_the_key_of_tokens_changes_while_they_are_used(region: Region) -> None:
    """As an operator does it: tokens of before, between and after are all taken."""
    before = region.organisation("school").token
    assert region.operate("token-keys", "begin", "local").returncode == 0
    until(lambda: region.operate("token-keys", "switch", "local").returncode == 0)  # not at once
    after = with_keys(region.organisation("school"), "school")
    system = System(
        client=after.id,
        audience=discovered(region)["issuer"],
        key=key_named("school", "RSA"),
        algorithm="PS256",
    )
    granted = ask(region, form(system.assertion(datetime.now(UTC))))

    tokens = [before, after.token, granted.json["access_token"]]
    answers = [region.call("GET", "/signals", Authorization=f"Bearer {token}") for token in tokens]
    early = region.operate("token-keys", "drop", "local")

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert early.returncode != 0
    assert "may live until" in early.stderr
