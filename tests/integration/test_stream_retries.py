"""The embedded AWS tries stream records again as AWS does (the lesson by itself; tests/e2e has the whole)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from ministack.services import lambda_svc

from infra.emulator import stream_retries
from infra.emulator.stream_retries import Attempts

MAPPING = {
    "EventSourceArn": "arn:aws:dynamodb:eu-central-1:000000000000:table/t/stream/s",
    "FunctionResponseTypes": ["ReportBatchItemFailures"],
    "BisectBatchOnFunctionError": True,
    "MaximumRetryAttempts": 5,
}


@dataclass(slots=True)
class Function:
    """A function that fails at some records: by naming them, or as a whole."""

    poisoned: set[str]
    raises: bool = False
    batches: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    conditions: set[str] = field(default_factory=set)

    def invoke(self, _: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        """As the emulator calls functions; each letter is a record."""
        names = [record["dynamodb"]["SequenceNumber"] for record in event["Records"]]
        self.batches.append("".join(names))
        failed = [name for name in names if name in self.poisoned]
        if failed and self.raises:
            return {"error": True, "body": {"errorType": "ValueError"}}
        return {"body": {"batchItemFailures": [{"itemIdentifier": name} for name in failed]}}

    def heard(  # noqa: PLR0917 - as the emulator calls it
        self, mapping: object, function: object, records: list[Any], stream: str, result: object, why: str
    ) -> None:
        """As the emulator tells the on-failure queue."""
        self.given_up.append("".join(record["dynamodb"]["SequenceNumber"] for record in records))
        self.conditions.add(why)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits, which take no time here; retries run at once."""
    waited: list[float] = []

    def at_once(act: Callable[..., None], *arguments: object, thread_name: str) -> None:
        act(*arguments)

    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(stream_retries, "spawn_background", at_once)
    return waited


def attempt(
    monkeypatch: pytest.MonkeyPatch, function: Function, records: str, **options: Any
) -> dict[str, Any]:
    """Let a batch come; each letter is a record."""
    monkeypatch.setattr(lambda_svc, "_send_ddb_stream_failure_record", function.heard)
    batch = [{"dynamodb": {"SequenceNumber": letter}} for letter in records]
    return Attempts({**MAPPING, **options}, {}, function.invoke).first(batch)


def test_a_batch_that_goes_well_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is told."""
    function = Function(poisoned=set())

    assert attempt(monkeypatch, function, "abc")["error"] is False
    assert (function.batches, function.given_up) == (["abc"], [])


def test_records_from_the_first_that_failed_are_tried_again(
    monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    """Five times, with longer and longer waits; then their positions are told, and the stream goes on."""
    function = Function(poisoned={"c"})

    answer = attempt(monkeypatch, function, "abcd")

    assert answer["error"] is False
    assert function.batches == ["abcd", *["cd"] * 5]
    assert (function.given_up, function.conditions) == (["cd"], {"RetryAttemptsExhausted"})
    assert pauses == [0.1, 0.2, 0.4, 0.8, 1.6]


def test_a_batch_that_raises_is_halved_until_the_poison_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others have gone well by then."""
    function = Function(poisoned={"c"}, raises=True)

    attempt(monkeypatch, function, "abcdefgh")

    assert function.batches == ["abcdefgh", "abcd", "ab", "cd", "c", "c", "c", "d", "efgh"]
    assert function.given_up == ["c"]


def test_a_mapping_that_does_not_bisect_tries_the_whole_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As often as it says."""
    function = Function(poisoned={"c"}, raises=True)

    attempt(monkeypatch, function, "abc", BisectBatchOnFunctionError=False, MaximumRetryAttempts=2)

    assert (function.batches, function.given_up) == (["abc", "abc", "abc"], ["abc"])


def test_a_mapping_that_does_not_ask_for_failures_does_not_hear_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only an error of the whole function counts then."""
    function = Function(poisoned={"c"})

    attempt(monkeypatch, function, "abc", FunctionResponseTypes=[])

    assert (function.batches, function.given_up) == (["abc"], [])


def test_what_goes_well_at_last_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that passes needs nobody."""
    function = Function(poisoned={"b"})
    stock = function.invoke

    def heals(one: dict[str, Any], event: dict[str, Any]) -> dict[str, Any]:
        if len(function.batches) == 3:
            function.poisoned.clear()
        return stock(one, event)

    monkeypatch.setattr(lambda_svc, "_send_ddb_stream_failure_record", function.heard)
    batch = [{"dynamodb": {"SequenceNumber": letter}} for letter in "ab"]
    Attempts(MAPPING, {}, heals).first(batch)

    assert (function.batches, function.given_up) == (["ab", "b", "b", "b"], [])
