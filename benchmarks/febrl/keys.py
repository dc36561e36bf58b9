"""The keys of the benchmark: wider than the core's, for the sets have other fields and are small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from benchmarks.febrl.rows import Row

_OPENING = 5


def candidate_pairs(rows: list[Row]) -> list[tuple[Row, Row]]:
    """The pairs that share a key, each once, in the order of the rows."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for key in set(keys(row)):
            blocks[key].append(index)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    return [(rows[first], rows[second]) for first, second in sorted(pairs)]


def keys(row: Row) -> Iterator[str]:
    """Number, day of birth, names in either order, and place in either line."""
    youth = row.youth
    if row.number:
        yield from (f"half {half}" for half in (row.number[:4], row.number[-4:]))
    if youth.birth_date is not None:
        yield f"day {youth.birth_date}"
    codes = _codes(row)
    yield f"names {sorted(codes)}"
    for code in codes:
        yield from (f"area {area} {code}" for area in youth.postal_areas)
        yield from (f"suburb {city} {code}" for city in youth.cities)
        yield from (f"part {part} {code} {row.house}" for part in row.parts_of_day)
        yield f"house {row.house} {code}"
    yield f"address {row.postcode} {row.house}"
    yield from (f"part {city} {part}" for city in youth.cities for part in row.parts_of_day)
    for line in row.lines:
        if line:
            yield f"line {row.house} {line[:_OPENING]}"
            yield from (f"street {code} {line[:_OPENING]}" for code in codes)


def _codes(row: Row) -> tuple[str, ...]:
    """The sound codes of both names, whichever is written where."""
    surnames = (youth.name.surname for youth in (row.youth, row.exchanged))
    return tuple(name.codes[0] for name in surnames if name is not None)
