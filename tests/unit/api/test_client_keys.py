"""The keys by which organisations sign in: their own act, or that of who manages organisations."""

from __future__ import annotations

import json
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from chalicelib.domain.organisation import Scope
from tests.builders import NOW, make_organisation
from tests.gateway import ISSUER, Answer, Gateway
from tests.systems import FORM, System, form, key_named, public

KEY = public(key_named("one"))
JSON = {"Content-Type": "application/json"}
URI = "https://systems.school.example/jwks.json"


def put(gateway: Gateway, content: object, token: str = "token-school", **headers: str) -> Answer:
    """Replace the school's keys."""
    body = json.dumps(content).encode()
    sent = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("PUT", "/organisations/school/keys", body=body, headers=sent, token=token)


def read(gateway: Gateway, token: str = "token-school") -> Answer:
    """Read the school's keys."""
    return gateway.send("GET", "/organisations/school/keys", token=token)


def wrong(answer: Answer) -> list[tuple[str, str]]:
    """Where a refusal finds which rules broken."""
    assert answer.status == 400
    return [(line["location"], line["code"]) for line in answer.json["errors"]]


def test_an_organisation_sets_its_own_keys_and_signs_in_by_them(gateway: Gateway) -> None:
    """Without the scope for those of others; what comes back is what was given, and no more."""
    answer = put(gateway, {"jwks": {"keys": [KEY | {"use": "sig", "ext": True}]}})

    assert (answer.status, answer.json) == (200, {"jwks": {"keys": [KEY]}})
    assert (read(gateway).json, read(gateway).headers["etag"]) == (answer.json, '"school/keys.1"')
    system = System(client="school", audience=ISSUER, key=key_named("one"))
    granted = gateway.send("POST", "/token", body=form(system.assertion(NOW)), headers=FORM)
    assert granted.status == 200


def test_keys_overlap_while_they_are_changed(gateway: Gateway) -> None:
    """Old and new count together until the old one is left out."""
    old, new = (System(client="school", audience=ISSUER, key=key_named(name)) for name in ("one", "two"))
    signed_in = []
    for keys in (["one"], ["one", "two"], ["two"]):
        put(gateway, {"jwks": {"keys": [public(key_named(name)) for name in keys]}}, If_Match="*")
        answers = [
            gateway.send("POST", "/token", body=form(system.assertion(NOW)), headers=FORM)
            for system in (old, new)
        ]
        signed_in.append([answer.status for answer in answers])
        if keys == ["one"]:
            assert put(gateway, {"jwks": {"keys": [KEY]}}).status == 428

    assert signed_in == [
        [200, 401],
        [200, 200],
        [401, 200],
    ]


def test_keys_are_replaced_as_they_were_read(gateway: Gateway) -> None:
    """The first without a condition, later ones under the tag that was read."""
    first = put(gateway, {"jwksUri": URI})

    without = put(gateway, {"jwks": {"keys": [KEY]}})
    stale = put(gateway, {"jwks": {"keys": [KEY]}}, If_Match='"school/keys.7"')
    right = put(gateway, {"jwks": {"keys": [KEY]}}, If_Match=first.headers["etag"])

    assert (first.json, without.status, stale.status, right.status) == ({"jwksUri": URI}, 428, 412, 200)
    assert right.headers["etag"] == '"school/keys.2"'


def test_a_condition_on_keys_that_are_not_there_fails(gateway: Gateway) -> None:
    """Whatever was read, it is gone."""
    assert put(gateway, {"jwksUri": URI}, If_Match='"school/keys.1"').status == 412


def test_others_keys_need_the_scope(gateway: Gateway) -> None:
    """Who manages organisations reads and replaces them; nobody else learns of them."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.ORGANISATIONS_MANAGE})))

    assert [read(gateway, "token-ggd").status, put(gateway, {"jwksUri": URI}, "token-ggd").status] == [
        403
    ] * 2
    assert read(gateway, "token-region").status == 404
    assert put(gateway, {"jwksUri": URI}, "token-region").status == 200
    assert read(gateway, "token-region").json == {"jwksUri": URI}


def test_nobody_has_keys_who_is_not_registered(gateway: Gateway) -> None:
    """404, also for who manages organisations."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.ORGANISATIONS_MANAGE})))
    body = json.dumps({"jwksUri": URI}).encode()

    answer = gateway.send("PUT", "/organisations/gone/keys", body=body, headers=JSON, token="token-region")

    assert answer.status == 404


