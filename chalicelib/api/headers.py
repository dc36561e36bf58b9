"""The headers that every answer carries, ours and the gateway's."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

API_VERSION: Final = "1.0.0"
"""Semantic version of the interface; its first number is the ``v1`` of the path."""

ANY_ORIGIN: Final = "*"
"""Who may read the public documents in a browser; no other answer is for everybody."""

SECURITY_HEADERS: Final = {
    "API-Version": API_VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""All but ``Access-Control-Allow-Origin``, which depends on the stage and the resource."""

CHALLENGE: Final = 'Bearer realm="verwijsindex"'
"""``WWW-Authenticate`` of every 401 (RFC 6750, section 3)."""


def origin_of(base_url: str) -> str:
    """Scheme and host of the stage's public base: the only origin on the allow-list."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}"
