"""The event publisher over Amazon SNS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.notices.outcome import as_delivery_errors
from chalicelib.ports.errors import DeliveryRejected

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

_REFUSALS = frozenset({"NotFound", "NotFoundException", "InvalidParameter", "InvalidParameterException"})
_LARGEST_BYTES = 64 * 1024


class SnsEvents:
    """Publishes CloudEvents in structured JSON form; repeating one is harmless, it keeps its id."""

    def publish(self, topic_arn: str, event: Mapping[str, str | Mapping[str, str]]) -> None:
        """Publish one event. Raises DeliveryUnavailable, DeliveryRejected."""
        message = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        if len(message.encode()) > _LARGEST_BYTES:
            raise DeliveryRejected("an event is at most 64 KB")
        with as_delivery_errors(_REFUSALS):
            self._client.publish(
                TopicArn=topic_arn,
                Message=message,
                MessageAttributes={
                    "content-type": {"DataType": "String", "StringValue": "application/cloudevents+json"}
                },
            )

    @cached_property
    def _client(self) -> SNSClient:
        import boto3  # noqa: PLC0415 - slow to import, and only needed once something leaves
        from botocore.config import Config  # noqa: PLC0415 - as above

        twice = Config(
            connect_timeout=1, read_timeout=3, retries={"total_max_attempts": 2, "mode": "standard"}
        )
        return boto3.client("sns", config=twice)
