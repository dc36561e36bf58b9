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
        message["From"] = sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        for name, value in mail.headers.items():
            message[name] = value
        if message.defects or any(header.defects for header in message.values()):
            raise DeliveryRejected("a header is malformed")
        if not mail.to.isascii():
            raise DeliveryRejected("the address needs SMTPUTF8")
        message.set_content(mail.text, charset="utf-8", cte="quoted-printable")
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
        return message.as_bytes()
    except (ValueError, IndexError, MessageError) as error:
        raise DeliveryRejected("no valid message can be made") from error
