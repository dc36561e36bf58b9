"""A notice: the outbox row that becomes a mail and an event (D17, D18, D37)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    """What is told: that a match arose, or that it ended; or what is asked: to confirm an own record."""

    STARTED = "STARTED"
    ENDED = "ENDED"
    CONFIRMATION = "CONFIRMATION"


class NoticeState(StrEnum):
    """PENDING → SENDING → SENT, or CANCELLED when it is no longer so; BOUNCED and FAILED by mail."""

    PENDING = "PENDING"
    SENDING = "SENDING"
    SENT = "SENT"
    BOUNCED = "BOUNCED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice for one receiver about one episode of one match; holds ids only.

    A CONFIRMATION is about a review, whose id is then ``match_id``: it may be shown to nobody.
    ``signal_id`` is the receiver's own signal, None for a municipal supervisor (D17).
    ``message_id`` is what the mail service called the mail, for bounces.
    """

    id: str
    kind: NoticeKind
    state: NoticeState
    match_id: str
    episode: int
    receiver: str
    signal_id: str | None
    created_at: datetime
    sent_at: datetime | None = None
    message_id: str | None = None
    attempts: int = 0
    due_at: datetime | None = None


def notice_id(match_id: str, episode: int, kind: NoticeKind, receiver: str) -> str:
    """Deterministic, so that no notice exists twice (architecture.md, 3)."""
    short = hashlib.sha256(receiver.encode()).hexdigest()[:8]
    return f"{match_id}.{episode}.{kind}.{short}"
