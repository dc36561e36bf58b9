"""What a stream's mapping does with records that fail: partial batches, bisecting, retries, at last a queue.

The stock poller looks at errors of the whole function alone, and then tries the same batch for ever.
Here, as on AWS, the records from the first that failed are tried again up to ``MaximumRetryAttempts``
times, halved when the function fails as a whole, and then told to the on-failure destination by their
positions. They are tried again beside the stream (AWS: another lane of the parallelisation), so that
nothing waits for them.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

from ministack.core.concurrency import spawn_background
from ministack.services import dynamodb, lambda_svc

from infra.emulator import stream_lanes

FIRST_PAUSE = 0.1
"""Seconds before the first retry; doubled before each next one."""

Record = dict[str, Any]
Invoke = Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]


def teach() -> None:
    """Let the poller of DynamoDB streams call functions through `Attempts`."""
    poll, invoke = lambda_svc._poll_dynamodb_streams, lambda_svc._execute_function
    read = dynamodb.stream_records_since
    polling = _Polling()

    def poll_streams() -> bool:
        polling.now = True
        try:
            return bool(poll())
        finally:
            polling.now = False

    def execute(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        mapping = _mapping_of(function, event) if polling.now else None
        if mapping is None:
            return dict(invoke(function, event))
        return stream_lanes.run(mapping, event["Records"], Attempts(mapping, function, invoke).first)

    def records_since(table: str, position: int, most: int, **scope: Any) -> list[Record]:
        return list(read(table, position, stream_lanes.widened(most) if polling.now else most, **scope))

    dynamodb.stream_records_since = records_since
    lambda_svc._poll_dynamodb_streams = poll_streams
    lambda_svc._execute_function = execute


class _Polling(threading.local):
    """Whether this thread is the poller."""

    now = False


class Attempts:
    """All attempts at one batch of a mapping."""

    def __init__(self, mapping: dict[str, Any], function: dict[str, Any], invoke: Invoke) -> None:
        self._mapping = mapping
        self._function = function
        self._invoke = invoke

    def first(self, records: list[Record]) -> dict[str, Any]:
        """Try a batch and answer that the stream may go on; what failed is tried again beside it."""
        result = self._invoke(self._function, {"Records": records})
        failed = self._failed(result, records)
        if failed:
            spawn_background(self._again, failed, result, 1, thread_name="ministack-stream-retry")
        return {**result, "error": False}

    def _again(self, records: list[Record], result: dict[str, Any], attempt: int) -> None:
        if attempt > int(self._mapping.get("MaximumRetryAttempts", 0)):
            self._give_up(records, result)
            return
        time.sleep(FIRST_PAUSE * 2 ** (attempt - 1))
        for part in self._parts(records, result):
            result = self._invoke(self._function, {"Records": part})
            failed = self._failed(result, part)
            if failed:
                self._again(failed, result, attempt + 1)

    def _parts(self, records: list[Record], result: dict[str, Any]) -> list[list[Record]]:
        """Both halves when the function failed as a whole and the mapping bisects."""
        half = len(records) // 2
        bisects = result.get("error") and self._mapping.get("BisectBatchOnFunctionError") and half
        return [records[:half], records[half:]] if bisects else [records]

    def _failed(self, result: dict[str, Any], records: list[Record]) -> list[Record]:
        """The records from the first that failed; all of them when the function did."""
        if result.get("error"):
            return records
        if "ReportBatchItemFailures" not in self._mapping.get("FunctionResponseTypes", []):
            return []
        answer = result.get("body") or {}
        answer = json.loads(answer) if isinstance(answer, str) else answer
        named = {one["itemIdentifier"] for one in answer.get("batchItemFailures", [])}
        places = [place for place, one in enumerate(records) if one["dynamodb"]["SequenceNumber"] in named]
        return records[places[0] :] if places else []

    def _give_up(self, records: list[Record], result: dict[str, Any]) -> None:
        stream = self._mapping["EventSourceArn"]
        lambda_svc._send_ddb_stream_failure_record(
            self._mapping, self._function, records, stream, result, "RetryAttemptsExhausted"
        )


def _mapping_of(function: dict[str, Any], event: dict[str, Any]) -> dict[str, Any] | None:
    """The mapping from the stream of these records to this function."""
    name = (function.get("config") or function).get("FunctionName")
    stream = event["Records"][0].get("eventSourceARN")
    for _, _, mapping in lambda_svc._iter_all_esms():
        if mapping["EventSourceArn"] == stream and mapping["FunctionName"] == name:
            return dict(mapping)
    return None
