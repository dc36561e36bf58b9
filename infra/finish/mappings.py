"""The mappings from the tables' streams to the functions: their options, and their replacement."""

from __future__ import annotations

from typing import Any, Final

from botocore.exceptions import ClientError

from infra.account import Account
from infra.deployed import Deployed
from infra.functions import STREAM_FUNCTIONS, Function
from infra.stacks import Tell

_RETRIES: Final = 5
_PARALLEL: Final = 10


def drop_stale_mappings(account: Account, before: Deployed, outputs: dict[str, str], tell: Tell) -> None:
    """Delete mappings to streams that are gone: Chalice silently keeps them when a table was recreated."""
    client = account.client("lambda")
    for function in STREAM_FUNCTIONS:
        mapping = _mapping_of(before, function)
        found = _described(client, mapping) if mapping else None
        if found and found["EventSourceArn"] != _stream(function, outputs):
            tell(f"{function.name}: replacing its mapping, the table is a new one")
            client.delete_event_source_mapping(UUID=mapping)


def settle_mappings(account: Account, after: Deployed, outputs: dict[str, str], tell: Tell) -> None:
    """Give each mapping its options: partial batches, bisecting, retries, a queue for what keeps failing."""
    client = account.client("lambda")
    for function in STREAM_FUNCTIONS:
        wanted = _options(function, outputs)
        found = client.get_event_source_mapping(UUID=_mapping_of(after, function))
        if any(found.get(name) != value for name, value in wanted.items()):
            tell(f"{function.name}: setting the options of its stream mapping")
            client.update_event_source_mapping(UUID=found["UUID"], **wanted)


def _options(function: Function, outputs: dict[str, str]) -> dict[str, Any]:
    return {
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": _RETRIES,
        "ParallelizationFactor": _PARALLEL,
        "MaximumBatchingWindowInSeconds": 0,
        "DestinationConfig": {
            "OnFailure": {"Destination": outputs[f"{function.name.capitalize()}FailuresArn"]}
        },
    }


def _stream(function: Function, outputs: dict[str, str]) -> str:
    return outputs[f"{str(function.stream).capitalize()}StreamArn"]


def _mapping_of(deployed: Deployed, function: Function) -> str | None:
    arn = deployed.functions.get(function.chalice_name)
    return deployed.mappings.get(arn) if arn else None


def _described(client: Any, mapping: str) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = client.get_event_source_mapping(UUID=mapping)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return None
        raise
    return found
