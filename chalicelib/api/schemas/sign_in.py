"""The bodies of sign-in: named as the RFCs name their members, not as the rest of the interface does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from chalicelib.api.schemas.base import Body
from chalicelib.security.client_jwks import MOST_KEYS

_Text = Annotated[str, StringConstraints(max_length=4096)]


class _RfcBody(Body):
    """Members are called as they are written here."""

    model_config = ConfigDict(alias_generator=None)


class TokenRequestBody(_RfcBody):
    """The form of a token request (RFC 6749, 4.4.2; RFC 7523, 2.2); fields of other names are overlooked."""

    grant_type: Literal["client_credentials"]
    client_assertion_type: Literal["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"]
    client_assertion: Annotated[str, StringConstraints(max_length=8192)]
    client_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    scope: Annotated[str, StringConstraints(max_length=1000)] | None = None


class TokenBody(_RfcBody):
    """An access token (RFC 6749, section 5.1); ``expires_in`` is in seconds."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    scope: str


class OAuthErrorBody(_RfcBody):
    """Why there is no token (RFC 6749, section 5.2)."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]
    error_description: str


class AuthorizationServerBody(_RfcBody):
    """How to get a token (RFC 8414, section 2)."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    service_documentation: str


class TokenKeyBody(_RfcBody):
    """A public key that access tokens are signed with (RFC 7517)."""

    kty: Literal["RSA"]
    use: Literal["sig"]
    alg: Literal["PS256"]
    kid: str
    n: str
    e: str


class TokenKeysBody(_RfcBody):
    """Them all, the one that signs now first."""

    keys: list[TokenKeyBody]


class JwkBody(_RfcBody):
    """A public key of an organisation (RFC 7517): RSA, or EC on P-256; certificates are not looked at."""

    kty: _Text
    kid: _Text | None = None
    use: _Text | None = None
    alg: _Text | None = None
    key_ops: list[_Text] | None = None
    ext: bool | None = None
    n: _Text | None = None
    e: _Text | None = None
    crv: _Text | None = None
    x: _Text | None = None
    y: _Text | None = None
    x5c: list[_Text] | None = Field(default=None, max_length=10)
    x5t: _Text | None = None
    x5t_s256: _Text | None = Field(default=None, alias="x5t#S256")


class JwksBody(_RfcBody):
    """A set of keys."""

    keys: list[JwkBody] = Field(max_length=20, json_schema_extra={"minItems": 1, "maxItems": MOST_KEYS})


class ClientKeysBody(Body):
    """An organisation's keys: given here, or published by itself at an https address; one of the two."""

    jwks: JwksBody | None = None
    jwks_uri: _Text | None = None
