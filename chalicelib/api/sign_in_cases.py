"""What the endpoints of sign-in and of public keys call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    from chalicelib.domain.caller import Caller
    from chalicelib.domain.client_keys import ClientKeys
    from chalicelib.organisations.grant_token import GrantedToken, TokenRequest
    from chalicelib.organisations.keep_keys import GivenKeys
    from chalicelib.security.token_key import PublicTokenKey


class SignsIn(Protocol):
    """:class:`chalicelib.api.sign_in.SignIn`."""

    def __call__(self, request: TokenRequest) -> GrantedToken:
        """A token. Raises OAuthRefusal, StorageBusy."""
        ...

    def refuse(self, reason: str, organisation_id: str | None, request_id: str | None) -> None:
        """Log and write down that somebody was refused. Raises StorageBusy."""
        ...


class KeepsKeys(Protocol):
    """:class:`chalicelib.organisations.keep_keys.KeepKeys`."""

    def read(self, caller: Caller, organisation_id: str) -> ClientKeys:
        """The keys. Raises OrganisationNotFound, StorageBusy."""
        ...

    def replace(
        self, caller: Caller, organisation_id: str, given: GivenKeys, revisions: Collection[int] | None
    ) -> ClientKeys:
        """Replace them. Raises OrganisationNotFound, OrganisationRefused, KeysRevised, StorageBusy."""
        ...


class TellsTokenKeys(Protocol):
    """:class:`chalicelib.security.token_key.TokenKey`."""

    def all(self) -> tuple[PublicTokenKey, ...]:
        """The public halves of all keys that access tokens are verified with. Raises StorageBusy."""
