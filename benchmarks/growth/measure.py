"""One size of index: seeds planted, the same youths signalled, every call counted."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.growth.probes import request
from benchmarks.growth.seeds import SEEDS, plant
from benchmarks.in_process import Functions, Refused, functions_here, register
from benchmarks.meter import Meter
from chalicelib.matching import FoldedYouth, MatchKey, Youth, fold, lookup_keys, match_keys


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one signal and all that followed: DynamoDB's requests and units; our processor time, in ms.

    ``crowded``: about a youth chosen for sharing keys with many, not one as they come.
    """

    youth: int
    crowded: bool
    candidates: int
    requests: int
    reads: float
    writes: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Size:
    """An index of so many signals: the costs of signals without a match, and of those that match one."""

    signals: int
    alone: list[Cost]
    matched: list[Cost]

    def as_they_come(self) -> tuple[list[Cost], list[Cost]]:
        """The same two, of youths nobody chose."""
        alone, matched = ([cost for cost in kind if not cost.crowded] for kind in (self.alone, self.matched))
        return alone, matched


class Blocks:
    """Who is found under which key, to count candidates as storage finds them."""

    def __init__(self) -> None:
        self._found: defaultdict[MatchKey, list[int]] = defaultdict(list)
        self._count = 0

    def add(self, youth: FoldedYouth) -> None:
        """Put a signal into the index."""
        for key in match_keys(youth):
            self._found[key].append(self._count)
        self._count += 1

    def candidates(self, youth: FoldedYouth) -> int:
        """How many signals share a key that is looked up."""
        return len({one for key in lookup_keys(youth) for one in self._found.get(key, ())})


def measure(known: Sequence[Youth], usual: Sequence[Youth], crowded: Sequence[Youth], wanted: int) -> Size:
    """Signal the first ``wanted`` of each that the interface takes, each by two organisations."""
    blocks = Blocks()
    for youth in known:
        blocks.add(fold(youth))
    size = Size(len(known), [], [])
    with functions_here() as functions:
        register(functions.desk, SEEDS.organisation_id)
        functions.desk.storage.organisations.put_professional(SEEDS)
        plant(functions.desk, known)
        _warm(functions, usual[-1])
        for chosen, youths in ((False, usual[:-1]), (True, crowded)):
            _signal_each(functions, blocks, size, youths, chosen=chosen, wanted=wanted)
    return size


def _signal_each(
    functions: Functions,
    blocks: Blocks,
    size: Size,
    youths: Sequence[Youth],
    *,
    chosen: bool,
    wanted: int,
) -> None:
    before = len(size.alone)
    for number, youth in enumerate(youths, start=len(youths) if chosen else 0):
        folded = fold(youth)
        try:
            size.alone.append(_cost(functions, blocks, "first", youth, number, crowded=chosen))
        except Refused:
            continue
        blocks.add(folded)
        size.matched.append(_cost(functions, blocks, "second", youth, number, crowded=chosen))
        blocks.add(folded)
        if len(size.alone) - before == wanted:
            return


def _warm(functions: Functions, youth: Youth) -> None:
    """Fill the caches, as a function that has served before has them."""
    for organisation in ("first", "second"):
        functions.signal(organisation, request(youth, 0, organisation))


def _cost(
    functions: Functions, blocks: Blocks, organisation: str, youth: Youth, number: int, *, crowded: bool
) -> Cost:
    candidates = blocks.candidates(fold(youth))
    start = time.process_time()
    meters = functions.signal(organisation, request(youth, number + 1, organisation))
    spent = time.process_time() - start
    whole = Meter([call for meter in meters.values() for call in meter.calls])
    return Cost(
        youth=number,
        crowded=crowded,
        candidates=candidates,
        requests=whole.count("dynamodb"),
        reads=whole.reads(),
        writes=whole.writes(),
        milliseconds=1000 * spent,
    )
