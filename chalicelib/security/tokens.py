"""Access tokens: signed JWTs that say for which organisation a system calls."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from joserfc import errors, jwt
from joserfc.jwk import GuestProtocol, RSAKey

from chalicelib.clock import Clock
from chalicelib.domain.organisation import Scope
from chalicelib.ports.world import Names
from chalicelib.security.token_key import KeyMoved, PublicTokenKey, TokenKey

ALGORITHM: Final = "PS256"
LONGEST_LIFE: Final = timedelta(hours=1)
_LEEWAY: Final = timedelta(seconds=30)
_LARGEST: Final = 4096
_CLAIMS: Final = ("iss", "sub", "aud", "azp", "scope", "exp", "iat", "jti")


class Refusal(StrEnum):
    """Why a token is not taken: for the log, never for the caller."""

    TOO_LARGE = "TOO_LARGE"
    MALFORMED = "MALFORMED"
    WRONG_ALGORITHM = "WRONG_ALGORITHM"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    WRONG_ISSUER = "WRONG_ISSUER"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    BAD_CLAIMS = "BAD_CLAIMS"


class TokenRefused(Exception):  # noqa: N818 - named as the domain's refusals are
    """The token is not one of ours, not for us, or not valid now.

    Attributes:
        reason: which of these.
    """

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What a verified token says."""

    organisation_id: str
    scopes: frozenset[Scope]
    token_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssuer:
    """Makes access tokens: ``iss sub aud azp scope exp iat jti``, of an hour at most."""

    key: TokenKey
    issuer: str
    audience: str
    names: Names
    clock: Clock

    def issue(
        self,
        organisation_id: str,
        scopes: Iterable[Scope],
        life: timedelta = LONGEST_LIFE,
        *,
        token_id: str | None = None,
    ) -> str:
        """A signed token, whose ``jti`` is ``token_id`` or a new one.

        Raises ValueError for a life of nothing, or of more than an hour.
        """
        if not timedelta() < life <= LONGEST_LIFE:
            raise ValueError("a token lives an hour at most")
        issued = int(self.clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": organisation_id,
            "aud": self.audience,
            "azp": organisation_id,
            "scope": " ".join(sorted(scopes)),
            "exp": issued + int(life.total_seconds()),
            "iat": issued,
            "jti": token_id or self.names.new_id(),
        }
        with suppress(KeyMoved):
            return self._signed(claims)
        return self._signed(claims)  # by the key that signs since a moment ago

    def _signed(self, claims: dict[str, Any]) -> str:
        kid = self.key.public().kid
        header = {"alg": ALGORITHM, "kid": kid, "typ": "at+jwt"}
        signed = f"{_part(header)}.{_part(claims)}"
        return f"{signed}.{_base64url(self.key.sign(signed.encode(), kid))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenVerifier:
    """Checks access tokens against our public keys: nothing but PS256, our issuer and our audience."""

    key: TokenKey
    issuer: str
    audience: str
    clock: Clock

    def verify(self, token: str) -> AccessToken:
        """What the token says. Raises TokenRefused."""
        if len(token) > _LARGEST:
            raise TokenRefused(Refusal.TOO_LARGE)
        claims = self._checked(self._signed_claims(token))
        words = claims["scope"].split(" ")
        return AccessToken(
            organisation_id=claims["sub"],
            scopes=frozenset(scope for scope in Scope if scope in words),
            token_id=claims["jti"],
        )

    def _signed_claims(self, token: str) -> dict[str, Any]:
        def key_of(signed: GuestProtocol) -> RSAKey:
            return _named_key(signed, self.key)

        try:
            return jwt.decode(token, key_of, algorithms=[ALGORITHM]).claims
        except errors.BadSignatureError as error:
            raise TokenRefused(Refusal.BAD_SIGNATURE) from error
        except errors.UnsupportedAlgorithmError as error:
            raise TokenRefused(Refusal.WRONG_ALGORITHM) from error
        except (errors.JoseError, ValueError, TypeError, RecursionError) as error:
            raise TokenRefused(Refusal.MALFORMED) from error

    def _checked(self, claims: dict[str, Any]) -> dict[str, Any]:
        options: dict[str, jwt.ClaimsOption] = {name: {"essential": True} for name in _CLAIMS}
        options["iss"]["value"] = self.issuer
        options["aud"]["value"] = self.audience
        registry = jwt.JWTClaimsRegistry(
            now=int(self.clock.now().timestamp()), leeway=int(_LEEWAY.total_seconds()), **options
        )
        try:
            registry.validate(claims)
        except errors.ExpiredTokenError as error:
            raise TokenRefused(Refusal.EXPIRED) from error
        except errors.MissingClaimError as error:
            raise TokenRefused(Refusal.BAD_CLAIMS) from error
        except errors.ClaimError as error:
            raise TokenRefused(_CLAIM_REFUSALS.get(error.claim, Refusal.BAD_CLAIMS)) from error
        _check_shape(claims)
        return claims


_CLAIM_REFUSALS: Final = {
    "iss": Refusal.WRONG_ISSUER,
    "aud": Refusal.WRONG_AUDIENCE,
    "iat": Refusal.NOT_YET_VALID,
    "nbf": Refusal.NOT_YET_VALID,
}


def _check_shape(claims: dict[str, Any]) -> None:
    texts = all(isinstance(claims[name], str) for name in ("sub", "azp", "scope", "jti"))
    too_long = claims["exp"] - claims["iat"] > LONGEST_LIFE.total_seconds()
    if not texts or too_long or claims["azp"] != claims["sub"]:
        raise TokenRefused(Refusal.BAD_CLAIMS)


def _named_key(signed: GuestProtocol, ours: TokenKey) -> RSAKey:
    """Our key, for a token that names it; whatever key a token brings along is never looked at."""
    kid = signed.headers().get("kid")
    key = ours.named(kid) if isinstance(kid, str) else None
    if key is None:
        raise TokenRefused(Refusal.UNKNOWN_KEY)
    return RSAKey.import_key(key.pem)


def public_jwk(key: PublicTokenKey) -> dict[str, str]:
    """A key of ours as it is published (RFC 7517)."""
    members = RSAKey.import_key(key.pem).as_dict(private=False)
    return {"kty": "RSA", "use": "sig", "alg": ALGORITHM, "kid": key.kid} | {
        name: str(members[name]) for name in ("n", "e")
    }


def _part(content: dict[str, Any]) -> str:
    return _base64url(json.dumps(content, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
