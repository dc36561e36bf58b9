"""Moments as they are stored: ISO 8601 in UTC to the millisecond, so that text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def stored(moment: datetime) -> str:
    """``2026-11-22T09:30:00.000Z``. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def stored_or_none(moment: datetime | None) -> str | None:
    """As :func:`stored`; None stays None."""
    return None if moment is None else stored(moment)


def moment_of(text: str) -> datetime:
    """The moment a stored text names, aware, UTC."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """As :func:`moment_of`; None stays None."""
    return None if text is None else moment_of(text)
