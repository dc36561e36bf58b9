"""Who gives a signal about whom, so that nobody gives twice and the journal foretells every match."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain, count, cycle
from pathlib import Path
from typing import Any, Final, Self

from benchmarks.bodies import body, numbers

ORDER: Final = "VERWIJSINDEX_LOAD_ORDER"
"""The variable by which the calling process finds the file of its order."""
SCHOOL: Final = "school"
OTHERS: Final = ("care", "health")
YOUTHS: Final = 60_000
"""More youths than any run here can give signals about."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the calling process is told; ``bulk`` is how many signals the school delivers."""

    base_url: str
    tokens: dict[str, str]
    bulk: int
    journal: str

    def write(self, path: Path) -> None:
        """Leave it where the calling process reads it."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """The order at ``path``."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


@dataclass(slots=True)
class Plan:
    """Bodies of signals, each organisation at most once about a youth.

    The school delivers about the first ``bulk`` youths. The two others take turns, and each of them gives by
    turns about the next of those youths and about one whom nobody knows.
    """

    bulk: int
    youths: int = YOUTHS
    _bsns: list[str] = field(init=False)
    _delivery: Iterator[int] = field(init=False)
    _turns: Iterator[str] = field(init=False)
    _next: dict[str, Iterator[int]] = field(init=False)

    def __post_init__(self) -> None:
        self._bsns = numbers(self.youths)
        self._delivery = iter(range(self.bulk))
        self._turns = cycle(OTHERS)
        self._next = {name: self._by_turns(place) for place, name in enumerate(OTHERS)}

    def delivered(self) -> tuple[str, int] | None:
        """The school and the next youth of its delivery; None when it is done."""
        youth = next(self._delivery, None)
        return None if youth is None else (SCHOOL, youth)

    def given(self) -> tuple[str, int]:
        """One of the others, and whom it gives a signal about."""
        name = next(self._turns)
        return name, next(self._next[name])

    def body(self, organisation: str, youth: int) -> dict[str, Any]:
        """The signal."""
        return body(self._bsns[youth], youth, organisation)

    def _by_turns(self, place: int) -> Iterator[int]:
        known = iter(range(self.bulk))
        unknown = count(self.bulk + place, len(OTHERS))
        pairs = zip(known, unknown, strict=False)
        return chain(chain.from_iterable(pairs), unknown)
