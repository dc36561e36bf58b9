"""Topics of organisations on SNS."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.ports.errors import StorageBusy

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient


@lru_cache(maxsize=1)
def sns_client() -> SNSClient:
    """SNS in the stage's region."""
    import boto3  # noqa: PLC0415 - slow to import, and only on-boarding needs it
    from botocore.config import Config  # noqa: PLC0415 - as above

    twice = Config(connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 2, "mode": "standard"})
    return boto3.client("sns", config=twice)


@dataclass(frozen=True, slots=True)
class SnsTopics:
    """Topics named ``<prefix>events-<organisation id>``; the prefix is that of the stage's tables."""

    prefix: str
    client: Callable[[], SNSClient] = sns_client

    def open_to(self, organisation_id: str, account: str) -> str:
        """The ARN of the organisation's topic, open to one account for subscribing."""
        sns = self.client()
        with _busy():
            arn = sns.create_topic(Name=f"{self.prefix}events-{organisation_id}")["TopicArn"]
            sns.set_topic_attributes(
                TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(topic_policy(arn, account))
            )
        return arn

    def close(self, topic_arn: str) -> None:
        """Take a topic away: who was subscribed hears no more."""
        with _busy():
            self.client().delete_topic(TopicArn=topic_arn)


@contextmanager
def _busy() -> Iterator[None]:
    """Nothing of the organisation was written yet: trying again is right."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise StorageBusy(type(error).__name__) from error


def topic_policy(arn: str, account: str) -> dict[str, Any]:
    """Who may subscribe: one account, over TLS, and nobody else whatever IAM would allow them.

    Publishing is left to the functions' own roles, which are of the topic's account.
    """
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "TheOrganisationSubscribes",
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                "Action": "sns:Subscribe",
                "Resource": arn,
            },
            {
                "Sid": "NobodyElseSubscribes",
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sns:Subscribe",
                "Resource": arn,
                "Condition": {"StringNotEquals": {"aws:PrincipalAccount": account}},
            },
            {
                "Sid": "NothingInTheClear",
                "Effect": "Deny",
                "Principal": "*",
                "Action": ["sns:Subscribe", "sns:Publish"],
                "Resource": arn,
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            },
        ],
    }
