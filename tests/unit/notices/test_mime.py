"""Mails on the wire come through unbroken, whatever letters are in them."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.domain.organisation import ContactCard
from chalicelib.notices.letter import one_line
from chalicelib.notices.mail import render
from chalicelib.notices.mime import to_bytes
from chalicelib.ports.errors import DeliveryRejected
from chalicelib.ports.world import Mail
from tests.unit.notices.letters import ALL_KINDS, NURSE, make_block, make_letter, own
from tests.unit.notices.scene import REGION

VISIBLE = st.text(
    st.characters(exclude_categories=("C", "Z"), include_characters=" ."), min_size=1, max_size=80
).map(one_line)
CARDS = st.builds(
    ContactCard,
    organisation=VISIBLE,
    domain=st.none(),
    name=VISIBLE,
    function=VISIBLE,
    site=st.none() | VISIBLE,
    email=st.just("a@b.example"),
    telephone=st.none(),
)
MAIL = render(make_letter(*ALL_KINDS), REGION)


def parsed(message: bytes) -> EmailMessage:
    """The message as a mail program reads it."""
    return message_from_bytes(message, policy=default)


def part(message: EmailMessage, kind: str) -> str:
    """The body of one kind, with line ends as in the source."""
    body = message.get_body(preferencelist=(kind,))
    assert body is not None
    return cast(str, body.get_content()).replace("\r\n", "\n")


def test_a_mail_is_two_ways_of_saying_one_thing() -> None:
    """Text first, HTML last, every header readable."""
    message = parsed(to_bytes(MAIL, REGION.sender))

    assert message.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["From"] == "Verwijsindex Midden-Nederland <verwijsindex@midden-nederland.example>"
    assert message["To"] == "j.jansen@regenboog.example"
    assert message["Subject"] == MAIL.subject
    assert {name: message[name] for name in MAIL.headers} == MAIL.headers
    assert (part(message, "plain"), part(message, "html")) == (MAIL.text, MAIL.html)


def test_every_line_on_the_wire_is_plain_and_short() -> None:
    """Seven bits and at most 998 octets (RFC 5322 2.1.1), CRLF at each end."""
    many = replace(MAIL, headers={**MAIL.headers, "X-Notice-Id": ", ".join(["lo-" + "0" * 50] * 60)})

    message = to_bytes(many, REGION.sender)

    assert message.isascii()
    assert message.count(b"\n") == message.count(b"\r\n")
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert parsed(message)["X-Notice-Id"] == many.headers["X-Notice-Id"]


@given(CARDS, VISIBLE)
@example(NURSE, "[ \u00a1")
def test_a_card_with_any_letters_comes_through_unbroken(card: ContactCard, sender: str) -> None:
    """Accents, dotted and undotted letters, scripts of elsewhere, in card and sender's name."""
    mail = render(make_letter(own(make_block(card))), REGION)
    region = replace(REGION, name=sender)

    message = parsed(to_bytes(mail, region.sender))

    assert (part(message, "plain"), part(message, "html")) == (mail.text, mail.html)
    assert message["From"].addresses[0].addr_spec == REGION.address
    assert card.name is not None
    assert card.name in mail.text


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("to", "j.jansen@regenboog.example\r\nBcc: x@y.example"),
        ("to", "jörg@regenboog.example"),
        ("to", "nobody"),
        ("to", ""),
        ("to", "a@b.example, c@d.example"),
        ("subject", "one\nBcc: x@y.example"),
    ],
)
def test_a_header_that_cannot_be_is_refused(header: str, value: str) -> None:
    """Nothing is injected, nothing guessed."""
    values = {"to": MAIL.to, "subject": MAIL.subject, header: value}
    mail = Mail(**values, text=MAIL.text, html=MAIL.html, headers=MAIL.headers)

    with pytest.raises(DeliveryRejected):
        to_bytes(mail, REGION.sender)


def test_a_letter_that_no_charset_knows_is_refused() -> None:
    """Half a surrogate pair is no letter."""
    with pytest.raises(DeliveryRejected):
        to_bytes(replace(MAIL, text="\ud800"), REGION.sender)


def test_the_nurse_of_the_examples_is_no_odd_one() -> None:
    """The cards of the golden mails are among those that come through."""
    assert one_line(NURSE.organisation) == NURSE.organisation
