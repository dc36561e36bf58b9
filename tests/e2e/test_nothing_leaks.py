"""A marked person through the whole index: not one raw trace outside what is sealed (D39, D40)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Region, about

pytestmark = pytest.mark.e2e

FAMILY = {
    "surname": "Zqkwaliteit",
    "givenNames": "Xyvonder",
    "street": "Merktekenlaan",
    "city": "Kenmerkstad",
    "parent": "Ouderteken",
    "birthDate": "2012-08-17",
    "parentBirthDate": "1983-04-19",
    "postalCode": "9876ZQ",
}


def _marked(region: Region) -> dict[str, Any]:
    youth = about(region, surname="x")
    return {
        **youth,
        "surname": FAMILY["surname"],
        "givenNames": FAMILY["givenNames"],
        "initials": "X.",
        "birthDate": FAMILY["birthDate"],
        "address": {
            **youth["address"],
            "street": FAMILY["street"],
            "city": FAMILY["city"],
            "postalCode": FAMILY["postalCode"],
            "secret": True,
        },
        "parents": [
            {"givenNames": "Anna", "surname": FAMILY["parent"], "birthDate": FAMILY["parentBirthDate"]}
        ],
    }


def _traces(text: str, marks: set[str]) -> set[str]:
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


def test_a_marked_person_leaves_no_raw_trace(region: Region, stack: Stack) -> None:
    """In tables, streams, logs, queues, copies, figures and mails, after a whole life with refusals."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = _marked(region)
    marks = {*FAMILY.values(), youth["bsn"]}
    mine, _ = school.give(youth), nurse.give(youth)
    refused = [
        school.call("POST", "/signals", {**school.signal(youth), "reason": f"about {FAMILY['surname']}"}),
        school.call("POST", "/signals", school.signal({**youth, "birthDate": FAMILY["surname"]})),
        school.call("POST", "/signals", school.signal({**youth, "address": FAMILY["surname"]})),
        school.call("GET", f"/signals?surname={FAMILY['surname']}"),
        school.call("GET", f"/signals/{FAMILY['surname']}"),
        school.call("POST", f"/{FAMILY['surname']}", {}),
        region.call("POST", "/signals", school.signal(youth), Authorization=f"Bearer {FAMILY['surname']}"),
    ]
    region.wait_until_quiet()
    school.matches(mine["id"])
    school.close(mine["id"])
    region.wait_until_quiet()

    assert [answer.status for answer in refused] == [400, 400, 400, 400, 404, 404, 401]
    assert not _traces("".join(answer.text + str(answer.headers) for answer in refused[:6]), marks)
    mails = [mail.message.as_string() + mail.text + mail.html for mail in region.mails_to(school)]
    mails += [mail.message.as_string() + mail.text + mail.html for mail in region.mails_to(nurse)]
    assert mails
    places = {
        "tables": _rows(stack),
        "streams": _streams(stack),
        "logs": _logs(stack),
        "queues": _queues(stack),
        "copies of the audit trail": _copies(stack),
        "metrics": _metrics(stack),
        "mails": iter(mails),
    }
    found = {place: set().union(*(_traces(text, marks) for text in texts)) for place, texts in places.items()}
    assert found == {place: set() for place in places}


def test_the_search_for_traces_finds_what_is_there() -> None:
    """The scan above would see a mark in the clear, in another case, and in Base64."""
    marks = {"Zqkwaliteit"}
    hidden = [base64.b64encode(f"{'y' * offset}Zqkwaliteit en meer".encode()).decode() for offset in range(3)]

    assert all(_traces(text, marks) for text in ["x Zqkwaliteit", "ZQKWALITEIT", *hidden])
    assert not _traces("nothing here", marks)
