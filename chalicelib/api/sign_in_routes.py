"""The routes by which systems sign in, and of the keys they do it with."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import Route
from chalicelib.domain.organisation import Scope

SIGN_IN_ROUTES: Final = (
    Route(
        method="GET",
        path="/organisations/{organisationId}/keys",
        name="read_keys",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Read the public keys that an organisation signs in with",
        own=True,
    ),
    Route(
        method="PUT",
        path="/organisations/{organisationId}/keys",
        name="replace_keys",
        scope=Scope.ORGANISATIONS_MANAGE,
        statuses=(200,),
        summary="Replace the public keys that an organisation signs in with",
        own=True,
    ),
    Route(
        method="POST",
        path="/token",
        name="request_token",
        scope=None,
        statuses=(200,),
        summary="Get an access token",
    ),
    Route(
        method="GET",
        path="/.well-known/oauth-authorization-server",
        name="authorization_server",
        scope=None,
        statuses=(200,),
        summary="Find out how to get an access token",
        public=True,
    ),
    Route(
        method="GET",
        path="/jwks.json",
        name="token_keys",
        scope=None,
        statuses=(200,),
        summary="Read the public keys that access tokens are signed with",
        public=True,
    ),
)
