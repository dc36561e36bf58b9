"""A malformed request, and how it is to be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.signal_bodies import JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """One malformed request, the status it must get, and where its fault is told to be.

    ``location`` is None where a problem names no place.
    """

    name: str
    status: int = 400
    method: str = "POST"
    path: str = "/signals"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: dict(JSON))
    location: str | None = None
