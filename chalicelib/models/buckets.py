"""How rows spread over buckets, so that no partition runs hot and each can be read whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from typing import Final, TypeVar
from zlib import crc32

WORK_BUCKETS: Final = 16
EXPIRY_BUCKETS: Final = 8

T = TypeVar("T")


def bucket_of(key: str, buckets: int) -> int:
    """The bucket of a key, the same on every machine."""
    return crc32(key.encode()) % buckets


def in_turns(buckets: Iterable[Iterable[T]]) -> Iterator[T]:
    """The first of each bucket, then the second of each, and so on: a stuck bucket starves no other."""
    rounds = zip_longest(*([(one,) for one in bucket] for bucket in buckets), fillvalue=())
    return chain.from_iterable(chain.from_iterable(turn) for turn in rounds)
