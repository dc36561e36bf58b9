"""Exact rules: the number alone, the rule of existing systems, and that rule on folded names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations
from time import process_time
from typing import Final

from benchmarks.peers.claims import Claims
from benchmarks.peers.columns import Record, row_of
from benchmarks.peers.region import Pair

Keys = Callable[[Record], Iterable[tuple[str, ...]]]


def by_number(record: Record) -> Iterable[tuple[str, ...]]:
    """The citizen service number, as existing indexes match."""
    if record.get("bsn"):
        yield "bsn", str(record["bsn"])


def as_written(record: Record) -> Iterable[tuple[str, ...]]:
    """The number; or surname, birth date and postal code as they were written."""
    yield from by_number(record)
    written = tuple(str(record.get(name) or "") for name in ("surname", "date_of_birth", "postcode"))
    if all(written):
        yield "written", *written


def folded(record: Record) -> Iterable[tuple[str, ...]]:
    """The number; or folded surname and birth date with the postal code or the given name."""
    row = row_of(record)
    if row["bsn"]:
        yield "bsn", row["bsn"]
    if row["surname"] and row["birth_date"]:
        for name in ("postcode", "given_name"):
            if row[name]:
                yield name, row["surname"], row["birth_date"], row[name]


RULES: Final[dict[str, Keys]] = {
    "BSN equal": by_number,
    "BSN, or surname + birth date + postal code as written": as_written,
    "BSN, or folded surname + birth date + (postal code or given name)": folded,
}


def claim(name: str, records: list[Record]) -> Claims:
    """Every pair that shares one of the rule's keys."""
    started = process_time()
    blocks: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for record in records:
        for key in RULES[name](record):
            blocks[key].append(str(record["signal_id"]))
    pairs: set[Pair] = {pair for block in blocks.values() for pair in combinations(block, 2)}
    return Claims(
        matcher=name, scores=dict.fromkeys(pairs, 1.0), threshold=1.0, seconds=process_time() - started
    )
