"""Stream batches: each changed key once, failures by name, no value of a person passed on."""

from __future__ import annotations

from typing import Any

from chalicelib.functions.records import each_changed, time_left


def _event(*changes: tuple[str, str]) -> dict[str, Any]:
    """A keys-only stream event of (key, sequence number)."""
    return {
        "Records": [
            {"eventName": "MODIFY", "dynamodb": {"Keys": {"signalId": {"S": key}}, "SequenceNumber": number}}
            for key, number in changes
        ]
    }


def _unexpected(name: str, error: Exception) -> None:
    raise AssertionError(name) from error


def test_a_key_that_changed_several_times_is_handled_once() -> None:
    """What counts is what is stored now, so one look serves all its records."""
    seen: list[str] = []

    answer = each_changed(_event(("a", "1"), ("b", "2"), ("a", "3")), "signalId", seen.append, _unexpected)

    assert seen == ["a", "b"]
    assert answer == {"batchItemFailures": []}


def test_a_record_that_fails_is_named_and_does_not_hold_up_the_others() -> None:
    """Every record of the failing key is handed over again; the next key is handled all the same."""
    seen: list[str] = []
    failed: list[tuple[str, str]] = []

    def act(name: str) -> None:
        if name == "a":
            raise ValueError("Sebastiaan van der Meer")
        seen.append(name)

    answer = each_changed(
        _event(("a", "1"), ("b", "2"), ("a", "3")),
        "signalId",
        act,
        lambda name, error: failed.append((name, type(error).__name__)),
    )

    assert seen == ["b"]
    assert failed == [("a", "ValueError")]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "1"}, {"itemIdentifier": "3"}]}


def test_a_function_stops_taking_work_twenty_seconds_before_its_end() -> None:
    """So that what it has begun can be finished."""

    class Context:
        left = 20_001

        def get_remaining_time_in_millis(self) -> int:
            return self.left

    context = Context()
    enough = time_left(context)

    assert enough()
    context.left = 20_000
    assert not enough()
