"""How systems get an access token, and how everybody else does not (RFC 6749, RFC 7523, RFC 8414)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.api.headers import SECURITY_HEADERS
from chalicelib.domain.audit import Act, Outcome
from chalicelib.domain.client_keys import ClientKeys, FetchedKeys
from chalicelib.domain.organisation import OrganisationState, Scope
from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy
from chalicelib.security.tokens import AccessToken, TokenVerifier
from tests.builders import NOW, make_organisation
from tests.gateway import BASE_URL, ISSUER, REQUEST_ID, TOKEN_KEY, Answer, Gateway
from tests.systems import ASSERTION_TYPE, FORM, System, form, key_named, public

SCHOOL = System(client="school", audience=f"{BASE_URL}/token", key=key_named("school"))
GGD = System(client="ggd", audience=ISSUER, key=key_named("ggd"))
RSA = System(client="school", audience=ISSUER, key=key_named("rsa", "RSA"), algorithm="PS256")
HOUR = 3600


@pytest.fixture
def entrance(gateway: Gateway) -> Gateway:
    """Two organisations whose keys are registered, the school's of two kinds."""
    keys = {"school": (SCHOOL.key, RSA.key), "ggd": (GGD.key,)}
    for name, own in keys.items():
        gateway.storage.state.client_keys[name] = ClientKeys(
            organisation_id=name, keys=tuple(public(key) for key in own), uri=None, revision=1
        )
    return gateway


def ask(gateway: Gateway, body: bytes, url: str = "/token", **headers: str) -> Answer:
    """Send a token request."""
    return gateway.send("POST", url, body=body, headers=FORM | headers)


