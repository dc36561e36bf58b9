"""The authorizer, put together."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.api.authorizer import Authorizer
from chalicelib.observability import log
from chalicelib.security.tokens import TokenVerifier
from chalicelib.wiring import base
from chalicelib.wiring.access import refused_access, sparing_trail, token_key


@lru_cache(maxsize=1)
def authorizer() -> Authorizer:
    """Verifies tokens of this stage's issuer for this stage's interface."""
    settings = base.settings()
    return Authorizer(
        tokens=TokenVerifier(
            key=token_key(),
            issuer=settings.issuer,
            audience=settings.audience,
            clock=base.clock(),
        ),
        organisations=base.storage().organisations,
        log=log,
        refused=refused_access(),
        strangers=sparing_trail(),
    )
