"""The function ``bearer``: lets in who carries a valid token of an active organisation."""

from __future__ import annotations

from chalice.app import AuthRequest, AuthResponse

from chalicelib.wiring.entrance import authorizer


def bearer(request: AuthRequest) -> AuthResponse:
    """What the gateway may let through. Raises UnauthorizedError."""
    return authorizer()(request)