def error_of(answer: Answer) -> tuple[int, str]:
    """Status and code, of an answer that has the headers of all answers."""
    assert {name: answer.headers.get(name.lower()) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert set(answer.json) == {"error", "error_description"}
    return answer.status, answer.json["error"]


def trail(gateway: Gateway) -> list[tuple[str, Act, Outcome, str]]:
    """What was written down."""
    return [
        (entry.organisation_id, entry.act, entry.outcome, entry.resource)
        for entry in gateway.storage.state.audit.values()
    ]


def read(gateway: Gateway, token: str) -> AccessToken:
    """What a granted token says."""
    return TokenVerifier(key=TOKEN_KEY, issuer=ISSUER, audience=ISSUER, clock=gateway.clock).verify(token)


def test_a_system_that_proves_who_it_is_gets_a_token(entrance: Gateway) -> None:
    """For all that its organisation was granted, in the shape of RFC 6749; the trail names the token."""
    answer = ask(entrance, form(SCHOOL.assertion(NOW)))

    granted = make_organisation("school").scopes
    token = answer.json["access_token"]
    assert (answer.status, answer.json) == (
        200,
        {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": HOUR,
            "scope": " ".join(sorted(granted)),
        },
    )
    assert (answer.headers["cache-control"], answer.headers["pragma"]) == ("no-store", "no-cache")
    said = read(entrance, token)
    assert (said.organisation_id, said.scopes) == ("school", granted)
    [entry] = entrance.storage.state.audit.values()
    assert (entry.organisation_id, entry.act, entry.resource, entry.token_id, entry.request_id) == (
        "school", Act.TOKEN_ISSUED, "school", said.token_id, REQUEST_ID,
    )  # fmt: skip


@pytest.mark.parametrize("audience", [ISSUER, f"{BASE_URL}/token", [ISSUER], [f"{BASE_URL}/token"]])
def test_an_assertion_is_meant_for_the_issuer_or_the_token_endpoint(
    entrance: Gateway, audience: str | list[str]
) -> None:
    """As a text, or as a list of one."""
    assert ask(entrance, form(SCHOOL.assertion(NOW, aud=audience))).status == 200


@pytest.mark.parametrize("algorithm", ["PS256", "RS256"])
def test_rsa_keys_sign_in_two_ways(entrance: Gateway, algorithm: str) -> None:
    """As off-the-shelf clients do."""
    assert ask(entrance, form(replace(RSA, algorithm=algorithm).assertion(NOW))).status == 200


def test_an_assertion_without_kid_is_tried_with_every_key_that_fits(entrance: Gateway) -> None:
    """A kid is not asked for by RFC 7523."""
    assert ask(entrance, form(SCHOOL.assertion(NOW, {"kid": None}))).status == 200
    assert ask(entrance, form(RSA.assertion(NOW, {"kid": None}))).status == 200


def test_an_assertion_counts_for_five_minutes_whatever_it_claims(entrance: Gateway) -> None:
    """Off-the-shelf clients claim an hour; nobody gets more than five minutes and the leeway."""
    said = SCHOOL.assertion(NOW, exp=int(NOW.timestamp()) + HOUR)
    later = SCHOOL.assertion(NOW, exp=int(NOW.timestamp()) + HOUR)

    entrance.clock.advance(timedelta(seconds=329))
    assert ask(entrance, form(said)).status == 200
    entrance.clock.advance(timedelta(seconds=1))
    assert error_of(ask(entrance, form(later))) == (401, "invalid_client")


def test_a_part_of_what_was_granted_can_be_asked(entrance: Gateway) -> None:
    """And the token is good for no more."""
    answer = ask(entrance, form(SCHOOL.assertion(NOW), scope="signals:read matches:read"))

    assert answer.json["scope"] == "matches:read signals:read"
    assert read(entrance, answer.json["access_token"]).scopes == {Scope.SIGNALS_READ, Scope.MATCHES_READ}


@pytest.mark.parametrize(
    "scope", ["organisations:manage", "signals:read audit:read", "everything", "signals:read  x", '"', "é"]
)
def test_a_scope_that_was_not_granted_is_refused_and_on_the_trail(entrance: Gateway, scope: str) -> None:
    """Not granted, unknown, or no scope at all: the assertion is used up all the same."""
    assertion = SCHOOL.assertion(NOW)

    refused = ask(entrance, form(assertion, scope=scope))
    again = ask(entrance, form(assertion))

    assert [error_of(refused), error_of(again)] == [(400, "invalid_scope"), (401, "invalid_client")]
    assert trail(entrance) == [
        ("school", Act.ACCESS_REFUSED, Outcome.REFUSED, "request_token/SCOPE"),
        ("school", Act.ACCESS_REFUSED, Outcome.REFUSED, "request_token/REPLAYED"),
    ]


def part(content: dict[str, Any]) -> str:
    """A part of a JWT."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def unsigned(assertion: str) -> str:
    """The same, said to be signed by nobody."""
    return f"{part({'alg': 'none'})}.{assertion.split('.')[1]}."


def by_public_key(assertion: str) -> str:
    """The same, signed with the public key as if it were a shared secret."""
    text = f"{part({'alg': 'HS256', 'kid': 'rsa'})}.{assertion.split('.')[1]}"
    secret = RSA.key.as_pem(private=False)
    signature = base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), hashlib.sha256)).decode()
    return f"{text}.{signature.rstrip('=')}"


def resigned(assertion: str) -> str:
    """The same claims under another's signature."""
    head, claims, _ = assertion.split(".")
    return f"{head}.{claims}.{GGD.assertion(NOW).split('.')[2]}"


SECOND = int(NOW.timestamp())
Forgery = tuple[Callable[[], str], str, str]
FORGERIES: dict[str, Forgery] = {
    "alg none": (lambda: unsigned(SCHOOL.assertion(NOW)), "system", "WRONG_ALGORITHM"),
    "HS256 with the public key": (
        lambda: by_public_key(RSA.assertion(NOW)), "system", "WRONG_ALGORITHM",
    ),
    "an algorithm that is not taken": (
        lambda: replace(RSA, algorithm="PS384").assertion(NOW), "system", "WRONG_ALGORITHM",
    ),
    "wrong audience": (
        lambda: SCHOOL.assertion(NOW, aud="https://elsewhere.example"), "school", "WRONG_AUDIENCE",
    ),
    "no audience": (lambda: SCHOOL.assertion(NOW, aud=None), "school", "WRONG_AUDIENCE"),
    "two audiences": (
        lambda: SCHOOL.assertion(NOW, aud=[ISSUER, "https://elsewhere.example"]), "school", "WRONG_AUDIENCE",
    ),
    "expired": (
        lambda: SCHOOL.assertion(NOW, iat=SECOND - 200, exp=SECOND - 30), "school", "EXPIRED",
    ),
    "older than five minutes": (
        lambda: SCHOOL.assertion(NOW - timedelta(minutes=6), exp=SECOND + 60), "school", "EXPIRED",
    ),
    "not yet valid": (lambda: SCHOOL.assertion(NOW, nbf=SECOND + 31), "school", "NOT_YET_VALID"),
    "from the future": (
        lambda: SCHOOL.assertion(NOW + timedelta(minutes=1)), "school", "NOT_YET_VALID",
    ),
    "longer than an hour": (lambda: SCHOOL.assertion(NOW, exp=SECOND + 3601), "school", "BAD_CLAIMS"),
    "without jti": (lambda: SCHOOL.assertion(NOW, jti=None), "school", "BAD_CLAIMS"),
    "an empty jti": (lambda: SCHOOL.assertion(NOW, jti=""), "school", "BAD_CLAIMS"),
    "a jti that is no text": (lambda: SCHOOL.assertion(NOW, jti=1), "school", "BAD_CLAIMS"),
    "without iat": (lambda: SCHOOL.assertion(NOW, iat=None), "school", "BAD_CLAIMS"),
    "without exp": (lambda: SCHOOL.assertion(NOW, exp=None), "school", "BAD_CLAIMS"),
    "an exp that is no number": (lambda: SCHOOL.assertion(NOW, exp=True), "school", "BAD_CLAIMS"),
    "unknown kid": (lambda: SCHOOL.assertion(NOW, {"kid": "mine"}), "school", "UNKNOWN_KEY"),
    "a kid that is no text": (
        lambda: f"{part({'alg': 'ES256', 'kid': 1})}.{part({'sub': 'school'})}.x", "system", "UNKNOWN_KEY",
    ),
    "another organisation's id": (
        lambda: replace(GGD, client="school").assertion(NOW, {"kid": "school"}), "school", "BAD_SIGNATURE",
    ),
    "a signature of something else": (
        lambda: resigned(SCHOOL.assertion(NOW)), "school", "BAD_SIGNATURE",
    ),
    "issued by another": (lambda: SCHOOL.assertion(NOW, iss="ggd"), "school", "WRONG_ISSUER"),
    "nobody we know": (
        lambda: replace(SCHOOL, client="nobody").assertion(NOW), "system", "UNKNOWN_CLIENT",
    ),
    "a name instead of an id": (
        lambda: replace(SCHOOL, client="J. Jansen").assertion(NOW), "system", "UNKNOWN_CLIENT",
    ),
    "no JWT": (lambda: "rubbish", "system", "MALFORMED"),
    "three parts of rubbish": (lambda: "a.b.c", "system", "MALFORMED"),
    "a list for a header": (lambda: "W10.W10.W10", "system", "MALFORMED"),
    "a header that is critical": (
        lambda: f"{part({'alg': 'ES256', 'crit': ['x'], 'x': 1})}.{part({'sub': 'school'})}.AA",
        "school",
        "MALFORMED",
    ),
    "much too long": (lambda: "x" * 9000, "system", "TOO_LARGE"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_no_forged_assertion_gets_a_token(entrance: Gateway, name: str) -> None:
    """Each is 401 invalid_client, and both log and trail say why, without anything of what was sent."""
    make, whose, reason = FORGERIES[name]

    answer = ask(entrance, form(make()))

    assert error_of(answer) == (401, "invalid_client")
    assert trail(entrance) == [(whose, Act.ACCESS_REFUSED, Outcome.REFUSED, f"request_token/{reason}")]
    [(_, said)] = [line for line in entrance.log.lines if line[0] is Code.CLIENT_REFUSED]
    assert said == {
        "reason": reason, "organisation": None if whose == "system" else whose, "request": REQUEST_ID,
    }  # fmt: skip


def test_an_assertion_counts_once(entrance: Gateway) -> None:
    """A replay is refused and on the trail; another's jti of the same text is another one."""
    assertion = SCHOOL.assertion(NOW, jti="one")
    first = ask(entrance, form(assertion))

    assert error_of(ask(entrance, form(assertion))) == (401, "invalid_client")
    assert ask(entrance, form(GGD.assertion(NOW, jti="one"))).status == first.status == 200
    assert ("school", Act.ACCESS_REFUSED, Outcome.REFUSED, "request_token/REPLAYED") in trail(entrance)


def test_a_used_assertion_is_remembered_until_it_would_have_expired(entrance: Gateway) -> None:
    """Not by what swept rows away: the name is taken until then, leeway included."""
    ask(entrance, form(SCHOOL.assertion(NOW)))

    [name] = entrance.storage.state.names.values()
    assert name.expires_at == NOW + timedelta(minutes=5, seconds=30)


def test_a_suspended_organisation_gets_no_token(entrance: Gateway) -> None:
    """Told so, as it proved who it is; and again let in, it gets one."""
    organisations = entrance.storage.state.organisations
    organisations["school"] = replace(organisations["school"], state=OrganisationState.SUSPENDED)

    answer = ask(entrance, form(SCHOOL.assertion(NOW)))

    assert error_of(answer) == (401, "invalid_client")
    assert "may not use the index now" in answer.json["error_description"]
    assert trail(entrance) == [
        ("school", Act.ACCESS_REFUSED, Outcome.REFUSED, "request_token/NOT_ACTIVE")
    ]  # fmt: skip
    organisations["school"] = replace(organisations["school"], state=OrganisationState.ACTIVE)
    assert ask(entrance, form(SCHOOL.assertion(NOW))).status == 200


def test_a_stranger_does_not_learn_who_is_registered(entrance: Gateway) -> None:
    """Unknown client, unknown key, wrong signature: one answer."""
    names = ("nobody we know", "unknown kid", "another organisation's id")

    answers = {ask(entrance, form(FORGERIES[name][0]())).body for name in names}

    assert len(answers) == 1


def test_refusals_are_written_down_once_a_minute(entrance: Gateway) -> None:
    """Anybody can send them; the log has a line for each."""
    for _ in range(5):
        ask(entrance, form("rubbish"))
    entrance.clock.advance(timedelta(minutes=1))
    ask(entrance, form("rubbish"))

    assert len(trail(entrance)) == 2
    assert len([code for code, _ in entrance.log.lines if code is Code.CLIENT_REFUSED]) == 6


def test_an_organisation_without_keys_cannot_sign_in(gateway: Gateway) -> None:
    """Registered or not, there is nothing to believe it by."""
    assert error_of(ask(gateway, form(SCHOOL.assertion(NOW)))) == (401, "invalid_client")


def test_an_organisation_without_rights_gets_no_token(entrance: Gateway) -> None:
    """There is nothing to grant."""
    entrance.storage.state.organisations["school"] = make_organisation("school", scopes=frozenset())

    assert error_of(ask(entrance, form(SCHOOL.assertion(NOW)))) == (400, "invalid_scope")


def test_the_client_id_may_be_named_besides(entrance: Gateway) -> None:
    """If it is the one that the assertion is of (RFC 7521, section 4.2)."""
    right = ask(entrance, form(SCHOOL.assertion(NOW), client_id="school"))
    wrong = ask(entrance, form(SCHOOL.assertion(NOW), client_id="ggd"))

    assert (right.status, error_of(wrong)) == (200, (401, "invalid_client"))


def test_fields_that_nobody_knows_are_overlooked(entrance: Gateway) -> None:
    """And empty ones count as left out (RFC 6749, section 3.2)."""
    body = form(SCHOOL.assertion(NOW), scope="", client_id="", resource="https://x.example", audience="y")

    assert ask(entrance, body).status == 200


def malformed() -> dict[str, tuple[bytes, int, str]]:
    """Bodies that are no token request."""
    valid = SCHOOL.assertion(NOW)
    return {
        "nothing": (b"", 401, "invalid_client"),
        "no grant type": (form(valid, grant_type=""), 400, "invalid_request"),
        "another grant type": (form(valid, grant_type="password"), 400, "unsupported_grant_type"),
        "a field twice": (form(valid) + b"&scope=a&scope=b", 400, "invalid_request"),
        "an assertion twice": (form(valid) + b"&client_assertion=x", 400, "invalid_request"),
        "JSON": (b'{"grant_type": "client_credentials"}', 400, "invalid_request"),
        "not ASCII": ("grant_type=é".encode(), 400, "invalid_request"),
        "bytes that are no text": (b"grant_type=%ff", 400, "invalid_request"),
        "a hundred fields": (b"&".join(b"f%d=1" % n for n in range(100)), 400, "invalid_request"),
        "no assertion": (form("", scope="signals:read"), 401, "invalid_client"),
        "another kind of assertion": (
            form(valid, client_assertion_type=f"{ASSERTION_TYPE}x"), 401, "invalid_client",
        ),
        "a secret besides": (form(valid, client_secret="s"), 401, "invalid_client"),
    }  # fmt: skip


@pytest.mark.parametrize("name", malformed())
def test_what_is_no_token_request_is_told_so(entrance: Gateway, name: str) -> None:
    """In the words of RFC 6749, section 5.2, and nothing is used up."""
    body, status, error = malformed()[name]

    assert error_of(ask(entrance, body)) == (status, error)
    assert not entrance.storage.state.names


def test_nothing_is_taken_from_the_query(entrance: Gateway) -> None:
    """An assertion there stands in logs along the way: it is refused, and on the trail."""
    body = form(SCHOOL.assertion(NOW))

    in_query = ask(entrance, b"", f"/token?{body.decode()}")
    besides = ask(entrance, body, "/token?scope=signals:read")

    assert [error_of(in_query), error_of(besides)] == [(400, "invalid_request")] * 2
    assert trail(entrance) == [("system", Act.ACCESS_REFUSED, Outcome.REFUSED, "request_token/IN_QUERY")]


def test_no_other_way_of_proving_who_one_is_counts(entrance: Gateway) -> None:
    """Nor beside the assertion (RFC 6749, section 2.3)."""
    assert error_of(ask(entrance, form(SCHOOL.assertion(NOW)), Authorization="Basic eDp5")) == (
        401,
        "invalid_client",
    )


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/json"}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded; charset=latin-1"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}, 200),
        ({"Accept": "text/html"}, 406),
        ({"Accept": "application/json"}, 200),
    ],
)
def test_only_forms_are_taken_and_only_json_is_given(
    entrance: Gateway, headers: dict[str, str], status: int
) -> None:
    """Else it is a problem as everywhere."""
    assert ask(entrance, form(SCHOOL.assertion(NOW)), **headers).status == status


