"""The mailer over SES, and the publisher over SNS, as moto plays them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string
from email.policy import default

import boto3
import pytest
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import RawMessage, ses_backends

from chalicelib.notices.events import CloudEvent
from chalicelib.notices.ses import SesMailer
from chalicelib.notices.sns import SnsEvents
from chalicelib.ports.errors import DeliveryRejected
from chalicelib.ports.world import Mail

REGION = "eu-central-1"
SENDER = "Verwijsindex Zuid-Holland <verwijsindex@x.example>"
MAIL = Mail(
    to="j.jansen@regenboog.example",
    subject="Verwijsindex: 1 nieuwe match",
    text="Beste Zoë Şahin,\n",
    html="<p>Beste Zoë Şahin,</p>\n",
    headers={"Auto-Submitted": "auto-generated", "X-Notice-Id": "lo-1.1.STARTED.00000000"},
)


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A region with nothing in it, and no real account within reach."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_PROFILE", raising=False)
    with mock_aws():
        yield


@pytest.fixture
def mailer() -> SesMailer:
    """A mailer whose sender is verified."""
    ses = boto3.client("ses")
    ses.verify_email_identity(EmailAddress="verwijsindex@x.example")
    ses.create_configuration_set(ConfigurationSet={"Name": "verwijsindex"})
    return SesMailer(sender=SENDER, configuration_set="verwijsindex")


def test_a_mail_arrives_at_ses_as_it_was_written(mailer: SesMailer) -> None:
    """Text and HTML, the sender by name, the headers, and the id that SES gave it."""
    message_id = mailer.send(MAIL)

    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    assert isinstance(sent, RawMessage)
    assert (sent.id, sent.source, set(sent.destinations)) == (message_id, "verwijsindex@x.example", {MAIL.to})
    message = message_from_string(sent.raw_data, policy=default)
    assert {name: message[name] for name in ("From", "To", "Subject", *MAIL.headers)} == {
        "From": SENDER,
        "To": MAIL.to,
        "Subject": MAIL.subject,
        **MAIL.headers,
    }
    bodies = [part.get_content().replace("\r\n", "\n") for part in message.iter_parts()]
    assert bodies == [MAIL.text, MAIL.html]


def test_a_mail_that_cannot_be_written_never_reaches_ses(mailer: SesMailer) -> None:
    """Refused before the call."""
    with pytest.raises(DeliveryRejected):
        mailer.send(replace(MAIL, to="nobody"))

    assert ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages == []


def test_an_event_reaches_the_topic_as_structured_json() -> None:
    """A subscriber's queue holds exactly the event."""
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    topic = sns.create_topic(Name="verwijsindex-local-school")["TopicArn"]
    queue = sqs.create_queue(QueueName="school")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    event: CloudEvent = {"specversion": "1.0", "id": "lo-1", "data": {"matchId": "lo-1"}}

    SnsEvents().publish(topic, event)

    (message,) = sqs.receive_message(QueueUrl=queue, MessageAttributeNames=["All"])["Messages"]
    assert json.loads(message["Body"]) == event
    assert message["MessageAttributes"]["content-type"]["StringValue"] == "application/cloudevents+json"


def test_a_topic_that_is_gone_refuses_for_good() -> None:
    """The organisation left."""
    with pytest.raises(DeliveryRejected):
        SnsEvents().publish(f"arn:aws:sns:{REGION}:{DEFAULT_ACCOUNT_ID}:gone", {"id": "lo-1"})


def test_an_event_that_is_too_large_is_refused() -> None:
    """An event holds ids; 64 KB is the contract."""
    with pytest.raises(DeliveryRejected):
        SnsEvents().publish("arn", {"id": "x" * 65_536})
