"""Pure functions of frozen values, remembered by the identity of what they were asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

MOST = 20_000
"""Answers that one memory holds before it begins anew."""
MOST_OF_A_RUN = 1_000
"""As many of values that other runs do not have."""

Asked = TypeVar("Asked")
Beside = TypeVar("Beside")
Answer = TypeVar("Answer")


class Remembered(Generic[Asked, Answer]):
    """A function of one value; what was asked is kept, so that its identity stays its own."""

    def __init__(self, function: Callable[[Asked], Answer], most: int = MOST) -> None:
        self._function = function
        self._most = most
        self._known: dict[int, tuple[Asked, Answer]] = {}

    def __call__(self, asked: Asked) -> Answer:
        """As the function."""
        known = self._known.get(id(asked))
        if known is None:
            if len(self._known) >= self._most:
                self._known.clear()
            known = self._known[id(asked)] = asked, self._function(asked)
        return known[1]


class RememberedPairs(Generic[Asked, Beside, Answer]):
    """A function of two values."""

    def __init__(self, function: Callable[[Asked, Beside], Answer]) -> None:
        self._function = function
        self._known: dict[tuple[int, int], tuple[Asked, Beside, Answer]] = {}

    def __call__(self, one: Asked, other: Beside) -> Answer:
        """As the function."""
        pair = id(one), id(other)
        known = self._known.get(pair)
        if known is None:
            if len(self._known) >= MOST:
                self._known.clear()
            known = self._known[pair] = one, other, self._function(one, other)
        return known[2]
