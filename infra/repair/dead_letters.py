"""``failed purge``: empties the queue on which a stream's positions lie that were given up."""

from __future__ import annotations

import argparse
from typing import Final

import boto3

from infra.errors import InfraError
from infra.functions import STREAM_FUNCTIONS
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [function.name for function in STREAM_FUNCTIONS]
    parser.add_argument("function", choices=names, help="whose batches were given up")


def _purge(desk: Desk, options: argparse.Namespace) -> None:
    client = boto3.client("sqs")
    name = f"{desk.settings.table_prefix}{options.function}-failures"
    try:
        url = client.get_queue_url(QueueName=name)["QueueUrl"]
    except client.exceptions.QueueDoesNotExist as error:
        raise InfraError(f"there is no queue {name}: deploy first") from error
    counted = client.get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    try:
        client.purge_queue(QueueUrl=url)
    except client.exceptions.PurgeQueueInProgress as error:
        raise InfraError("this queue was purged within the last minute; wait, and look again") from error
    print(f"purged: {counted['Attributes']['ApproximateNumberOfMessages']}")


PURGE: Final = Action(
    "purge",
    "empty the queue of what a stream gave up, once the cause is gone: nothing rests on it",
    _arguments,
    _purge,
    Logged.asked("dead-letters"),
)
