"""The public keys by which an organisation's systems prove who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Jwk = Mapping[str, str]
"""A public JSON Web Key (RFC 7517), cut down to the members that are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedKeys:
    """What an organisation published at its ``jwks_uri``, as it was read at a moment."""

    keys: tuple[Jwk, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientKeys:
    """An organisation's keys: registered here, or published by itself.

    Attributes:
        keys: several count at once, so that they can be rotated; empty when they are at ``uri``.
        uri: of the organisation's own JWKS; None when ``keys`` are registered here.
        revision: raised by every change, not by fetching.
        fetched: None until read from ``uri``.
    """

    organisation_id: str
    keys: tuple[Jwk, ...]
    uri: str | None
    revision: int
    fetched: FetchedKeys | None = None

    @property
    def id(self) -> str:
        """What its entity tag is made of."""
        return f"{self.organisation_id}/keys"
