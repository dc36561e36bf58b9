"""The mappings from streams and queues to the functions: their options, and their replacement."""

from __future__ import annotations

import json
import time
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.account import Account
from infra.deployed import Deployed, forget_mapping
from infra.errors import InfraError
from infra.functions import MAPPED_FUNCTIONS, Function
from infra.stacks import Tell

_RETRIES: Final = 5
_PARALLEL: Final = 10
_OLDEST_SECONDS: Final = 12 * 3600
"""Half of what a stream keeps: what is older is told on the queue, rather than trimmed without a word."""
_LIMIT_SECONDS: Final = 300
_OFF: Final = "Disabled"
_GOING: Final = "Deleting"
_SETTLED: Final = frozenset({_OFF, "Enabled"})
"""Lambda refuses to change a mapping, or to delete it, that is on its way to one of these."""


def drop_stale_mappings(account: Account, before: Deployed, tell: Tell) -> None:
    """Delete the mappings that Chalice would trip over, so that it makes them anew.

    Those to a stream that is gone (Chalice silently keeps them when a table was recreated), and those that a
    deploy left behind that ended before it was recorded. Reading a stream again does no harm.
    """
    client = account.client("lambda")
    for function in MAPPED_FUNCTIONS:
        known, source = before.mapping_of(function.chalice_name), source_of(account, function)
        for mapping in mappings(client, account, function):
            if mapping["UUID"] != known or mapping["EventSourceArn"] != source:
                tell(f"{function.name}: replacing the mapping that wakes it")
                if mapping["State"] != _GOING:
                    _settled(client, mapping["UUID"], account.poll_seconds)
                    client.delete_event_source_mapping(UUID=mapping["UUID"])
                _await_end(client, mapping["UUID"], account.poll_seconds)
                forget_mapping(account.deployed_file, mapping["UUID"])


def settle_mappings(account: Account, after: Deployed, outputs: dict[str, str], tell: Tell) -> None:
    """Give each mapping its options: partial batches, bisecting, retries, a queue for what keeps failing.

    One that was switched off, by hand or by AWS, is switched on again.
    """
    client = account.client("lambda")
    for function in MAPPED_FUNCTIONS:
        wanted = options(function, outputs)
        found = _settled(client, after.mapping_of(function.chalice_name), account.poll_seconds)
        if any(found.get(name) != value for name, value in wanted.items()) or found["State"] == _OFF:
            tell(f"{function.name}: setting the options of the mapping that wakes it")
            client.update_event_source_mapping(UUID=found["UUID"], Enabled=True, **wanted)


def source_of(account: Account, function: Function) -> str | None:
    """The ARN of what should wake a function; of a stream the table's, which may be newer than its stack."""
    if function.queue:
        return _queue_arn(account, f"{account.stage.prefix}-{function.queue}")
    client = account.client("dynamodb")
    table = client.describe_table(TableName=f"{account.stage.prefix}-{function.stream}")["Table"]
    found: str | None = table.get("LatestStreamArn")
    return found


def mappings(client: Any, account: Account, function: Function) -> list[dict[str, Any]]:
    """Every mapping that wakes a function; none when there is no such function yet."""
    try:
        found = client.list_event_source_mappings(FunctionName=function.physical_name(account.stage.prefix))
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return []
        raise
    return list(found["EventSourceMappings"])


def options(function: Function, outputs: dict[str, str]) -> dict[str, Any]:
    """The options of a function's mapping, as `update_event_source_mapping` takes them."""
    if function.queue:
        return {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
    pattern = json.dumps({"eventName": list(function.wakes_on)})
    return {
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": _RETRIES,
        "MaximumRecordAgeInSeconds": _OLDEST_SECONDS,
        "ParallelizationFactor": _PARALLEL,
        "MaximumBatchingWindowInSeconds": 0,
        "FilterCriteria": {"Filters": [{"Pattern": pattern}]},
        "DestinationConfig": {"OnFailure": {"Destination": outputs[function.failures_output]}},
    }


def _queue_arn(account: Account, name: str) -> str:
    client = account.client("sqs")
    url = client.get_queue_url(QueueName=name)["QueueUrl"]
    found = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return str(found["Attributes"]["QueueArn"])


def _settled(client: Any, mapping: str | None, pause: float) -> Any:
    """A mapping once it is on or off, as long as that does not take for ever."""
    deadline = time.monotonic() + _LIMIT_SECONDS
    while (found := client.get_event_source_mapping(UUID=mapping))["State"] not in _SETTLED:
        if time.monotonic() > deadline:
            raise InfraError(
                f"the stream mapping {mapping} is still {found['State']} after {_LIMIT_SECONDS} s; "
                "deploy again later"
            )
        time.sleep(pause)
    return found


def _await_end(client: Any, mapping: str, pause: float) -> None:
    deadline = time.monotonic() + _LIMIT_SECONDS
    while time.monotonic() < deadline:
        try:
            client.get_event_source_mapping(UUID=mapping)
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return
            raise
        time.sleep(pause)
    raise InfraError(
        f"the stream mapping {mapping} is still there after {_LIMIT_SECONDS} s; deploy again later"
    )
