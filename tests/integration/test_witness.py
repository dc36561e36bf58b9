"""The function `witness`: what it copies of the trail's stream, how often, and what it only tells."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from chalicelib.functions.witness import witness
from chalicelib.upkeep.audit_bucket import AuditBucket, s3_client
from chalicelib.upkeep.audit_copies import copy_of, signal_of
from chalicelib.wiring import base
from infra.chalice_config import environment
from infra.stages import LOCAL_STAGE, stage_named
from tests.integration.storage.bucket import MOTO_ACCOUNT, OIN, copies_in, make_bucket

STAGE = stage_named(LOCAL_STAGE)
CONTEXT: Any = SimpleNamespace(
    invoked_function_arn=f"arn:aws:lambda:eu-central-1:{MOTO_ACCOUNT}:function:verwijsindex-local-witness",
    get_remaining_time_in_millis=lambda: 60_000,
)
ENTRY = {
    "organisationId": "school",
    "entryId": "2026-11-22T09:30:00.000Z#a1",
    "act": "SIGNAL_READ",
    "resource": "lo-s1",
    "at": "2026-11-22T09:30:00.000Z",
    "outcome": "DONE",
}


@pytest.fixture
def bucket(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[AuditBucket]:
    """The bucket of the local stage, and a function that starts cold."""
    for name, value in environment(STAGE, base_url="https://index.example/v1").items():
        monkeypatch.setenv(name, value)
    base.settings.cache_clear()
    s3_client.cache_clear()
    yield make_bucket(f"{STAGE.prefix}-", monkeypatch)
    base.settings.cache_clear()
    s3_client.cache_clear()


def record(number: int, how: str = "INSERT", **changes: str) -> dict[str, Any]:
    """A record of the stream."""
    entry = {**ENTRY, "entryId": f"{ENTRY['at']}#a{number}", **changes}
    image = {name: {"S": value} for name, value in entry.items()}
    return {"eventName": how, "dynamodb": {"NewImage": image, "SequenceNumber": str(number)}}


EXPIRES = "1953106200"
SWEEPER = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}


def names(bucket: AuditBucket) -> list[str]:
    """The names of all versions of all copies."""
    return [row["copy"] for page in copies_in(bucket).pages() for row in page]


@pytest.mark.rule("D39")
def test_what_was_written_is_copied_word_for_word(bucket: AuditBucket) -> None:
    """One object per entry, named and filled as the entry alone decides."""
    assert witness({"Records": [record(1)]}, CONTEXT) == {"batchItemFailures": []}

    expected = copy_of({**ENTRY, "entryId": f"{ENTRY['at']}#a1"}, OIN)
    held = boto3.client("s3").get_object(Bucket=bucket.name, Key=expected.name)
    assert held["Body"].read() == expected.body
    assert names(bucket) == [expected.name]


def test_a_batch_that_is_repeated_adds_nothing(bucket: AuditBucket) -> None:
    """Not even a version: a copy is written under the condition that it is not there."""
    batch = {"Records": [record(1), record(2)]}

    for _ in range(3):
        assert witness(batch, CONTEXT) == {"batchItemFailures": []}

    assert len(names(bucket)) == 2


def test_a_record_that_fails_holds_up_no_other(bucket: AuditBucket) -> None:
    """It alone is handed over again."""
    broken = record(2, outcome="NEITHER")

    answer = witness({"Records": [record(1), broken, record(3)]}, CONTEXT)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert len(names(bucket)) == 2


def test_what_there_is_no_time_for_is_handed_over_again(bucket: AuditBucket) -> None:
    """A batch is not begun that the function might not end: the rest of it comes again."""
    moments = iter([60_000, 21_000, 19_000])
    context = SimpleNamespace(**{**vars(CONTEXT), "get_remaining_time_in_millis": lambda: next(moments)})

    answer = witness({"Records": [record(1), record(2), record(3)]}, context)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "3"}]}
    assert len(names(bucket)) == 2


@pytest.mark.rule("D38")
@pytest.mark.parametrize("act", ["SIGNAL_ERASED", "SIGNAL_RETRACTED", "SIGNAL_RETRACTED_AFTER_LOOKING"])
def test_what_left_nothing_gets_a_line_in_the_ledger(bucket: AuditBucket, act: str) -> None:
    """Beside its copy, once, under a name that says which signal and when."""
    batch = {"Records": [record(1, act=act), record(2)]}
    for _ in range(2):
        assert witness(batch, CONTEXT) == {"batchItemFailures": []}

    found = boto3.client("s3").list_objects_v2(Bucket=bucket.name, Prefix="erasures/")["Contents"]
    assert [one["Key"] for one in found] == [f"erasures/{ENTRY['at']}-lo-s1.json"]
    assert signal_of(found[0]["Key"]) == "lo-s1"
    assert len(names(bucket)) == 2


def test_a_number_is_copied_as_the_stream_writes_it(bucket: AuditBucket) -> None:
    """Until when an entry is kept belongs to it as all the rest."""
    written = record(1)
    written["dynamodb"]["NewImage"]["expiresAt"] = {"N": EXPIRES}

    assert witness({"Records": [written]}, CONTEXT) == {"batchItemFailures": []}

    expected = copy_of({**ENTRY, "entryId": f"{ENTRY['at']}#a1", "expiresAt": EXPIRES}, OIN)
    assert names(bucket) == [expected.name]


def test_an_entry_whose_time_is_over_goes_quietly(
    bucket: AuditBucket, capsys: pytest.CaptureFixture[str]
) -> None:
    """The service itself removes it, as its stream says: nobody touched it."""
    swept = {**record(1, "REMOVE"), "userIdentity": SWEEPER}

    assert witness({"Records": [swept]}, CONTEXT) == {"batchItemFailures": []}

    assert "AuditEntriesTouched" not in capsys.readouterr().out
    assert names(bucket) == []


@pytest.mark.parametrize("how", ["MODIFY", "REMOVE"])
def test_an_entry_that_was_touched_is_told_and_not_copied(
    bucket: AuditBucket, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of ours does that: an alarm goes off, and the copy stays what it was."""
    assert witness({"Records": [record(1, how)]}, CONTEXT) == {"batchItemFailures": []}

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metric,) = [line for line in lines if "AuditEntriesTouched" in line]
    assert (metric["AuditEntriesTouched"], metric["Stage"]) == ([1.0], "local")
    assert names(bucket) == []
