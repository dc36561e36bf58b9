"""What one delivery did; counts only, for metrics and logs."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """Counts of one delivery to one receiver.

    Attributes:
        busy: 1 when another delivery held the lease and nothing was done.
        mails: mails that left.
        sent: notices settled as SENT.
        cancelled: no longer so, or never to be told.
        overtaken: no longer so, and nobody knows whether their mail had left before a crash.
        failed: refused for good, or nobody to write to; deserves an alarm.
        postponed: kept for a later attempt, because mail or events were not available.
        held: kept until something else changes (a suspension, a reconcile to come, a missing card).
        unreadable: neither sent nor settled, because nobody can read what they say; deserves an alarm.
        events: events published.
        events_refused: events a topic refused for good; the mail had left.
    """

    busy: int = 0
    mails: int = 0
    sent: int = 0
    cancelled: int = 0
    overtaken: int = 0
    failed: int = 0
    postponed: int = 0
    held: int = 0
    unreadable: int = 0
    events: int = 0
    events_refused: int = 0

    def __add__(self, other: DeliveryReport) -> DeliveryReport:
        """Both together."""
        names = [field.name for field in fields(self)]
        return DeliveryReport(**{name: getattr(self, name) + getattr(other, name) for name in names})
