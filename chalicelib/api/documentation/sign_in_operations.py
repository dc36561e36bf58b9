"""What the description tells of sign-in."""

from __future__ import annotations

from typing import Final

from chalicelib.api.catalogue import (
    INVALID_REQUEST,
    MALFORMED_JSON,
    NOT_FOUND,
    PRECONDITION_FAILED,
    PRECONDITION_REQUIRED,
    UNAUTHORIZED,
)
from chalicelib.api.documentation.examples import Example
from chalicelib.api.documentation.operation import Operation, Refusal
from chalicelib.api.negotiation import FORM
from chalicelib.api.schemas.sign_in import (
    AuthorizationServerBody,
    ClientKeysBody,
    OAuthErrorBody,
    TokenBody,
    TokenKeysBody,
    TokenRequestBody,
)
from chalicelib.domain.organisation import Scope

_BASE: Final = "https://index.region.example/v1"
_POINT: Final[Example] = {
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}
_REGISTERED: Final[Example] = {
    "jwks": {"keys": [{"kty": "EC", "crv": "P-256", "kid": "2026-11", **_POINT}]},
}
_PUBLISHED: Final[Example] = {"jwksUri": "https://systems.regenboog.example/jwks.json"}
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

SIGN_IN_OPERATIONS: Final = {
    "request_token": Operation(
        tag="Access",
        description=(
            "OAuth 2.0 client credentials (RFC 6749, section 4.4) with `private_key_jwt` (RFC 7523). The "
            "assertion is a JWT signed with PS256, RS256 or ES256: `iss` and `sub` are the organisation's "
            "id, `aud` is the issuer or this address, `jti` is used once, and it counts for five minutes "
            "from `iat`. Without `scope` the token is for all that the organisation was granted. Errors of "
            "sign-in are those of RFC 6749, section 5.2."
        ),
        takes=TokenRequestBody,
        media_types=(FORM,),
        body_required=True,
        request_examples={
            "everything granted": {
                "grant_type": "client_credentials",
                "client_assertion_type": _ASSERTION,
                "client_assertion": "eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJyZWdlbmJvb2cifQ.c2lnbmF0dXJl",
            },
        },
        gives=TokenBody,
        answer_example={
            "access_token": "eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiJyZWdlbmJvb2cifQ.c2lnbmF0dXJl",
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": "matches:read signals:read signals:write",
        },
        refusals={
            400: Refusal(
                "The request is no token request, or asks for a scope that was not granted.",
                OAuthErrorBody,
                {
                    "error": "invalid_scope",
                    "error_description": "Ask for scopes that the organisation was granted.",
                },
            ),
            401: Refusal(
                "The client is not believed.",
                OAuthErrorBody,
                {
                    "error": "invalid_client",
                    "error_description": "The assertion has expired: it counts for five minutes.",
                },
            ),
        },
        problems=(INVALID_REQUEST, UNAUTHORIZED),
    ),
    "authorization_server": Operation(
        tag="Access",
        description="Discovery for OAuth clients (RFC 8414): where and how to get an access token.",
        gives=AuthorizationServerBody,
        answer_example={
            "issuer": _BASE,
            "token_endpoint": f"{_BASE}/token",
            "jwks_uri": f"{_BASE}/jwks.json",
            "scopes_supported": [scope.value for scope in Scope],
            "response_types_supported": [],
            "grant_types_supported": ["client_credentials"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["PS256", "RS256", "ES256"],
            "service_documentation": f"{_BASE}/openapi.json",
        },
        problems=(INVALID_REQUEST,),
    ),
    "token_keys": Operation(
        tag="Access",
        description="A JWKS (RFC 7517), the key that signs now first; tokens signed by any of them count.",
        gives=TokenKeysBody,
        answer_example={
            "keys": [
                {
                    "kty": "RSA",
                    "use": "sig",
                    "alg": "PS256",
                    "kid": "5d1c7b0e-2f0a-4c65-9a41-7be7d1f0a3c2",
                    "n": "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri",
                    "e": "AQAB",
                }
            ]
        },
        problems=(INVALID_REQUEST,),
    ),
    "read_keys": Operation(
        tag="Access",
        description=(
            "The public keys by which an organisation's systems prove who they are. An organisation reads "
            "its own with any token of its own; those of others need the scope."
        ),
        gives=ClientKeysBody,
        answer_example=_REGISTERED,
        parameters=("OrganisationId", "ProfessionalId"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "replace_keys": Operation(
        tag="Access",
        description=(
            "Replaces them all. Several count at once: to change a key, add the new one, sign with it, and "
            "then leave the old one out. With `jwksUri` the keys are read from the organisation's own https "
            "address and a new `kid` is looked for there, at most once a minute. `If-Match` is needed unless "
            "there are no keys yet. An organisation replaces its own with any token of its own; those of "
            "others need the scope."
        ),
        takes=ClientKeysBody,
        body_required=True,
        request_examples={"registered here": _REGISTERED, "published by oneself": _PUBLISHED},
        gives=ClientKeysBody,
        answer_example=_REGISTERED,
        parameters=("OrganisationId", "IfMatchOptional", "ProfessionalId"),
        headers=("ETag",),
        problems=(INVALID_REQUEST, MALFORMED_JSON, NOT_FOUND, PRECONDITION_FAILED, PRECONDITION_REQUIRED),
    ),
}
"""By the name that the table of routes gives."""
