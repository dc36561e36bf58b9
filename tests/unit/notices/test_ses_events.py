"""Reading what SES publishes of a mail."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from chalicelib.domain.notice import Heard, MailOutcome
from chalicelib.notices.ses_events import MailEvent, read_event
from tests.unit.notices.mail_events import bounce, complaint, delivery, ses_event

AT = datetime(2026, 11, 22, 9, 31, 0, 123_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "outcome", "suppressed"),
    [
        (delivery(), MailOutcome.DELIVERED, False),
        (bounce(), MailOutcome.BOUNCED, False),
        (bounce(subtype="NoEmail"), MailOutcome.BOUNCED, False),
        (bounce(subtype="Suppressed"), MailOutcome.BOUNCED, True),
        (bounce(subtype="OnAccountSuppressionList"), MailOutcome.BOUNCED, True),
        (bounce("Transient", "MailboxFull"), MailOutcome.RETURNED, False),
        (bounce("Undetermined", "Undetermined"), MailOutcome.RETURNED, False),
        (complaint(), MailOutcome.COMPLAINED, False),
    ],
)
def test_an_event_says_what_became_of_which_mail(
    body: str, outcome: MailOutcome, *, suppressed: bool
) -> None:
    """And at which address, and when."""
    assert read_event(body) == MailEvent(
        message_id="mail-1", heard=Heard(outcome, AT), address="p1@school.example", suppressed=suppressed
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (delivery(), set()),
        (delivery(tells="lo-1.1.STARTED.aa, lo-2.1.ENDED.aa"), {"lo-1.1.STARTED.aa", "lo-2.1.ENDED.aa"}),
        (
            delivery(tells="lo-1.1.STAR").replace('"headersTruncated": false', '"headersTruncated": true'),
            set(),
        ),
    ],
)
def test_an_event_names_the_notices_of_its_mail(body: str, told: set[str]) -> None:
    """By the header, where SES gives all of it."""
    event = read_event(body)

    assert event is not None
    assert set(event.notice_ids) == told


@pytest.mark.parametrize(
    "body",
    [ses_event("Reject", reason="Bad content"), ses_event("Rendering Failure", errorMessage="no such thing")],
)
def test_a_mail_that_never_left_is_refused(body: str) -> None:
    """These have no moment of their own: the mail's stands for it."""
    event = read_event(body)

    assert event is not None
    assert event.heard == Heard(MailOutcome.REFUSED, datetime(2026, 11, 22, 9, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    "body",
    [
        "Successfully validated SNS topic for Amazon SES event publishing.",
        ses_event("Send"),
        ses_event("DeliveryDelay", delayType="MailboxFull"),
        json.dumps({"eventType": "Open"}),
        "[]",
        "",
    ],
)
def test_what_says_nothing_of_a_mails_end_is_none(body: str) -> None:
    """The greeting of a new topic, and kinds that nobody asked for."""
    assert read_event(body) is None


@pytest.mark.parametrize(
    "mistake",
    [
        {"mail": {}},
        {"mail": "x"},
        {"mail": {"messageId": "m", "destination": [], "timestamp": "2026-11-22T09:30:00Z"}},
        {"mail": {"messageId": "m", "destination": ["a@b.example"], "timestamp": "yesterday"}},
        {"mail": {"messageId": "m", "destination": ["a@b.example"], "timestamp": "2026-11-22T09:30:00"}},
        {"mail": {"messageId": "m", "destination": ["a@b.example"]}, "bounce": "secret@school.example"},
    ],
)
def test_an_event_that_is_not_as_documented_is_an_error_without_its_text(mistake: dict[str, object]) -> None:
    """It goes to the dead letters, not to the log."""
    with pytest.raises(ValueError, match=r"not an event of SES as documented: Bounce$"):
        read_event(json.dumps({"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}, **mistake}))
