"""A mail as bytes on the wire: multipart/alternative, quoted-printable, any letter in any name."""

from __future__ import annotations

from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP

from chalicelib.ports.errors import DeliveryRejected
from chalicelib.ports.world import Mail


def to_bytes(mail: Mail, sender: str) -> bytes:
    """The message with CRLF line ends. Raises DeliveryRejected when no valid message can be made."""
    message = EmailMessage(policy=SMTP)
    try:
        message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
        for name, value in _headers(mail, sender).items():
            message[name] = value
        if not mail.to.isascii() or len(message["To"].addresses) != 1:
            raise DeliveryRejected("there must be one plain address")
        if any(header.defects for header in message.values()):
            raise DeliveryRejected("a header is malformed")
        return message.as_bytes()
    except (ValueError, IndexError, MessageError) as error:
        raise DeliveryRejected("no valid message can be made") from error


def _headers(mail: Mail, sender: str) -> dict[str, str]:
    """After the bodies: those that start with ``Content-`` would move into the first of them."""
    return {"From": sender, "To": mail.to, "Subject": mail.subject, **mail.headers}
