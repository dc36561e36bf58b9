"""Granting access tokens to organisations' systems that prove who they are (RFC 6749, 4.4; RFC 7523)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Protocol

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.domain.client_keys import Jwk
from chalicelib.domain.organisation import Organisation, OrganisationState, Scope
from chalicelib.ports.errors import NameTaken
from chalicelib.ports.storage import Storage, UniqueName
from chalicelib.ports.world import Names, Pseudonyms
from chalicelib.security.assertions import (
    Assertion,
    AssertionRefused,
    AssertionVerifier,
    ClaimedAssertion,
    Doubt,
    claimed,
)
from chalicelib.security.tokens import LONGEST_LIFE, TokenIssuer

OPERATION: Final = "request_token"
"""What the trail calls it."""

_SCOPE: Final = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*")
_LONGEST_SCOPE: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """What a system sends; ``scope`` None asks for all that its organisation was granted."""

    assertion: str
    client_id: str | None
    scope: str | None
    request_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedToken:
    """A signed access token and what it is good for."""

    token: str
    scopes: frozenset[Scope]
    life: timedelta


class ClientRefused(Exception):  # noqa: N818 - named as the domain's refusals are
    """The client is not believed, or not let in.

    Attributes:
        doubt: why, for the log.
        organisation_id: whom it says to be, when such an organisation is registered.
    """

    def __init__(self, doubt: Doubt, organisation_id: str | None) -> None:
        super().__init__(doubt)
        self.doubt = doubt
        self.organisation_id = organisation_id


class ScopeRefused(Exception):  # noqa: N818 - as ClientRefused
    """A scope that does not exist, or that the organisation was not granted."""


class FindsKeys(Protocol):
    """:class:`chalicelib.organisations.current_keys.CurrentKeys`."""

    def __call__(self, assertion: ClaimedAssertion) -> tuple[Jwk, ...]:
        """All keys of the client that is named."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantToken:
    """Grants tokens within what an organisation was granted; each assertion counts once."""

    storage: Storage
    keys: FindsKeys
    verifier: AssertionVerifier
    issuer: TokenIssuer
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock

    def __call__(self, request: TokenRequest) -> GrantedToken:
        """A token. Raises ClientRefused, ScopeRefused, StorageBusy.

        The entry in the trail and the use of the assertion are one write, before the token is told.
        """
        organisation, assertion = self._authenticated(request)
        asked = _scopes(request.scope, organisation)
        if asked is None:
            self._spend(assertion, self._entry(organisation, request, None), organisation)
            raise ScopeRefused
        token_id = self.names.new_id()
        token = self.issuer.issue(organisation.id, asked, LONGEST_LIFE, token_id=token_id)
        self._spend(assertion, self._entry(organisation, request, token_id), organisation)
        return GrantedToken(token=token, scopes=asked, life=LONGEST_LIFE)

    def _authenticated(self, request: TokenRequest) -> tuple[Organisation, Assertion]:
        said, organisation = self._named(request)
        try:
            assertion = self.verifier.verify(said, self.keys(said))
        except AssertionRefused as refused:
            raise ClientRefused(refused.doubt, organisation.id) from None
        if organisation.state is not OrganisationState.ACTIVE:
            raise ClientRefused(Doubt.NOT_ACTIVE, organisation.id)
        return organisation, assertion

    def _named(self, request: TokenRequest) -> tuple[ClaimedAssertion, Organisation]:
        """The registered organisation that the assertion says it is from."""
        try:
            said = claimed(request.assertion)
        except AssertionRefused as refused:
            raise ClientRefused(refused.doubt, None) from None
        organisation = self.storage.organisations.get(said.client_id)
        if organisation is None:
            raise ClientRefused(Doubt.UNKNOWN_CLIENT, None)
        if request.client_id not in (None, said.client_id):
            raise ClientRefused(Doubt.OTHER_CLIENT, organisation.id)
        return said, organisation

    def _spend(self, assertion: Assertion, entry: AuditEntry, organisation: Organisation) -> None:
        """Its id may be anything, a name too, so only a keyed hash is kept, and no longer than it counts."""
        digest = self.pseudonyms.digest("client-assertion", f"{assertion.client_id} {assertion.id}")
        name = UniqueName(name=f"assertion#{digest}", target=organisation.id, expires_at=assertion.ends_at)
        try:
            self.storage.clients.spend(name, entry)
        except NameTaken:
            raise ClientRefused(Doubt.REPLAYED, organisation.id) from None

    def _entry(self, organisation: Organisation, request: TokenRequest, token_id: str | None) -> AuditEntry:
        """Of a token, or of a scope that was not granted."""
        granted = token_id is not None
        return AuditEntry.of(
            Act.TOKEN_ISSUED if granted else Act.ACCESS_REFUSED,
            organisation.id if granted else f"{OPERATION}/SCOPE",
            organisation_id=organisation.id,
            professional_id=None,
            at=self.clock.now(),
            token=self.names.token(),
            outcome=Outcome.DONE if granted else Outcome.REFUSED,
            request_id=request.request_id,
            token_id=token_id,
        )


def _scopes(text: str | None, organisation: Organisation) -> frozenset[Scope] | None:
    """The scopes asked for, one at least and each granted; else None (RFC 6749, section 3.3)."""
    if text is None:
        return organisation.scopes or None
    if len(text) > _LONGEST_SCOPE or _SCOPE.fullmatch(text) is None:
        return None
    words = frozenset(text.split(" "))
    asked = frozenset(scope for scope in organisation.scopes if scope.value in words)
    return asked if len(asked) == len(words) else None
