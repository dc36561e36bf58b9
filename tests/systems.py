"""An organisation's system as it signs in: its keys, and the assertions it makes with them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@lru_cache
def key_named(kid: str, kind: str = "EC") -> ECKey | RSAKey:
    """A key pair, the same for the same name; an elliptic one is made in no time."""
    if kind == "EC":
        return ECKey.generate_key("P-256", {"kid": kid})
    return RSAKey.generate_key(2048, {"kid": kid})


def public(key: ECKey | RSAKey) -> dict[str, str]:
    """The public half, as it is registered."""
    return {name: str(value) for name, value in key.as_dict(private=False).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """Signs as ``client`` with ``key``, meant for ``audience``."""

    client: str
    audience: str
    key: ECKey | RSAKey
    algorithm: str = "ES256"

    def assertion(self, now: datetime, header: Mapping[str, Any] | None = None, **claims: Any) -> str:
        """An assertion of now, with claims and header fields changed; None leaves one out."""
        issued = int(now.timestamp())
        said = {
            "iss": self.client,
            "sub": self.client,
            "aud": self.audience,
            "iat": issued,
            "exp": issued + 300,
            "jti": secrets.token_hex(8),
        } | claims
        head = {"alg": self.algorithm, "kid": self.key.kid} | dict(header or {})
        return jwt.encode(_given(head), _given(said), self.key, algorithms=[self.algorithm])


def form(assertion: str, **fields: str) -> bytes:
    """The body of a token request."""
    said = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    } | fields
    return urlencode(said).encode()


def _given(members: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
