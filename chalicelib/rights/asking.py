"""What is said of an open request: a question to who gave a signal, a warning to who handles it (D31)."""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.rights import RightsRequest
from chalicelib.domain.signal import Signal


def advice_asked(request: RightsRequest, signal: Signal, now: datetime) -> Notice:
    """The question for advice (D31); its id makes asking twice one question."""
    receiver = receiver_key(signal.organisation_id, signal.professional_id)
    day = request.due_on.toordinal()
    return Notice(
        id=notice_id(request.id, day, NoticeKind.ADVICE, f"{receiver}#{signal.id}"),
        kind=NoticeKind.ADVICE,
        state=NoticeState.PENDING,
        match_id=request.id,
        episode=day,
        receiver=receiver,
        signal_id=signal.id,
        created_at=now,
    )


def term_near(request: RightsRequest, now: datetime) -> Notice:
    """The warning that a request is due, or overdue; each has its number, so that it is given once."""
    receiver = receiver_key(request.organisation_id, request.professional_id)
    day = request.due_on.toordinal()
    return Notice(
        id=notice_id(request.id, day, NoticeKind.TERM, f"{receiver}#{request.warned + 1}"),
        kind=NoticeKind.TERM,
        state=NoticeState.PENDING,
        match_id=request.id,
        episode=day,
        receiver=receiver,
        signal_id=None,
        created_at=now,
    )
