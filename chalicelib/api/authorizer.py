"""The authorizer ``bearer``: lets in who carries a valid token of an active organisation.

The gateway turns the one exception it knows, ``Unauthorized``, into its 401, and an answer that
allows nothing into its 403. Its answers are never cached, so a suspension holds at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

from chalice.app import AuthRequest, AuthResponse, AuthRoute

from chalicelib.api.log import Log
from chalicelib.api.passports import Passport, stamped
from chalicelib.api.refused_access import ENTRANCE, RefusedAccess
from chalicelib.domain.audit import SYSTEM
from chalicelib.domain.organisation import Organisation, OrganisationState
from chalicelib.observability import Code
from chalicelib.organisations.sparing_trail import SparingTrail
from chalicelib.ports.storage import OrganisationStore
from chalicelib.security.tokens import AccessToken, TokenRefused

_SCHEME: Final = "bearer"
_EVERYTHING: Final[list[str | AuthRoute]] = ["*"]
_NOTHING: Final[list[str | AuthRoute]] = []


class UnauthorizedError(Exception):
    """What API Gateway takes for a 401: an exception whose text is just this word."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


class VerifiesTokens(Protocol):
    """:class:`chalicelib.security.tokens.TokenVerifier`."""

    def verify(self, token: str) -> AccessToken:
        """What a token says. Raises TokenRefused."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorizer:
    """Verifies the token and reads the organisation, consistently, on every request."""

    tokens: VerifiesTokens
    organisations: OrganisationStore
    log: Log
    refused: RefusedAccess
    strangers: SparingTrail

    def __call__(self, request: AuthRequest) -> AuthResponse:
        """What the gateway may let through, with who calls.

        Who is refused is written down first, strangers sparingly. Raises UnauthorizedError without a valid
        token of a registered organisation, StorageBusy.
        """
        token = self._verified(request.token)
        organisation = self.organisations.get(token.organisation_id)
        if organisation is None:
            self.log(Code.TOKEN_REFUSED, reason="NO_ORGANISATION", organisation=token.organisation_id)
            self.refused(SYSTEM, f"{ENTRANCE}/{token.organisation_id}", token_id=token.token_id)
            raise UnauthorizedError
        if organisation.state is not OrganisationState.ACTIVE:
            self.log(Code.TOKEN_REFUSED, reason="NOT_ACTIVE", organisation=organisation.id)
            self.refused(organisation.id, ENTRANCE, token_id=token.token_id)
            return AuthResponse(routes=_NOTHING, principal_id=organisation.id)
        return _let_in(organisation, token)

    def _verified(self, header: str) -> AccessToken:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != _SCHEME or not token:
            self._refuse_stranger("NO_BEARER")
            raise UnauthorizedError
        try:
            return self.tokens.verify(token.strip())
        except TokenRefused as refused:
            self._refuse_stranger(refused.reason)
            raise UnauthorizedError from None

    def _refuse_stranger(self, reason: str) -> None:
        """Nothing that an unverified token says is believed, not even whose it is."""
        self.log(Code.TOKEN_REFUSED, reason=reason)
        self.strangers(SYSTEM, f"{ENTRANCE}/{reason}")


def _let_in(organisation: Organisation, token: AccessToken) -> AuthResponse:
    """A token's scopes count as far as the organisation still has them."""
    passport = Passport(
        organisation=organisation, scopes=token.scopes & organisation.scopes, token_id=token.token_id
    )
    return AuthResponse(routes=_EVERYTHING, principal_id=organisation.id, context=stamped(passport))
