"""The function that hears of mails: each message for itself, and never an address in the log."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.functions import feedback as module
from chalicelib.functions.feedback import feedback
from chalicelib.notices.feedback import Hearing
from chalicelib.notices.ses_events import MailEvent
from chalicelib.observability import Code
from tests.unit.notices.mail_events import bounce, delivery, ses_event

IN_TIME: Any = SimpleNamespace(get_remaining_time_in_millis=lambda: 60_000)
LATE: Any = SimpleNamespace(get_remaining_time_in_millis=lambda: 1_000)


def messages(*bodies: str) -> dict[str, Any]:
    """An SQS event, its messages called 0, 1 and on."""
    return {
        "Records": [
            {"messageId": str(place), "body": body, "attributes": {"SentTimestamp": "1795339800123"}}
            for place, body in enumerate(bodies)
        ]
    }


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Code, dict[str, object]]]:
    """What is logged, while every mail is known but ``mail-9``, and ``mail-8`` breaks."""
    logged: list[tuple[Code, dict[str, object]]] = []

    def hear(event: MailEvent, *, published_at: object) -> Hearing:
        if event.message_id == "mail-8":
            raise RuntimeError(event.address)
        return Hearing.UNKNOWN if event.message_id == "mail-9" else Hearing.RECORDED

    monkeypatch.setattr(module, "hear_of_mail", lambda: hear)
    monkeypatch.setattr(module, "log", lambda code, **fields: logged.append((code, fields)))
    return logged


def test_a_message_that_fails_comes_again_alone(lines: list[tuple[Code, dict[str, object]]]) -> None:
    """By its id; the others are done, and no line holds an address."""
    batch = messages(delivery(), bounce(message_id="mail-8"), bounce(message_id="mail-9"), "{}")

    assert feedback(batch, IN_TIME) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    assert lines == [
        (Code.MAIL_HEARD_OF, {"mail": "mail-1", "outcome": "DELIVERED"}),
        (Code.FEEDBACK_FAILED, {"message_id": "1", "error": "RuntimeError"}),
        (Code.MAIL_UNKNOWN, {"mail": "mail-9", "outcome": "BOUNCED"}),
    ]


def test_an_event_that_cannot_be_read_fails(lines: list[tuple[Code, dict[str, object]]]) -> None:
    """It ends among the dead letters, where somebody looks."""
    batch = messages(ses_event("Bounce", bounceSubType="General"))

    assert feedback(batch, IN_TIME) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert lines == [(Code.FEEDBACK_FAILED, {"message_id": "0", "error": "ValueError"})]


def test_nothing_is_taken_up_that_cannot_end_in_time(lines: list[tuple[Code, dict[str, object]]]) -> None:
    """What is left comes again."""
    answer = feedback(messages(delivery(), delivery()), LATE)

    assert [one["itemIdentifier"] for one in answer["batchItemFailures"]] == ["0", "1"]
    assert {code for code, _ in lines} == {Code.FEEDBACK_FAILED}
