"""What SES publishes of a mail it had taken, read: which mail, what became of it, at whose address.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from chalicelib.domain.notice import Heard, MailOutcome
from chalicelib.ports.world import NOTICE_IDS

_SUPPRESSED: Final = frozenset({"Suppressed", "OnAccountSuppressionList"})
_DETAILS: Final = {
    "Bounce": "bounce",
    "Complaint": "complaint",
    "Delivery": "delivery",
    "Reject": "reject",
    "Rendering Failure": "failure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailEvent:
    """One event of a mail.

    Attributes:
        message_id: what SES called the mail when it took it.
        heard: what became of it.
        address: where it went; every mail of ours has one receiver.
        suppressed: whether SES did not even try, for the address is on a suppression list.
        notice_ids: the notices that the mail says it tells; none where SES gives its headers in part.
    """

    message_id: str
    heard: Heard
    address: str
    suppressed: bool
    notice_ids: frozenset[str] = frozenset()


def read_event(body: str) -> MailEvent | None:
    """The event in a message; None for one that says nothing of a mail's end.

    That is what SES sends a new topic to see whether it is there, and kinds of events that nobody
    asked for. Raises ValueError for an event that is not as documented: its text is not quoted.
    """
    try:
        event = json.loads(body)
    except ValueError:
        return None
    kind = event.get("eventType") if isinstance(event, dict) else None
    if kind not in _DETAILS:
        return None
    try:
        return _read(kind, event["mail"], event.get(_DETAILS[kind]) or {})
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise ValueError(f"not an event of SES as documented: {kind}") from None


def _read(kind: str, mail: Mapping[str, Any], detail: Mapping[str, Any]) -> MailEvent:
    at = datetime.fromisoformat(detail.get("timestamp") or mail["timestamp"])
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return MailEvent(
        message_id=str(mail["messageId"]),
        heard=Heard(_outcome(kind, detail), at),
        address=str(mail["destination"][0]),
        suppressed=detail.get("bounceSubType") in _SUPPRESSED,
        notice_ids=frozenset() if mail.get("headersTruncated") else _notice_ids(mail.get("headers") or ()),
    )


def _notice_ids(headers: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    named = (str(one["value"]) for one in headers if one["name"].casefold() == NOTICE_IDS.casefold())
    return frozenset(one.strip() for value in named for one in value.split(",") if one.strip())


def _outcome(kind: str, detail: Mapping[str, Any]) -> MailOutcome:
    if kind == "Bounce":
        return MailOutcome.BOUNCED if detail["bounceType"] == "Permanent" else MailOutcome.RETURNED
    if kind == "Complaint":
        return MailOutcome.COMPLAINED
    return MailOutcome.DELIVERED if kind == "Delivery" else MailOutcome.REFUSED
