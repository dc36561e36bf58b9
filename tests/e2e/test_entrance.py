"""Who gets in at the deployed interface, and the one shape in which everybody else is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest

from chalicelib.api.headers import SECURITY_HEADERS
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Answer, Region, about

pytestmark = pytest.mark.e2e


def as_problem(answer: Answer) -> tuple[int, str]:
    """Status and code of a problem that has the shape and the headers of all answers."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    problem = answer.json
    assert headers["content-type"] == "application/problem+json"
    assert {name: headers.get(name.lower()) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert problem["status"] == answer.status
    assert problem["instance"].startswith("urn:uuid:")
    return answer.status, problem["type"].rpartition("/")[2]


def base64url(content: bytes) -> str:
    """As tokens write bytes."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def encoded(content: dict[str, Any]) -> str:
    """A part of a token."""
    return base64url(json.dumps(content).encode())


def read_part(part: str) -> dict[str, Any]:
    """What a part of a token says."""
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return said


def forgeries(token: str, public_key: bytes) -> dict[str, str]:
    """Tokens that somebody without our key can make of a valid one."""
    header, claims, signature = token.split(".")
    head, said = read_part(header), read_part(claims)
    unsigned = encoded(head | {"alg": "none"})
    with_public_key = f"{encoded(head | {'alg': 'HS256'})}.{claims}"
    forged = hmac.digest(public_key, with_public_key.encode(), hashlib.sha256)
    return {
        "alg none": f"{unsigned}.{claims}.",
        "alg none with a signature": f"{unsigned}.{claims}.{signature}",
        "HS256 with the public key": f"{with_public_key}.{base64url(forged)}",
        "another organisation": f"{header}.{encoded(said | {'sub': 'ggd', 'azp': 'ggd'})}.{signature}",
        "a longer life": f"{header}.{encoded(said | {'exp': said['exp'] + 3600})}.{signature}",
        "an unknown key": f"{encoded(head | {'kid': 'mine'})}.{claims}.{signature}",
        "a signature cut off": f"{header}.{claims}.",
        "rubbish": "a.b.c",
        "much too long": "x" * 6000,
    }


def test_no_forged_token_gets_in(region: Region, stack: Stack) -> None:
    """Each is the gateway's 401 with the challenge, and tells nothing of the reason; the trail does."""
    token = region.organisation("school").token
    key = stack.client("kms").get_public_key(KeyId=f"alias/{stack.prefix}token")["PublicKey"]

    answers = {
        name: region.call("GET", "/signals", Authorization=f"Bearer {forged}")
        for name, forged in forgeries(token, key).items()
    }

    assert {name: as_problem(answer) for name, answer in answers.items()} == dict.fromkeys(
        answers, (401, "unauthorized")
    )
    assert len({answer.json["detail"] for answer in answers.values()}) == 1
    reasons = {"WRONG_ALGORITHM", "BAD_SIGNATURE", "UNKNOWN_KEY", "MALFORMED", "TOO_LARGE"}
    assert region.refusals_of("system") >= {f"entrance/{reason}" for reason in reasons}
    assert all("Bearer" in answer.headers["WWW-Authenticate"] for answer in answers.values())


def test_a_token_counts_in_its_header_only(region: Region) -> None:
    """Not in the query, not under another scheme, and not left out."""
    token = region.organisation("school").token

    answers = [
        region.call("GET", "/signals"),
        region.call("GET", f"/signals?access_token={token}"),
        region.call("GET", "/signals", Authorization=token),
        region.call("GET", "/signals", Authorization=f"Basic {token}"),
    ]

    assert [as_problem(answer) for answer in answers] == [(401, "unauthorized")] * 4
    assert region.call("GET", "/signals", Authorization=f"bearer {token}").status == 200


def test_a_suspension_holds_at_once_and_ends_at_once(region: Region) -> None:
    """The same token, before, during and after."""
    school = region.organisation("school")
    before = school.call("GET", "/signals")

    region.organisation("school", state="SUSPENDED")
    during = school.call("GET", "/signals")
    region.organisation("school")
    after = school.call("GET", "/signals")

    assert [before.status, after.status] == [200, 200]
    assert as_problem(during) == (403, "access-denied")


def test_a_token_without_the_scope_is_refused(region: Region) -> None:
    """403 that names the scope; what the token does allow still works."""
    reader = region.organisation("school", scopes=("signals:read",))

    refused = reader.call("POST", "/signals", reader.signal(about(region, surname="Meer")))

    assert as_problem(refused) == (403, "insufficient-scope")
    assert "signals:write" in refused.headers["WWW-Authenticate"]
    assert reader.call("GET", "/signals").status == 200


def test_public_documents_need_no_token(region: Region, stack: Stack) -> None:
    """Any browser may read them; the description names this stage's own base."""
    health, description = region.call("GET", "/health"), region.call("GET", "/openapi.json")

    assert (health.status, health.json["tables"]) == (200, "UP")
    assert description.json["servers"][0]["url"] == stack.base_url
    assert [answer.headers["Access-Control-Allow-Origin"] for answer in (health, description)] == ["*", "*"]
