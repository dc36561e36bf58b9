"""What the archive told of a signal when it was given (D36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Whether there are earlier signals about the youth of a signal, and that they were looked at.

    Attributes:
        opened_at: when its professional opened them; None until then.
        opened_under: keyed hash of the Idempotency-Key of that request, if it had one.
    """

    signal_id: str
    earlier: bool
    opened_at: datetime | None = None
    opened_under: str | None = None
