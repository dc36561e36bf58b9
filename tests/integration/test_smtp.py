"""Every kind of mail through a real SMTP server, read back by a strict parser: what receivers' servers see.

The server takes plain ASCII only (no SMTPUTF8, no 8BITMIME offered) and refuses lines that are too long.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import strict
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope

from chalicelib.domain.organisation import ContactCard, Language, MailTrouble
from chalicelib.notices.mail import render
from chalicelib.notices.mime import to_bytes
from chalicelib.notices.own_signals import OwnNews, render_own_news
from chalicelib.notices.unreachable import CameBack, render_unreachable
from chalicelib.ports.world import Mail
from infra.emulator import free_port
from tests.builders import make_professional, make_signal
from tests.unit.notices.letters import ALL_KINDS, NURSE, make_block, make_letter, own
from tests.unit.notices.scene import REGION
from tests.unit.notices.test_own_signals import make_question

_PATIENCE_SECONDS = 120
"""A busy machine needs long."""

LONGEST_LINE = 998
"""Octets without the line's end (RFC 5322, section 2.1.1)."""
ONCE = ("From", "To", "Subject", "Reply-To", "MIME-Version", "Content-Type", "Auto-Submitted", "X-Notice-Id")

ODD = ContactCard(
    organisation="Łódź & <Şik> “Zorg”",
    domain=None,
    name="Ğüneş D'Aubigné-van der Èé, dr. " + "x" * 60,
    function="Begeleider =?utf-8?q?niet?= \u200f",
    site="." * 3,
    email="a@b.example",
    telephone=None,
)
CROWD = tuple(replace(NURSE, name=f"P. de Wit-{number:03}") for number in range(150))


def _question(language: Language) -> Mail:
    card = make_professional(language=language)
    return render_own_news(card, [OwnNews(make_question(), make_signal("lo-s1"))], REGION)


def _unreachable(language: Language, trouble: MailTrouble, *numbers: str) -> Mail:
    came_back = CameBack(
        name="De Regenboog", trouble=trouble, numbers=numbers, language=language, notice_ids=("lo-1",)
    )
    return render_unreachable("office@regenboog.example", came_back, REGION)


MAILS: Mapping[str, Mail] = {
    **{f"match-{one}": render(make_letter(*ALL_KINDS, language=one), REGION) for one in Language},
    **{f"question-{one}": _question(one) for one in Language},
    **{
        f"unreachable-{one}-{trouble}": _unreachable(one, trouble, "S-7KQ4-M2XD")
        for one in Language
        for trouble in MailTrouble
    },
    "unreachable-supervisor": _unreachable(Language.DUTCH, MailTrouble.BOUNCES),
    "odd-letters": render(make_letter(own(make_block(ODD)), name="Zoë\u0308 Şahin"), REGION),
    "crowd": render(
        make_letter(
            own(make_block(*CROWD)), notice_ids=tuple(f"lo-{number:032x}.1.STARTED" for number in range(150))
        ),
        REGION,
    ),
}


@dataclass(slots=True)
class Inbox:
    """What a server took: of each mail its envelope."""

    port: int
    taken: list[Envelope] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a mail."""
        self.taken.append(envelope)
        return "250 OK"

    async def handle_EHLO(  # noqa: N802 - as above
        self, _server: SMTP, session: Any, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer neither 8-bit bodies nor UTF-8 in headers."""
        session.host_name = hostname
        return [one for one in responses if "8BITMIME" not in one and "SMTPUTF8" not in one]


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    """A mail server on this machine."""
    box = Inbox(free_port())
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, enable_SMTPUTF8=False, ready_timeout=_PATIENCE_SECONDS
    )
    controller.start()
    yield box
    controller.stop()


def _posted(inbox: Inbox, mail: Mail) -> bytes:
    """The bytes that the server took for a mail."""
    inbox.taken.clear()
    with smtplib.SMTP("127.0.0.1", inbox.port, timeout=_PATIENCE_SECONDS) as client:
        refused = client.sendmail(REGION.address, [mail.to], to_bytes(mail, REGION.sender))
    (envelope,) = inbox.taken
    assert (refused, envelope.mail_from, envelope.rcpt_tos) == ({}, REGION.address, [mail.to])
    return cast("bytes", envelope.original_content)


def _part(message: EmailMessage, kind: str) -> str:
    (part,) = [one for one in message.iter_parts() if one.get_content_type() == f"text/{kind}"]
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_passes_a_mail_server_and_a_strict_parser_unbroken(inbox: Inbox, name: str) -> None:
    """Both bodies and every header are what was meant; the plain text comes first (RFC 2046, 5.1.4)."""
    mail = MAILS[name]

    message = message_from_bytes(_posted(inbox, mail), policy=strict)

    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert {part["Content-Transfer-Encoding"] for part in message.iter_parts()} == {"quoted-printable"}
    assert (_part(message, "plain"), _part(message, "html")) == (mail.text, mail.html)
    assert message["Subject"] == mail.subject
    assert {header: message[header] for header in mail.headers} == dict(mail.headers)
    assert [address.addr_spec for address in message["From"].addresses] == [REGION.address]
    assert [address.addr_spec for address in message["To"].addresses] == [mail.to]


@pytest.mark.parametrize("name", MAILS)
def test_nothing_on_the_way_has_a_reason_to_rewrite_a_mail(inbox: Inbox, name: str) -> None:
    """A DKIM signature holds for bytes that nobody touches: ASCII, CRLF, short lines, no header twice."""
    raw = _posted(inbox, MAILS[name])
    head = raw.partition(b"\r\n\r\n")[0]
    fields = re.findall(rb"^([!-9;-~]+):", head, re.MULTILINE)

    assert raw.isascii()
    assert b"\0" not in raw
    assert raw.count(b"\r\n") == raw.count(b"\r") == raw.count(b"\n")
    assert max(map(len, raw.split(b"\r\n"))) <= LONGEST_LINE
    assert not [line for line in raw.split(b"\r\n") if line.endswith((b" ", b"\t"))]
    assert not [line for line in head.split(b"\r\n") if not line.strip()]
    assert all(fields.count(one.encode()) == 1 for one in ONCE)
    assert not {b"Bcc", b"Sender", b"Return-Path"} & set(fields)


def test_the_server_refuses_what_these_tests_are_about(inbox: Inbox) -> None:
    """A line that is too long; so that the tests above can fail."""
    with (
        smtplib.SMTP("127.0.0.1", inbox.port, timeout=_PATIENCE_SECONDS) as client,
        pytest.raises(smtplib.SMTPDataError),
    ):
        client.sendmail(REGION.address, ["a@b.example"], b"Subject: x\r\n\r\n" + b"y" * 2_000 + b"\r\n")