def test_a_form_has_a_size(entrance: Gateway) -> None:
    """32 KiB."""
    assert ask(entrance, b"a=" + b"x" * 32 * 1024).status == 413


def test_get_is_not_offered(entrance: Gateway) -> None:
    """A token request is a POST (RFC 6749, section 3.2)."""
    answer = entrance.send("GET", "/token")

    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_without_an_entry_there_is_no_token(entrance: Gateway) -> None:
    """Storage that takes no entry: 503, for who is let in and for who is refused."""

    def refuse(operation: str) -> None:
        if operation in {"clients.spend", "audit.append"}:
            raise StorageBusy

    entrance.storage.state.before = refuse

    answers = [ask(entrance, form(SCHOOL.assertion(NOW))), ask(entrance, form("rubbish"))]

    assert [answer.status for answer in answers] == [503, 503]
    assert "access_token" not in answers[0].body


def test_discovery_names_everything_from_the_settings(entrance: Gateway) -> None:
    """Whatever the Host header says (RFC 8414)."""
    answer = entrance.send("GET", "/.well-known/oauth-authorization-server", headers={"Host": "evil.example"})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert (answer.status, answer.json) == (
        200,
        {
            "issuer": ISSUER,
            "token_endpoint": f"{BASE_URL}/token",
            "jwks_uri": f"{BASE_URL}/jwks.json",
            "scopes_supported": [scope.value for scope in Scope],
            "response_types_supported": [],
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["PS256", "RS256", "ES256"],
            "service_documentation": f"{BASE_URL}/openapi.json",
        },
    )


