"""One new signal against an index of growing size: how many candidates, and how long it takes."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import fmean, median
from time import process_time
from typing import Any, Final

from benchmarks.peers import core, splinking, toolkit
from benchmarks.peers.columns import Table, table_of
from benchmarks.peers.region import Region
from benchmarks.peers.stored import StoredSignals
from benchmarks.schema import read_excluded
from chalicelib.matching import default_model

_SEED: Final = 1
_TAUGHT: Final = 30_000
_WARM: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LookUps:
    """Look-ups by one matcher in an index of ``signals``; seconds a look-up, from signal to decision."""

    matcher: str
    signals: int
    candidates: list[int]
    seconds: list[float]
    load: float

    @property
    def mean_candidates(self) -> float:
        """Candidates a look-up."""
        return fmean(self.candidates)

    @property
    def p99_candidates(self) -> float:
        """One look-up in a hundred has more."""
        return percentile(self.candidates, 0.99)

    @property
    def median_seconds(self) -> float:
        """Half of the look-ups take less."""
        return median(self.seconds)

    @property
    def p99_seconds(self) -> float:
        """One look-up in a hundred takes longer."""
        return percentile(self.seconds, 0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreLookUps(LookUps):
    """With ``deciding``: the seconds of comparing and deciding alone, without keys and finding."""

    deciding: list[float]


def percentile(values: list[int] | list[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(len(ordered) * share))])


def of_core(region: Region, looked_up: int) -> list[LookUps]:
    """Of the last signals of the region a sample, each decided as it came, against all before it.

    By the model for an index of that size, as a stage that expects so many signals has it (decision 32).
    """
    stored = StoredSignals(region.folder / "signals.jsonl")
    model = default_model().at_scale(len(stored))
    excluded = read_excluded(region.folder / "excluded_addresses.json")
    candidates, seconds, deciding = [], [], []
    for place in _last(len(stored), looked_up):
        record = stored.record(place)
        index = stored.index_around(place, model, excluded)
        started = process_time()
        found = len(stored.candidates(record.youth, place))
        finding = process_time() - started
        around = index.candidates(record.youth)
        started = process_time()
        index.add(record, around)
        index.decide(record.signal_id)
        deciding.append(process_time() - started)
        candidates.append(found)
        seconds.append(finding + deciding[-1])
    return [
        CoreLookUps(
            matcher=core.NAME,
            signals=len(stored),
            candidates=candidates,
            seconds=seconds,
            deciding=deciding,
            load=_load(),
        )
    ]


def of_peers(region: Region, looked_up: int) -> list[LookUps]:
    """The same by recordlinkage and by splink, each taught on the first signals of the region."""
    table = table_of(region.records)
    size = len(table["unique_id"])
    taught = {name: values[:_TAUGHT] for name, values in table.items()}
    places = _last(size, looked_up + _WARM)
    measured = []
    for name, prepare in ((toolkit.NAME, _toolkit), (splinking.NAME, _splink)):
        look_up = prepare(table, taught)
        candidates, seconds = [], []
        for place in places:
            one = {column: values[place : place + 1] for column, values in table.items()}
            found, took = look_up(one)
            candidates.append(found)
            seconds.append(took)
        measured.append(
            LookUps(
                matcher=name,
                signals=size,
                candidates=candidates[_WARM:],
                seconds=seconds[_WARM:],
                load=_load(),
            )
        )
    return measured


LookUp = Callable[[Table], tuple[int, float]]


def _toolkit(table: Table, taught: Table) -> LookUp:
    tool, frame = toolkit.Toolkit(taught, toolkit.FAMILIES), toolkit.frame_of(table)
    return lambda one: _timed(tool.look_up, toolkit.frame_of(_renamed(one)), frame)


def _splink(table: Table, taught: Table) -> LookUp:
    tool = splinking.Splinking(taught, splinking.FAMILIES)
    tool.know_frequencies(splinking.FAMILIES)
    registered = tool.register(table)
    return lambda one: _timed(tool.look_up, tool.register(_renamed(one)), registered)


def _timed(look_up: Callable[[Any, Any], int], one: Any, index: Any) -> tuple[int, float]:
    started = process_time()
    found = look_up(one, index)
    return found - 1, process_time() - started


def _renamed(one: Table) -> Table:
    """The record as a new one, so that the tools do not leave out what they take for itself."""
    return one | {"unique_id": [f"new {name}" for name in one["unique_id"]]}


def _last(size: int, count: int) -> list[int]:
    """Places among the last twentieth: they meet an index that is nearly whole."""
    newest = range(size - max(count, size // 20), size)
    return Random(_SEED).sample(newest, count)  # noqa: S311 - a sample, no secret


def _load() -> float:
    """How many processes wanted a core, over the last minute."""
    return os.getloadavg()[0]
