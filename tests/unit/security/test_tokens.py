"""Access tokens: what is issued is taken, and nothing else is."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from chalicelib.domain.organisation import Scope
from chalicelib.security.tokens import AccessToken, Refusal, TokenIssuer, TokenRefused, TokenVerifier
from tests.builders import NOW
from tests.fakes import FakeNames, FixedClock
from tests.local_token_key import KID, LocalTokenKey

ISSUER = "https://verwijsindex.example/v1"
AUDIENCE = "https://verwijsindex.example"
ISSUED = int(NOW.timestamp())
SCOPES = frozenset({Scope.SIGNALS_READ, Scope.SIGNALS_WRITE})
CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "sub": "school",
    "aud": AUDIENCE,
    "azp": "school",
    "scope": "signals:read signals:write",
    "exp": ISSUED + 3600,
    "iat": ISSUED,
    "jti": "lo-00000000000000000000000000000001",
}
HEADER: dict[str, Any] = {"alg": "PS256", "kid": KID, "typ": "at+jwt"}


KEY = LocalTokenKey()
ANOTHER_KEY = LocalTokenKey()


def issuer(clock: FixedClock | None = None) -> TokenIssuer:
    """The issuer of the region."""
    return TokenIssuer(
        key=KEY, issuer=ISSUER, audience=AUDIENCE, names=FakeNames(), clock=clock or FixedClock()
    )


def verifier(clock: FixedClock | None = None) -> TokenVerifier:
    """The verifier of the region."""
    return TokenVerifier(key=KEY, issuer=ISSUER, audience=AUDIENCE, clock=clock or FixedClock())


def signed(claims: dict[str, Any], header: dict[str, Any] | None = None, key: LocalTokenKey = KEY) -> str:
    """A token with any claims, made by an outside library."""
    return jwt.encode(header or HEADER, claims, RSAKey.import_key(key.private), algorithms=["PS256", "RS256"])


def part(content: object) -> str:
    """One part of a token."""
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def refusal(token: str, clock: FixedClock | None = None) -> Refusal:
    """Why a token is refused."""
    with pytest.raises(TokenRefused) as refused:
        verifier(clock).verify(token)
    return refused.value.reason


def test_an_issued_token_is_taken() -> None:
    """It says who, what, and which token."""
    token = issuer().issue("school", SCOPES)

    assert verifier().verify(token) == AccessToken(
        organisation_id="school", scopes=SCOPES, token_id="lo-00000000000000000000000000000001"
    )


def test_an_issued_token_holds_what_the_interface_promises() -> None:
    """An outside library reads it with the public key alone."""
    decoded = jwt.decode(issuer().issue("school", SCOPES), RSAKey.import_key(KEY.public().pem), ["PS256"])

    assert decoded.header == HEADER
    assert decoded.claims == CLAIMS


@pytest.mark.parametrize("life", [timedelta(), timedelta(seconds=-1), timedelta(hours=1, seconds=1)])
def test_a_token_lives_an_hour_at_most(life: timedelta) -> None:
    """And more than nothing."""
    with pytest.raises(ValueError, match="an hour at most"):
        issuer().issue("school", SCOPES, life)


def test_a_shorter_life_is_kept() -> None:
    """A minute is a minute, and a little leeway for clocks that differ."""
    clock = FixedClock()
    token = issuer().issue("school", SCOPES, timedelta(minutes=1))

    clock.advance(timedelta(seconds=89))
    assert verifier(clock).verify(token).organisation_id == "school"

    clock.advance(timedelta(seconds=1))
    assert refusal(token, clock) is Refusal.EXPIRED


def test_scopes_that_we_do_not_know_give_nothing() -> None:
    """Deny by default."""
    token = signed({**CLAIMS, "scope": "signals:read everything:do"})

    assert verifier().verify(token).scopes == {Scope.SIGNALS_READ}


def test_one_of_several_audiences_is_enough() -> None:
    """As RFC 7519 has it."""
    token = signed({**CLAIMS, "aud": ["https://other.example", AUDIENCE]})

    assert verifier().verify(token).organisation_id == "school"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://evil.example"}, Refusal.WRONG_ISSUER),
        ({"iss": [ISSUER]}, Refusal.WRONG_ISSUER),
        ({"aud": "https://other.example"}, Refusal.WRONG_AUDIENCE),
        ({"aud": ["https://other.example"]}, Refusal.WRONG_AUDIENCE),
        ({"aud": []}, Refusal.WRONG_AUDIENCE),
        ({"exp": ISSUED - 30, "iat": ISSUED - 3600}, Refusal.EXPIRED),
        ({"exp": str(ISSUED + 3600)}, Refusal.BAD_CLAIMS),
        ({"iat": ISSUED + 31}, Refusal.NOT_YET_VALID),
        ({"nbf": ISSUED + 31}, Refusal.NOT_YET_VALID),
        ({"exp": ISSUED + 3601}, Refusal.BAD_CLAIMS),
        ({"azp": "care"}, Refusal.BAD_CLAIMS),
        ({"sub": 17, "azp": 17}, Refusal.BAD_CLAIMS),
        ({"scope": ["signals:read"]}, Refusal.BAD_CLAIMS),
        ({"jti": 1}, Refusal.BAD_CLAIMS),
        *[({name: None}, Refusal.BAD_CLAIMS) for name in CLAIMS],
    ],
)
def test_claims_that_are_not_as_we_make_them_are_refused(changes: dict[str, Any], reason: Refusal) -> None:
    """Signed by our own key though they be."""
    assert refusal(signed({**CLAIMS, **changes})) is reason


@pytest.mark.parametrize("name", list(CLAIMS))
def test_a_missing_claim_is_refused(name: str) -> None:
    """Every one of them is needed."""
    claims = {key: value for key, value in CLAIMS.items() if key != name}

    assert refusal(signed(claims)) is Refusal.BAD_CLAIMS


def test_a_token_without_signature_is_refused() -> None:
    """Algorithm ``none``, in any spelling."""
    for name in ("none", "None", "NONE"):
        assert refusal(f"{part({**HEADER, 'alg': name})}.{part(CLAIMS)}.") is Refusal.WRONG_ALGORITHM


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused() -> None:
    """HS256 under what everybody knows."""
    secret = OctKey.import_key(base64.b64encode(KEY.public().der))
    token = jwt.encode({**HEADER, "alg": "HS256"}, CLAIMS, secret, algorithms=["HS256"])

    assert refusal(token) is Refusal.WRONG_ALGORITHM


def test_another_algorithm_under_our_own_key_is_refused() -> None:
    """PS256 and nothing else."""
    assert refusal(signed(CLAIMS, {**HEADER, "alg": "RS256"})) is Refusal.WRONG_ALGORITHM


@pytest.mark.parametrize("kid", ["another", "", None])
def test_an_unknown_key_is_refused(kid: str | None) -> None:
    """Also when the token names none."""
    header = {name: value for name, value in {**HEADER, "kid": kid}.items() if value is not None}

    assert refusal(signed(CLAIMS, header)) is Refusal.UNKNOWN_KEY


def test_a_key_that_comes_with_the_token_is_not_looked_at() -> None:
    """The signature fits that key, and that is worth nothing."""
    brought = RSAKey.import_key(ANOTHER_KEY.private).as_dict(private=False)
    header = {**HEADER, "jwk": brought}

    assert refusal(signed(CLAIMS, header, ANOTHER_KEY)) in {Refusal.BAD_SIGNATURE, Refusal.MALFORMED}


def test_a_token_of_another_key_is_refused() -> None:
    """Though it names ours."""
    assert refusal(signed(CLAIMS, key=ANOTHER_KEY)) is Refusal.BAD_SIGNATURE


def test_changed_claims_are_refused() -> None:
    """The signature is over other ones."""
    header, _, signature = issuer().issue("school", SCOPES).split(".")

    assert refusal(f"{header}.{part({**CLAIMS, 'sub': 'care'})}.{signature}") is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    "token",
    [
        "",
        "..",
        "a.b",
        "a.b.c.d",
        "Bearer x",
        "\ud800.x.y",
        f"{part([])}.{part(CLAIMS)}.x",
        f"{part(HEADER)}.{part([])}.",
        f"{part({**HEADER, 'crit': ['x'], 'x': 1})}.{part(CLAIMS)}.AAAA",
        "[" * 4000,
        base64.urlsafe_b64encode(b"[" * 3000).decode() + ".x.y",
    ],
)
def test_garbage_is_refused(token: str) -> None:
    """Whatever it is."""
    assert refusal(token) in {Refusal.MALFORMED, Refusal.BAD_SIGNATURE, Refusal.WRONG_ALGORITHM}


def test_a_payload_that_is_no_object_is_refused() -> None:
    """Signed by our own key though it be."""
    content = f"{part(HEADER)}.{part(['school'])}"
    signature = base64.urlsafe_b64encode(KEY.sign(content.encode(), KID)).decode().rstrip("=")

    assert refusal(f"{content}.{signature}") is Refusal.MALFORMED


def test_an_oversized_token_is_refused_unread() -> None:
    """Ours are a fraction of it."""
    token = issuer().issue("school", frozenset(Scope))

    assert len(token) < 1500
    assert refusal(token + "A" * 4096) is Refusal.TOO_LARGE


@given(token=st.text(max_size=200))
def test_no_text_gets_through_or_breaks_the_verifier(token: str) -> None:
    """Every text is answered with a refusal."""
    assert refusal(token) in Refusal


@given(at=st.integers(min_value=0), symbol=st.sampled_from("ABab01-_."))
def test_no_changed_symbol_gets_through(at: int, symbol: str) -> None:
    """Anywhere in the token."""
    token = TOKEN[: at % len(TOKEN)] + symbol + TOKEN[at % len(TOKEN) + 1 :]
    if token == TOKEN:
        return

    assert refusal(token) in Refusal


TOKEN = issuer().issue("school", SCOPES)


def test_two_regions_do_not_take_each_others_tokens() -> None:
    """Another issuer, another audience."""
    other = replace(issuer(), issuer="https://limburg.example/v1", audience="https://limburg.example")

    assert refusal(other.issue("school", SCOPES)) is Refusal.WRONG_ISSUER
