"""What everybody needs who lets in or refuses, put together; nothing here reads a signature."""

from __future__ import annotations

from functools import lru_cache

from chalicelib.api.refused_access import RefusedAccess
from chalicelib.organisations.sparing_trail import SparingTrail
from chalicelib.security.token_key import KmsTokenKey, TokenKey
from chalicelib.wiring import base


@lru_cache(maxsize=1)
def token_key() -> TokenKey:
    """The keys of access tokens."""
    return KmsTokenKey(base.settings().token_key, base.clock())


@lru_cache(maxsize=1)
def sparing_trail() -> SparingTrail:
    """Where refusals go that anybody can cause."""
    return SparingTrail(base.storage().audit, base.clock())


def refused_access() -> RefusedAccess:
    """Writing down who was refused."""
    return RefusedAccess(audit=base.storage().audit, names=base.names(), clock=base.clock())