SMALL = {**public(RSAKey.generate_key(2048)), "kid": "small", "n": "sXchDaQebHnPiGvyDOAT4saGEUetSyo9"}
P384 = public(ECKey.generate_key("P-384", {"kid": "p"}))


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (key_named("one").as_dict(private=True), "private-key"),
        (OctKey.generate_key(256).as_dict(private=True), "private-key"),
        ({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}, "wrong-kind"),
        (P384, "wrong-kind"),
        (SMALL, "wrong-size"),
        ({"kty": "RSA", "n": "!", "e": "AQAB"}, "wrong-size"),
        ({"kty": "RSA", "kid": "x"}, "unreadable"),
        (KEY | {"x": KEY["y"]}, "unreadable"),
        (KEY | {"use": "enc"}, "wrong-use"),
        (KEY | {"key_ops": ["sign"]}, "wrong-use"),
        (KEY | {"alg": "RS256"}, "wrong-algorithm"),
        (KEY | {"alg": "none"}, "wrong-algorithm"),
        (KEY | {"kid": "a\nb"}, "bad-kid"),
        (KEY | {"kid": "x" * 201}, "bad-kid"),
    ],
)  # fmt: skip
def test_a_key_that_signs_no_assertion_is_refused(gateway: Gateway, key: dict[str, Any], code: str) -> None:
    """With the place and the reason, and nothing of the key; nothing is stored."""
    answer = put(gateway, {"jwks": {"keys": [KEY, key]}})

    assert wrong(answer) == [("/jwks/keys/1", code)]
    assert not gateway.storage.state.client_keys


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({}, [("", "one-of-two")]),
        ({"jwks": {"keys": [KEY]}, "jwksUri": URI}, [("", "one-of-two")]),
        ({"jwks": {"keys": []}}, [("/jwks/keys", "wrong-number")]),
        ({"jwks": {"keys": [KEY] * 11}}, [("/jwks/keys", "named-twice"), ("/jwks/keys", "wrong-number")]),
        ({"jwks": {"keys": [KEY, KEY]}}, [("/jwks/keys", "named-twice")]),
        ({"jwks": {"keys": [KEY] * 21}}, [("/jwks/keys", "too-many")]),
        ({"jwks": {"keys": [7]}}, [("/jwks/keys/0", "wrong-type")]),
        ({"jwks": {"keys": [KEY | {"secret": "x"}]}}, [("/jwks/keys/0/secret", "unknown-field")]),
        ({"jwks": {}}, [("/jwks/keys", "required")]),
        ({"jwks": 1}, [("/jwks", "wrong-type")]),
        ({"jwksUri": 1}, [("/jwksUri", "wrong-type")]),
        ({"jwksUri": "http://systems.school.example/jwks.json"}, [("/jwksUri", "bad-uri")]),
        ({"jwksUri": "https://169.254.169.254/latest/meta-data"}, [("/jwksUri", "bad-uri")]),
        ({"jwksUri": "https://localhost/jwks.json"}, [("/jwksUri", "bad-uri")]),
        ({"keys": [KEY]}, [("/keys", "unknown-field")]),
    ],
)
def test_what_is_no_set_of_keys_is_refused(
    gateway: Gateway, content: object, found: list[tuple[str, str]]
) -> None:
    """All at once, by place."""
    assert wrong(put(gateway, content)) == found


def test_a_key_without_kid_is_called_by_its_thumbprint(gateway: Gateway) -> None:
    """So that each can be named (RFC 7638)."""
    nameless = {name: value for name, value in KEY.items() if name != "kid"}

    answer = put(gateway, {"jwks": {"keys": [nameless]}})

    assert answer.json["jwks"]["keys"][0]["kid"] == ECKey.import_key({**nameless}).thumbprint()
