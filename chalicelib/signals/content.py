"""One text per content of a request, whatever the order it was written in, to hash and compare (D10)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date

from chalicelib.signals.request import SignalRequest


def canonical(request: SignalRequest) -> str:
    """Canonical JSON: keys sorted, sets sorted, dates in ISO 8601, nothing left out."""
    return json.dumps(asdict(request), sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value: date | frozenset[str]) -> str | list[str]:
    return value.isoformat() if isinstance(value, date) else sorted(value)
