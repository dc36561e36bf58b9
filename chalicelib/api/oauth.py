"""The errors of the token endpoint, in the shape that OAuth clients know (RFC 6749, section 5.2)."""

from __future__ import annotations

import json
from typing import Final

from chalicelib.api.messages import Response
from chalicelib.security.assertions import Doubt

NO_CACHE: Final = {"Pragma": "no-cache"}
"""Beside ``Cache-Control: no-store`` of every answer (RFC 6749, section 5.1)."""
CHALLENGE: Final = 'Bearer realm="verwijsindex", error="invalid_client"'

_NOT_BELIEVED: Final = "The assertion is not of a registered client, or not signed with one of its keys."
_TOLD: Final = {
    Doubt.TOO_LARGE: "The assertion is too large.",
    Doubt.MALFORMED: "The assertion is no signed JWT.",
    Doubt.WRONG_ALGORITHM: "An assertion is signed with PS256, RS256 or ES256.",
    Doubt.OTHER_CLIENT: "The client_id is not the sub of the assertion.",
    Doubt.WRONG_ISSUER: "The iss and the sub of an assertion are both the client_id.",
    Doubt.WRONG_AUDIENCE: "The aud of an assertion is the issuer or the token endpoint, and nothing else.",
    Doubt.EXPIRED: "The assertion has expired: it counts for five minutes.",
    Doubt.NOT_YET_VALID: "The assertion is from the future: is the clock right?",
    Doubt.BAD_CLAIMS: "An assertion has iss, sub, aud, iat, exp and jti; it expires within the hour.",
    Doubt.REPLAYED: "The assertion was used before: make a new one, with a new jti, for each request.",
    Doubt.NOT_ACTIVE: "The organisation may not use the index now.",
}
"""What the sender knows already, or may know because the signature was its own; the rest tells one thing."""


class OAuthRefusal(Exception):  # noqa: N818 - RFC 6749 calls it an error response
    """No token.

    Attributes:
        error: the code of RFC 6749.
        description: for developers; never anything of the request.
    """

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description

    def response(self) -> Response:
        """As it is answered: 401 for a client that is not believed, else 400."""
        body = json.dumps({"error": self.error, "error_description": self.description})
        if self.error == "invalid_client":
            return Response(status=401, body=body, headers={"WWW-Authenticate": CHALLENGE, **NO_CACHE})
        return Response(status=400, body=body, headers=NO_CACHE)


def invalid_client(doubt: Doubt) -> OAuthRefusal:
    """The client is not believed; a stranger is not told whether it was the client or the key."""
    return OAuthRefusal("invalid_client", _TOLD.get(doubt, _NOT_BELIEVED))
