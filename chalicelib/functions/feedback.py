"""The function ``feedback``: records what became of the mails (D28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.functions.records import BatchAnswer, each_message, time_left
from chalicelib.notices.feedback import Hearing
from chalicelib.notices.ses_events import read_event
from chalicelib.observability import Code, log
from chalicelib.ports.errors import StorageBusy
from chalicelib.wiring.feedback import hear_of_mail

_CODES = {
    Hearing.RECORDED: Code.MAIL_HEARD_OF,
    Hearing.FLAGGED: Code.ADDRESS_FLAGGED,
    Hearing.UNKNOWN: Code.MAIL_UNKNOWN,
}


def feedback(event: Mapping[str, Any], context: Any) -> BatchAnswer:
    """Take a batch of the queue that SES's events come by; what says nothing of a mail's end is left."""
    hear, enough = hear_of_mail(), time_left(context)

    def act(text: str, sent_at: datetime) -> None:
        if not enough():
            raise StorageBusy("out of time before this message")
        heard = read_event(text)
        if heard is not None:
            hearing = hear(heard, published_at=sent_at)
            log(_CODES[hearing], mail=heard.message_id, outcome=heard.heard.outcome.value)

    return each_message(event, act, _failed)


def _failed(message: str, error: Exception) -> None:
    """By the class of the error alone: the message holds an address."""
    log(Code.FEEDBACK_FAILED, message_id=message, error=type(error).__name__)
