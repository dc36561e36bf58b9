"""Sign-in, put together."""

from __future__ import annotations

from chalicelib.api.sign_in import SignIn, token_endpoint
from chalicelib.observability import log
from chalicelib.organisations.current_keys import CurrentKeys
from chalicelib.organisations.grant_token import GrantToken
from chalicelib.organisations.keep_keys import KeepKeys
from chalicelib.ports.world import Pseudonyms
from chalicelib.security.assertions import AssertionVerifier
from chalicelib.security.published_keys import PublishedKeys
from chalicelib.security.tokens import TokenIssuer
from chalicelib.wiring import base
from chalicelib.wiring.access import sparing_trail, token_key


def sign_in(pseudonyms: Pseudonyms) -> SignIn:
    """Grants tokens of this stage to who proves to be an organisation's system."""
    settings, storage, clock = base.settings(), base.storage(), base.clock()
    audiences = frozenset({settings.issuer, token_endpoint(settings.base_url)})
    grant = GrantToken(
        storage=storage,
        keys=CurrentKeys(clients=storage.clients, fetch=PublishedKeys(), clock=clock),
        verifier=AssertionVerifier(audiences=audiences, clock=clock),
        issuer=TokenIssuer(
            key=token_key(),
            issuer=settings.issuer,
            audience=settings.audience,
            names=base.names(),
            clock=clock,
        ),
        pseudonyms=pseudonyms,
        names=base.names(),
        clock=clock,
    )
    return SignIn(grant=grant, trail=sparing_trail(), log=log)


def keep_keys() -> KeepKeys:
    """Reads and replaces organisations' keys."""
    return KeepKeys(storage=base.storage(), names=base.names(), clock=base.clock())
