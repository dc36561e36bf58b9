"""A notice: the outbox row that becomes a mail and an event (D17, D18, D37)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final


class NoticeKind(StrEnum):
    """What is told: that a match arose, or that it ended; or what is asked: to confirm an own record.

    END_NEAR reminds of an own signal's last day; INFORMING_NEAR and INFORMING_OVERDUE of the last day on
    which the family has to be told of it, before and after (D30). ADVICE asks for it, on a request about
    an own signal, and TERM warns who handles a request of the day on which it is due (D31). SIGNAL_CORRECTED
    to SIGNAL_ERASED tell what a right of the family did to an own signal (D33; GDPR, article 19). A LOOK
    says nothing: it has delivery look whether there is something to say.
    """

    STARTED = "STARTED"
    ENDED = "ENDED"
    CONFIRMATION = "CONFIRMATION"
    END_NEAR = "END_NEAR"
    INFORMING_NEAR = "INFORMING_NEAR"
    INFORMING_OVERDUE = "INFORMING_OVERDUE"
    ADVICE = "ADVICE"
    TERM = "TERM"
    SIGNAL_CORRECTED = "SIGNAL_CORRECTED"
    SIGNAL_RESTRICTED = "SIGNAL_RESTRICTED"
    SIGNAL_RESTORED = "SIGNAL_RESTORED"
    SIGNAL_CLOSED = "SIGNAL_CLOSED"
    SIGNAL_ERASED = "SIGNAL_ERASED"
    LOOK = "LOOK"


REMINDERS: Final = frozenset({NoticeKind.END_NEAR, NoticeKind.INFORMING_NEAR, NoticeKind.INFORMING_OVERDUE})
"""What the index itself reminds of: of an own signal, and of a day."""
OF_REQUEST: Final = frozenset({NoticeKind.TERM})
"""What is about a request that the receiver handles; it has no signal."""
OF_MEASURE: Final = frozenset(
    {
        NoticeKind.SIGNAL_CORRECTED,
        NoticeKind.SIGNAL_RESTRICTED,
        NoticeKind.SIGNAL_RESTORED,
        NoticeKind.SIGNAL_CLOSED,
        NoticeKind.SIGNAL_ERASED,
    }
)
"""What tells of a measure that a decision on a right, or its handling, took on an own signal (D33)."""
OF_OWN_SIGNAL: Final = REMINDERS | OF_MEASURE | {NoticeKind.CONFIRMATION, NoticeKind.ADVICE}
"""What is about an own signal alone, and never stands beside a match."""
DATED: Final = REMINDERS | OF_REQUEST | {NoticeKind.ADVICE}
"""What names a day."""


class NoticeState(StrEnum):
    """PENDING → SENDING → SENT, or CANCELLED when it is no longer so; BOUNCED and FAILED by mail.

    OVERTAKEN is no longer so either, but its mail may have left before a crash: nobody knows, so that its
    receiver may have heard of it, and may not. BOUNCED came back: it stays due, and is told again once
    that may help (D28). UNREADABLE is written nowhere: it stands for a row of which nothing but its id is
    known.
    """

    PENDING = "PENDING"
    SENDING = "SENDING"
    SENT = "SENT"
    BOUNCED = "BOUNCED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    OVERTAKEN = "OVERTAKEN"
    UNREADABLE = "UNREADABLE"


STAYS_DUE: Final = frozenset({NoticeState.PENDING, NoticeState.SENDING, NoticeState.BOUNCED})
"""The states in which there is still something to be done."""
UNSAID: Final = frozenset({NoticeState.CANCELLED, NoticeState.OVERTAKEN})
"""The states of what was settled without being told for certain: should it become so again, it is said."""


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

    A CONFIRMATION is about a review, whose id is then ``match_id``: it may be shown to nobody. A reminder
    is about a signal, whose id it then is, and about a ``day``, told in ``episode``; ADVICE and TERM are
    about a request, and the day on which it is due. One of a measure is about a signal, whose revision
    after it is then ``episode``.
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

    @property
    def day(self) -> date | None:
        """The day that is named; None where there is none."""
        return date.fromordinal(self.episode) if self.kind in DATED else None


def reminder(kind: NoticeKind, signal_id: str, receiver: str, day: date, now: datetime) -> Notice:
    """A reminder of a day in the life of a signal: the same for the same day, so that it is given once."""
    return _about_signal(kind, signal_id, receiver, day.toordinal(), now)


def of_measure(kind: NoticeKind, signal_id: str, receiver: str, revision: int, now: datetime) -> Notice:
    """What tells of a measure on a signal: the same for the same revision, so that it is told once."""
    return _about_signal(kind, signal_id, receiver, revision, now)


def _about_signal(kind: NoticeKind, signal_id: str, receiver: str, episode: int, now: datetime) -> Notice:
    return Notice(
        id=notice_id(signal_id, episode, kind, receiver),
        kind=kind,
        state=NoticeState.PENDING,
        match_id=signal_id,
        episode=episode,
        receiver=receiver,
        signal_id=signal_id,
        created_at=now,
    )


def unreadable(named: str, receiver: str = "") -> Notice:
    """What stands for a notice whose row cannot be read; only ``id`` and ``match_id`` say anything.

    ``receiver`` is empty where only the row would tell it.
    """
    match_id, *_ = named.rsplit(".", 3)
    return Notice(
        id=named,
        kind=NoticeKind.LOOK,
        state=NoticeState.UNREADABLE,
        match_id=match_id,
        episode=0,
        receiver=receiver,
        signal_id=None,
        created_at=datetime.min.replace(tzinfo=UTC),
    )


def notice_id(match_id: str, episode: int, kind: NoticeKind, receiver: str) -> str:
    """Deterministic, so that no notice exists twice."""
    short = hashlib.sha256(receiver.encode()).hexdigest()[:8]
    return f"{match_id}.{episode}.{kind}.{short}"


def order_of_telling(notice: Notice) -> tuple[datetime, datetime, int, bool]:
    """By when it was told; of two told in one breath, what came to be said last is the last word."""
    told_at = notice.sent_at or notice.created_at
    return told_at, notice.created_at, notice.episode, notice.kind is NoticeKind.ENDED
