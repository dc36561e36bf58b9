"""Events as SES publishes them, of one mail to one receiver."""

from __future__ import annotations

import json
from typing import Any

AT = "2026-11-22T09:31:00.123Z"


def ses_event(
    kind: str,
    message_id: str = "mail-1",
    to: str = "p1@school.example",
    tells: str | None = None,
    **detail: Any,
) -> str:
    """The text of an event; ``detail`` goes into the part about its kind, ``tells`` is ids of notices."""
    named = [{"name": "X-Notice-Id", "value": tells}] if tells is not None else []
    part = {"Rendering Failure": "failure"}.get(kind, kind.lower())
    return json.dumps(
        {
            "eventType": kind,
            "mail": {
                "timestamp": "2026-11-22T09:30:00.000Z",
                "source": "verwijsindex@x.example",
                "sendingAccountId": "000000000000",
                "messageId": message_id,
                "destination": [to],
                "headersTruncated": False,
                "headers": [{"name": "To", "value": to}, *named],
                "commonHeaders": {"to": [to], "subject": "Verwijsindex: 1 nieuwe match"},
                "tags": {"ses:configuration-set": ["verwijsindex-local"]},
            },
            part: detail,
        }
    )


def delivery(**mail: str) -> str:
    """It was taken by the receiver's server."""
    return ses_event("Delivery", **mail, timestamp=AT, smtpResponse="250 2.6.0 ok")


def bounce(kind: str = "Permanent", subtype: str = "General", **mail: str) -> str:
    """It came back."""
    return ses_event("Bounce", **mail, timestamp=AT, bounceType=kind, bounceSubType=subtype)


def complaint(**mail: str) -> str:
    """It was marked as spam."""
    return ses_event("Complaint", **mail, timestamp=AT, complaintFeedbackType="abuse")
