"""The mails that left through the embedded AWS, as a mail program would read them."""

from __future__ import annotations

import base64
import json
import urllib.request
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from infra.isolation import LOCAL_ACCOUNT


@dataclass(frozen=True, slots=True)
class Mail:
    """One sent mail: its SES id, its receivers, when it left (seconds since 1970) and the message itself."""

    message_id: str
    to: tuple[str, ...]
    sent_at: float
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def read_mailbox(url: str, patience: float = 120.0) -> list[Mail]:
    """Every raw mail that was sent, oldest first, from the mailbox at ``url``; ``patience`` is in seconds."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=patience) as answer:
        records = json.load(answer)["messages"].get(LOCAL_ACCOUNT, [])
    mails = [
        Mail(
            message_id=record["MessageId"],
            to=tuple(record["To"]),
            sent_at=record["Timestamp"],
            message=message_from_bytes(
                base64.b64decode(record["Raw"]), _class=EmailMessage, policy=policy.default
            ),
        )
        for record in records
        if record["Raw"]
    ]
    return sorted(mails, key=lambda mail: mail.sent_at)
