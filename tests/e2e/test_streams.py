"""Streams for real: what their mappings say once deployed, and what becomes of a record that fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from infra.functions import STREAM_FUNCTIONS
from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("whole-region")]
"""A record that nobody can open stands in the way of who walks over the whole region."""

POSITIONS = {
    "shardId", "startSequenceNumber", "endSequenceNumber", "approximateArrivalOfFirstRecord",
    "approximateArrivalOfLastRecord", "batchSize", "streamArn",
}  # fmt: skip


@pytest.fixture
def empty_queue(stack: Stack) -> Iterator[None]:
    """No dead letter of another test is found here, and none of this one by another."""
    stack.client("sqs").purge_queue(QueueUrl=_queue(stack, "match"))
    yield
    stack.client("sqs").purge_queue(QueueUrl=_queue(stack, "match"))


@pytest.mark.parametrize(
    ("function", "events"),
    [
        ("match", ["INSERT", "MODIFY", "REMOVE"]),
        ("deliver", ["INSERT", "MODIFY"]),
        ("witness", ["INSERT", "MODIFY", "REMOVE"]),
    ],
)
def test_the_deployed_mapping_has_every_option(stack: Stack, function: str, events: list[str]) -> None:
    """Partial batches, bisecting, limits to retries and age, a queue for what keeps failing, and a filter."""
    found = _mapping(stack, function)

    options = {
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 5,
        "MaximumRecordAgeInSeconds": 43_200,
        "ParallelizationFactor": 10,
        "MaximumBatchingWindowInSeconds": 0,
        "BatchSize": 10,
        "DestinationConfig": {"OnFailure": {"Destination": _queue_arn(stack, function)}},
        "FilterCriteria": {"Filters": [{"Pattern": json.dumps({"eventName": events})}]},
        "State": "Enabled",
    }
    assert options == {name: found.get(name) for name in options}


def test_every_stream_function_has_one_mapping(stack: Stack) -> None:
    """No second one that would do everything twice."""
    counts = {one.name: len(_mappings(stack, one.name)) for one in STREAM_FUNCTIONS}

    assert counts == {"match": 1, "deliver": 1, "witness": 1}


def test_a_poisoned_record_ends_on_the_queue_and_holds_up_nobody(region: Region, empty_queue: None) -> None:
    """A signal whose person record does not open; others arrive, match and are told meanwhile."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    poisoned = school.give(about(region, surname="Gif"))
    region.wait_until_quiet()
    youth = about(region, surname="Door")

    with region.poisoned(poisoned["id"]):
        mine = school.give(youth)
        nurse.give(youth)

        region.mail_to(nurse)
        assert len(school.matches(mine["id"])) == 1
        until(lambda: _letter(region.stack, "match"))


def test_a_dead_letter_names_positions_only(region: Region, empty_queue: None) -> None:
    """Where in which stream, never a record: not even the id of the signal."""
    school = region.organisation("school")
    poisoned = school.give(about(region, surname="Brief"))
    region.wait_until_quiet()

    with region.poisoned(poisoned["id"]):
        until(lambda: _letter(region.stack, "match"))

    letter = _letter(region.stack, "match")
    told = json.loads(letter)
    assert set(told) == {
        "requestContext", "responseContext", "version", "timestamp", "DDBStreamBatchInfo",
    }  # fmt: skip
    assert set(told["DDBStreamBatchInfo"]) == POSITIONS
    assert told["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert poisoned["id"] not in letter
    assert region.tag not in letter


def test_a_signal_that_failed_is_listed_and_redriven(region: Region) -> None:
    """By its id, long after its stream forgot it; the sweep does not stumble over it meanwhile."""
    school = region.organisation("school")
    given = school.give(about(region, surname="Later"))
    region.wait_until_quiet()
    with region.poisoned(given["id"]):
        region.ask_reconcile(given["id"])
        region.run("sweep")
        listed = region.operate("failed", "list", "local")
    redriven = region.operate("failed", "redrive", "local", given["id"])
    region.run("sweep")
    region.wait_until_quiet()

    (line,) = [one for one in listed.stdout.splitlines() if given["id"] in one]
    assert line.endswith("\tattempts 1\tSealBroken")
    assert redriven.stdout == "asked for: 1; the next sweep takes them up\n"


def _mapping(stack: Stack, function: str) -> Any:
    (mapping,) = _mappings(stack, function)
    return stack.client("lambda").get_event_source_mapping(UUID=mapping["UUID"])


def _mappings(stack: Stack, function: str) -> list[Any]:
    name = f"{stage_named(LOCAL_STAGE).prefix}-{function}"
    found: list[Any] = stack.client("lambda").list_event_source_mappings(FunctionName=name)[
        "EventSourceMappings"
    ]
    return found


def _queue(stack: Stack, function: str) -> str:
    name = f"{stage_named(LOCAL_STAGE).prefix}-{function}-failures"
    return str(stack.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])


def _queue_arn(stack: Stack, function: str) -> str:
    attributes = stack.client("sqs").get_queue_attributes(
        QueueUrl=_queue(stack, function), AttributeNames=["QueueArn"]
    )
    return str(attributes["Attributes"]["QueueArn"])


def _letter(stack: Stack, function: str) -> str:
    """One of those that lie on the queue, or nothing; looking hides none."""
    answer = stack.client("sqs").receive_message(QueueUrl=_queue(stack, function), VisibilityTimeout=0)
    return "".join(one["Body"] for one in answer.get("Messages", []))
