"""A look at all that a stack holds, raw, for words that were planted: where they stand in the clear."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.e2e.deployed_stack import Stack


def places(stack: Stack) -> dict[str, Iterator[str]]:
    """All that is stored or told of, as text, by what it is."""
    return {
        "tables": _rows(stack),
        "streams": _streams(stack),
        "logs": _logs(stack),
        "queues": _queues(stack),
        "copies of the audit trail": _copies(stack),
        "metrics": _metrics(stack),
    }


def traces(text: str, marks: set[str]) -> set[str]:
    """The marks found in a text: as they are, in any case, and in Base64 at each of its three offsets."""
    low = text.casefold()
    found = {mark for mark in marks if mark.casefold() in low}
    for mark in marks:
        for offset in range(3):
            encoded = base64.b64encode(b"x" * offset + mark.encode()).decode()
            core = encoded[(0, 2, 3)[offset] : -4]
            if len(core) > 4 and core in text:
                found.add(mark)
    return found


def found_in(where: dict[str, Iterator[str]], marks: set[str]) -> dict[str, set[str]]:
    """The marks by where they are; nothing of places where there is none."""
    found = {place: _all(texts, marks) for place, texts in where.items()}
    return {place: these for place, these in found.items() if these}


def _all(texts: Iterable[str], marks: set[str]) -> set[str]:
    return set().union(*(traces(text, marks) for text in texts))


def _rows(stack: Stack) -> Iterator[str]:
    dynamodb = stack.client("dynamodb")
    for page in dynamodb.get_paginator("list_tables").paginate():
        for table in page["TableNames"]:
            for rows in dynamodb.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
                yield json.dumps(rows["Items"], default=lambda value: value.decode("latin-1"))


def _streams(stack: Stack) -> Iterator[str]:
    streams = stack.client("dynamodbstreams")
    for stream in streams.list_streams()["Streams"]:
        described = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
        trail = described["TableName"] == f"{stack.prefix}audit"
        assert described["StreamViewType"] == ("NEW_IMAGE" if trail else "KEYS_ONLY")
        for shard in described["Shards"]:
            iterator = streams.get_shard_iterator(
                StreamArn=stream["StreamArn"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            records = streams.get_records(ShardIterator=iterator)["Records"]
            yield json.dumps(records, default=str)


def _logs(stack: Stack) -> Iterator[str]:
    yield (Path(stack.home) / "emulator.log").read_text(errors="replace")
    logs = stack.client("logs")
    for page in logs.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            events = logs.filter_log_events(logGroupName=group["logGroupName"])["events"]
            yield "\n".join(event["message"] for event in events)


def _queues(stack: Stack) -> Iterator[str]:
    sqs = stack.client("sqs")
    for url in sqs.list_queues().get("QueueUrls", []):
        yield json.dumps(
            sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0), default=str
        )


def _copies(stack: Stack) -> Iterator[str]:
    s3 = stack.client("s3")
    for bucket in s3.list_buckets()["Buckets"]:
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket["Name"]):
            for one in page.get("Versions", []):
                held = s3.get_object(Bucket=bucket["Name"], Key=one["Key"], VersionId=one["VersionId"])
                yield one["Key"] + held["Body"].read().decode() + json.dumps(held["Metadata"])


def _metrics(stack: Stack) -> Iterator[str]:
    for page in stack.client("cloudwatch").get_paginator("list_metrics").paginate():
        yield json.dumps(page["Metrics"], default=str)
