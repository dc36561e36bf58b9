"""Topics of organisations on SNS."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from chalicelib.organisations.sns import SnsTopics, sns_client, topic_policy

ARN = "arn:aws:sns:eu-central-1:123456789012:verwijsindex-local-events-regenboog"


@pytest.fixture(autouse=True)
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty account."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        sns_client.cache_clear()
        yield
    sns_client.cache_clear()


def policy_of(arn: str) -> object:
    """The policy that a topic has."""
    return json.loads(boto3.client("sns").get_topic_attributes(TopicArn=arn)["Attributes"]["Policy"])


def test_a_topic_is_made_under_the_stages_name_with_its_policy() -> None:
    """Where the functions may publish."""
    topics = SnsTopics("verwijsindex-local-")

    assert topics.open_to("regenboog", "111122223333") == ARN
    assert policy_of(ARN) == topic_policy(ARN, "111122223333")


def test_asking_again_opens_it_to_another_account_only() -> None:
    """The same topic, closed to the first one."""
    topics = SnsTopics("verwijsindex-local-")
    topics.open_to("regenboog", "111122223333")

    assert topics.open_to("regenboog", "444455556666") == ARN
    assert policy_of(ARN) == topic_policy(ARN, "444455556666")


def test_a_topic_that_is_closed_is_gone_with_its_subscriptions() -> None:
    """Closing it again is harmless."""
    topics, sns = SnsTopics("verwijsindex-local-"), boto3.client("sns")
    topics.open_to("regenboog", "111122223333")
    sns.subscribe(TopicArn=ARN, Protocol="https", Endpoint="https://regenboog.example/events")

    topics.close(ARN)
    topics.close(ARN)

    assert sns.list_topics()["Topics"] == []
    assert sns.list_subscriptions()["Subscriptions"] == []


def test_only_the_organisations_account_can_subscribe() -> None:
    """It is allowed to, and everybody else is denied it whatever IAM says."""
    allow, deny, in_the_clear = topic_policy(ARN, "111122223333")["Statement"]

    assert (allow["Effect"], allow["Principal"], allow["Action"]) == (
        "Allow",
        {"AWS": "arn:aws:iam::111122223333:root"},
        "sns:Subscribe",
    )
    assert (deny["Effect"], deny["Principal"], deny["Action"], deny["Condition"]) == (
        "Deny",
        "*",
        "sns:Subscribe",
        {"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}},
    )
    assert in_the_clear["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
