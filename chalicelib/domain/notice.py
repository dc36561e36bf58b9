"""A notice: the outbox row that becomes a mail and an event (D17, D18, D37)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What is told: that a match arose, or that it ended; or what is asked: to confirm an own record.

    A LOOK says nothing: it has delivery look whether there is something to say.
    """

    STARTED = "STARTED"
    ENDED = "ENDED"
    CONFIRMATION = "CONFIRMATION"
    LOOK = "LOOK"


class NoticeState(StrEnum):
    """PENDING → SENDING → SENT, or CANCELLED when it is no longer so; BOUNCED and FAILED by mail.

    BOUNCED came back: it stays due, and is told again once that may help (D28).
    """

    PENDING = "PENDING"
    SENDING = "SENDING"
    SENT = "SENT"
    BOUNCED = "BOUNCED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


STAYS_DUE: Final = frozenset({NoticeState.PENDING, NoticeState.SENDING, NoticeState.BOUNCED})
"""The states in which there is still something to be done."""


class MailOutcome(StrEnum):
    """What the mail service told of a mail that it had taken.

    DELIVERED to the receiver's server. RETURNED: given up for now (a full mailbox). BOUNCED: there is
    no such mailbox, or it is suppressed. COMPLAINED: marked as spam. REFUSED: never sent, for what is
    in it.
    """

    DELIVERED = "DELIVERED"
    RETURNED = "RETURNED"
    BOUNCED = "BOUNCED"
    COMPLAINED = "COMPLAINED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, order=True)
class Heard:
    """One thing heard of a mail, and the moment it happened."""

    outcome: MailOutcome
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice for one receiver about one episode of one match; holds ids only.

    A CONFIRMATION is about a review, whose id is then ``match_id``: it may be shown to nobody.
    ``signal_id`` is the receiver's own signal, None for a municipal supervisor (D17).
    ``message_id`` is what the mail service called the mail that told it last; ``heard`` is what became
    of that mail, each outcome once.
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
    heard: tuple[Heard, ...] = ()
    attempts: int = 0
    due_at: datetime | None = None


def notice_id(match_id: str, episode: int, kind: NoticeKind, receiver: str) -> str:
    """Deterministic, so that no notice exists twice (architecture.md, 3)."""
    short = hashlib.sha256(receiver.encode()).hexdigest()[:8]
    return f"{match_id}.{episode}.{kind}.{short}"