def test_our_public_keys_verify_what_we_sign(entrance: Gateway) -> None:
    """By an outside library, from the published set alone."""
    from joserfc import jwt  # noqa: PLC0415 - the outside library
    from joserfc.jwk import KeySet  # noqa: PLC0415 - as above

    token = ask(entrance, form(SCHOOL.assertion(NOW))).json["access_token"]
    published = entrance.send("GET", "/jwks.json")

    said = jwt.decode(token, KeySet.import_key_set(published.json), algorithms=["PS256"])
    assert said.claims["sub"] == "school"
    assert [set(key) for key in published.json["keys"]] == [{"kty", "use", "alg", "kid", "n", "e"}]


def test_keys_that_an_organisation_publishes_are_fetched(entrance: Gateway) -> None:
    """At the first sign-in; after that they are remembered."""
    uri = "https://keys.school.example/jwks.json"
    entrance.storage.state.client_keys["school"] = ClientKeys(
        organisation_id="school", keys=(), uri=uri, revision=1
    )
    entrance.published.sets[uri] = (public(SCHOOL.key),)

    answers = [ask(entrance, form(SCHOOL.assertion(NOW))).status for _ in range(2)]

    assert (answers, entrance.published.asked) == ([200, 200], [uri])
    assert entrance.storage.state.client_keys["school"].fetched == FetchedKeys(
        keys=(public(SCHOOL.key),), at=NOW
    )
