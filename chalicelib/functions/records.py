"""What wakes a function in batches: which row changed, what the audit trail took in, or a message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypedDict

TIME_TO_STOP_MS = 20_000
"""Longer than any one call of AWS can take with its retries, so that what was begun can end."""


class Failure(TypedDict):
    """A record that Lambda must hand over again."""

    itemIdentifier: str


class BatchAnswer(TypedDict):
    """Lambda's partial-batch response: an empty list says that all went well."""

    batchItemFailures: list[Failure]


def each_changed(
    event: Mapping[str, Any], key: str, act: Callable[[str], None], failed: Callable[[str, Exception], None]
) -> BatchAnswer:
    """Call ``act`` once per distinct key in a DynamoDB stream event (keys-only view).

    A record that fails does not hold up the others: ``failed`` hears of it, and it is named in the answer.
    """
    outcome: dict[str, bool] = {}
    failures: list[Failure] = []
    for name, sequence in _changed(event, key):
        if name not in outcome:
            outcome[name] = _succeeds(act, name, failed)
        if not outcome[name]:
            failures.append({"itemIdentifier": sequence})
    return {"batchItemFailures": failures}


def each_record(
    event: Mapping[str, Any], act: Callable[[Mapping[str, Any]], None], failed: Callable[[Exception], None]
) -> BatchAnswer:
    """Call ``act`` with each record of a stream event; one that fails does not hold up the others."""
    failures: list[Failure] = []
    for record in event["Records"]:
        try:
            act(record)
        except Exception as error:  # noqa: BLE001 - as in `_succeeds`
            failed(error)
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}


def each_message(
    event: Mapping[str, Any], act: Callable[[str, datetime], None], failed: Callable[[str, Exception], None]
) -> BatchAnswer:
    """Call ``act`` with the text of each message of an SQS event and when it was sent there.

    A message that fails does not hold up the others: ``failed`` hears of it, and it is named in the answer.
    """
    failures: list[Failure] = []
    for record in event["Records"]:
        sent_at = datetime.fromtimestamp(int(record["attributes"]["SentTimestamp"]) / 1000, UTC)
        try:
            act(record["body"], sent_at)
        except Exception as error:  # noqa: BLE001 - as for records: the others must not wait for one
            failed(record["messageId"], error)
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def time_left(context: Any) -> Callable[[], bool]:
    """Whether the function has time to take up more work (``context`` is Lambda's)."""

    def enough() -> bool:
        return bool(context.get_remaining_time_in_millis() > TIME_TO_STOP_MS)

    return enough


def _changed(event: Mapping[str, Any], key: str) -> Iterator[tuple[str, str]]:
    for record in event["Records"]:
        change = record["dynamodb"]
        yield change["Keys"][key]["S"], change["SequenceNumber"]


def _succeeds(act: Callable[[str], None], name: str, failed: Callable[[str, Exception], None]) -> bool:
    try:
        act(name)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others must not wait whatever one holds
        failed(name, error)
        return False
    return True
