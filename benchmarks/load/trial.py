"""Which part the whole waits for: each is slowed by turns while the calls go on, and what that costs is seen.

A part that is the limit slows everything by as much as itself; one that is not slows nothing. Turns are
short and each slow one has a free one before it, so that what changes with time (an index that grows, work
that piles up) weighs on both alike.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, cycle
from math import log, log1p
from pathlib import Path
from statistics import fmean
from typing import Final

from benchmarks.inside import Inside
from infra.emulator.brakes import Brakes

SHARE: Final = 0.5
"""By how much a part is slowed: half as long again."""
_TURN: Final = 12.0
"""Seconds of one turn."""
_SETTLING: Final = 3.0
"""Seconds at its start that are not looked at: what began before it ends in them."""
_NEARLY_ALL: Final = 0.75
_HARDLY: Final = 0.15
_FREE: Final = Brakes()
_ITSELF: Final = Brakes(itself=SHARE)
_FUNCTIONS: Final = Brakes(functions=SHARE)
_WAITS: Final = Brakes(waits=SHARE)
_ROUND: Final = (_FREE, _ITSELF, _FREE, _FUNCTIONS, _FREE, _WAITS)


@dataclass(frozen=True, slots=True)
class Turn:
    """With what brakes, and from when to when, in seconds since 1970."""

    brakes: Brakes
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What the embedded AWS told of itself, in the mean of all turns of a kind.

    Attributes:
        rounds: turns of each slow kind.
        free: with nothing slowed.
        itself: with the embedded AWS slowed.
        functions: with our functions slowed, each on its processor.
        waits: with our functions as slow, but waiting.
    """

    rounds: int
    free: Inside
    itself: Inside
    functions: Inside
    waits: Inside

    @property
    def limited(self) -> bool:
        """Whether all wait for the embedded AWS: nearly all of its delay comes through, none of ours."""
        return self.felt(self.itself) >= _NEARLY_ALL and self.felt(self.waits) <= _HARDLY

    def kept(self, slowed: Inside) -> float:
        """What was left of all requests that were answered."""
        return slowed.answered["requests"] / self.free.answered["requests"]

    def felt(self, slowed: Inside) -> float:
        """How much of the delay came through: 1 for what everything waits for, 0 for what nothing does."""
        return log(1 / self.kept(slowed)) / log1p(SHARE)


Look = Callable[[float, float], Inside]
"""What the embedded AWS told of itself between two moments."""


@contextmanager
def turning(path: Path, seconds: float) -> Iterator[list[Turn]]:
    """Change the brakes by turns for so many seconds, then none, at the latest when the block ends.

    The list grows while the block runs: only turns that ended are in it, without the first, in which the
    calls begin.
    """
    turns: list[Turn] = []
    stop = threading.Event()
    end = time.time() + seconds

    def turn() -> None:
        for number, brakes in enumerate(chain([_FREE], cycle(_ROUND))):
            start = time.time()
            if start + _TURN > end:
                break
            brakes.put(path)
            if stop.wait(_TURN):
                break
            if number:
                turns.append(Turn(brakes, start, time.time()))
        _FREE.put(path)

    turner = threading.Thread(target=turn, daemon=True)
    turner.start()
    try:
        yield turns
    finally:
        stop.set()
        turner.join()


def tried(turns: Sequence[Turn], look: Look) -> Trial | None:
    """What the turns showed; whole rounds alone, None when there was none."""
    rounds = len(turns) // len(_ROUND)
    if not rounds:
        return None
    whole = turns[: len(_ROUND) * rounds]
    seen = {
        brakes: _mean([look(turn.start + _SETTLING, turn.end) for turn in whole if turn.brakes == brakes])
        for brakes in (_FREE, _ITSELF, _FUNCTIONS, _WAITS)
    }
    return Trial(rounds, seen[_FREE], seen[_ITSELF], seen[_FUNCTIONS], seen[_WAITS])


def _mean(turns: Sequence[Inside]) -> Inside:
    """Of turns that are equally long."""
    return Inside(
        seconds=sum(turn.seconds for turn in turns),
        used=fmean(turn.used for turn in turns),
        late=fmean(turn.late for turn in turns),
        answered=_means([turn.answered for turn in turns]),
        running=_means([turn.running for turn in turns]),
    )


def _means(told: Sequence[Mapping[str, float]]) -> dict[str, float]:
    names = {name for one in told for name in one}
    return {name: fmean(one.get(name, 0.0) for one in told) for name in names}
