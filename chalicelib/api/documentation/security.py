"""How a caller is let in, as the document tells it."""

from __future__ import annotations

from typing import Final

from chalicelib.api.documentation.answers import Part
from chalicelib.api.public import DOCUMENTED_BASE
from chalicelib.domain.organisation import Scope

SCHEME: Final = "accessToken"

_SCOPES: Final = {
    Scope.SIGNALS_WRITE: "Give, change and end the organisation's own signals.",
    Scope.SIGNALS_READ: "Read the organisation's own signals.",
    Scope.MATCHES_READ: "See who else is involved, for those in a match only.",
    Scope.MATCHES_WRITE: "Say how far the contact after a match is.",
    Scope.RIGHTS_HANDLE: "Handle what families ask: access, correction, objection, erasure.",
    Scope.SUPERVISION_READ: "Read figures, without persons.",
    Scope.ORGANISATIONS_MANAGE: "Register organisations and keep their rights.",
    Scope.AUDIT_READ: "Read the audit trail.",
    Scope.REVIEWS_DECIDE: "Decide on doubtful pairs.",
}


def schemes() -> Part:
    """The value of ``components.securitySchemes``."""
    return {
        SCHEME: {
            "type": "oauth2",
            "description": (
                "An access token (a signed JWT of at most an hour, for one organisation, with its scopes) "
                "by client credentials with a signed assertion (`private_key_jwt`, RFC 7523). It is sent in "
                "the `Authorization` header only. What the token endpoint takes stands in its metadata "
                f"(RFC 8414), {DOCUMENTED_BASE}/.well-known/oauth-authorization-server, and the keys that "
                f"tokens are signed with in {DOCUMENTED_BASE}/jwks.json (RFC 7517)."
            ),
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{DOCUMENTED_BASE}/token",
                    "scopes": {scope.value: _SCOPES[scope] for scope in Scope},
                }
            },
        }
    }
