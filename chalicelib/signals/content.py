"""One text per content of a request, whatever the order it was written in, to hash and compare (D10)."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from chalicelib.signals.request import SignalRequest


def canonical(request: SignalRequest) -> str:
    """Canonical JSON: keys sorted, sets sorted, dates in ISO 8601, nothing left out."""
    return json.dumps(request, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> str | list[str] | dict[str, Any]:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}
