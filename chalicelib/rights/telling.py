"""Who gave a signal is told what a right of the family did to it: not why, and of nobody (GDPR, art. 19)."""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain.notice import Notice, NoticeKind, of_measure
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal


def told_of(kind: NoticeKind, signal: Signal, now: datetime) -> Notice:
    """What its professional hears of a signal as a measure left it; of each revision once."""
    receiver = receiver_key(signal.organisation_id, signal.professional_id)
    return of_measure(kind, signal.id, receiver, signal.revision, now)


def told_that_it_is_erased(signal: Signal, now: datetime) -> tuple[Notice, ...]:
    """As :func:`told_of`, for an erasure to write with itself."""
    return (told_of(NoticeKind.SIGNAL_ERASED, signal, now),)
