"""Weighted choices and stable numbers, all from seeded generators."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stable_number(text: str) -> int:
    """A 64-bit number that is the same for the same text on every machine."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


class Weighted(Generic[T]):
    """Draws an item in proportion to its weight."""

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        listed = list(pairs)
        self.items: list[T] = [item for item, _ in listed]
        self._cumulative = list(accumulate(weight for _, weight in listed))

    def draw(self, r: Random) -> T:
        """One item."""
        return self.items[bisect.bisect(self._cumulative, r.random() * self._cumulative[-1])]


def zipf(items: Sequence[T], k: float = 3.0, a: float = 0.9) -> Weighted[T]:
    """Weights 1/(rank + k)^a: the first items are common, the tail is long."""
    return Weighted((item, 1 / (rank + k) ** a) for rank, item in enumerate(items))
