"""The embedded AWS reads a stream in lanes when it has fallen behind (the lesson by itself)."""

from __future__ import annotations

import threading
from typing import Any

from infra.emulator.stream_lanes import run

MAPPING = {"BatchSize": 2, "ParallelizationFactor": 10}


def records(keys: str) -> list[dict[str, Any]]:
    """One per letter, numbered; the letter is the item's key."""
    return [
        {"dynamodb": {"Keys": {"id": {"S": key}}, "SequenceNumber": str(at)}} for at, key in enumerate(keys)
    ]


def taken(keys: str) -> list[list[str]]:
    """The batches that were taken, each record as key and number."""
    batches: list[list[str]] = []

    def take(batch: list[dict[str, Any]]) -> dict[str, Any]:
        shown = [f"{one['dynamodb']['Keys']['id']['S']}{one['dynamodb']['SequenceNumber']}" for one in batch]
        with lock:
            batches.append(shown)
        return {"error": False}

    lock = threading.Lock()
    assert run(MAPPING, records(keys), take) == {"error": False}
    return batches


def test_what_fits_one_batch_is_one_batch() -> None:
    """No lane is opened beside it."""
    assert taken("ab") == [["a0", "b1"]]


def test_every_record_is_taken_once_in_batches_of_the_mapping() -> None:
    """Whichever lane it went to."""
    batches = taken("abcdefghab")

    assert sorted(one for batch in batches for one in batch) == sorted(
        f"{key}{at}" for at, key in enumerate("abcdefghab")
    )
    assert max(map(len, batches)) <= 2


def test_records_of_one_item_keep_their_order() -> None:
    """They share a lane, which takes one batch after the other."""
    order = [one for batch in taken("aaaabbbbcc") for one in batch]

    assert [one for one in order if one.startswith("a")] == ["a0", "a1", "a2", "a3"]
    assert [one for one in order if one.startswith("b")] == ["b4", "b5", "b6", "b7"]
