"""A stream that has fallen behind is read in lanes, as AWS does by a mapping's ``ParallelizationFactor``.

Records of one item stay in one lane, so in their order. Lanes are opened only when there is more than one
batch to take, and no more than this machine has processors: each keeps a process of the function busy.
"""

from __future__ import annotations

import contextvars
import os
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final
from zlib import crc32

Record = dict[str, Any]
Take = Callable[[list[Record]], dict[str, Any]]

_PROCESSORS: Final = os.cpu_count() or 1


def widened(batch: int) -> int:
    """How many records to read when a function takes so many at once."""
    return batch * _PROCESSORS


def run(mapping: dict[str, Any], records: list[Record], take: Take) -> dict[str, Any]:
    """Take all records in batches of the mapping's size, lanes beside each other; return when all are taken.

    ``take`` sees to its own failures (`infra.emulator.stream_retries`); the last answer is returned.
    """
    size = int(mapping.get("BatchSize", 100))
    needed = -(-len(records) // size)
    count = min(needed, _PROCESSORS, int(mapping.get("ParallelizationFactor", 1)))
    lanes: defaultdict[int, list[Record]] = defaultdict(list)
    for record in records:
        lanes[_lane(record, count)].append(record)
    with ThreadPoolExecutor(count) as beside:
        context = [contextvars.copy_context() for _ in lanes]
        running = [
            beside.submit(own.run, _one_by_one, lane, size, take)
            for own, lane in zip(context, lanes.values(), strict=True)
        ]
        return [one.result() for one in running][-1]


def _one_by_one(lane: list[Record], size: int, take: Take) -> dict[str, Any]:
    return [take(lane[start : start + size]) for start in range(0, len(lane), size)][-1]


def _lane(record: Record, count: int) -> int:
    """By the item's key."""
    return crc32(repr(sorted(record["dynamodb"]["Keys"].items())).encode()) % count
