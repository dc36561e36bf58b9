"""The authorizer, put together."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.api.authorizer import Authorizer
from chalicelib.api.refused_access import RefusedAccess
from chalicelib.observability import log
from chalicelib.security.token_key import KmsTokenKey
from chalicelib.security.tokens import TokenVerifier
from chalicelib.wiring import base


@lru_cache(maxsize=1)
def authorizer() -> Authorizer:
    """Verifies tokens of this stage's issuer for this stage's interface."""
    settings = base.settings()
    return Authorizer(
        tokens=TokenVerifier(
            key=KmsTokenKey(settings.token_key, base.clock()),
            issuer=settings.issuer,
            audience=settings.audience,
            clock=base.clock(),
        ),
        organisations=base.storage().organisations,
        log=log,
        refused=refused_access(),
    )


def refused_access() -> RefusedAccess:
    """Writing down who was refused."""
    return RefusedAccess(audit=base.storage().audit, names=base.names(), clock=base.clock())
