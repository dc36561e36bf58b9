"""The public sets: the core's levels learned on half of the people, beside peers that need no labels.

Each is measured on the same pairs: those of which at least one record was not learned from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from time import process_time
from typing import Any, Final

from benchmarks.curve import best_f1, curve
from benchmarks.febrl.measure import Half, judge_halves, true_pairs
from benchmarks.febrl.rows import Row, load_frames, person_of, read_rows
from benchmarks.peers import core, splinking, toolkit
from benchmarks.peers.claims import Claims
from benchmarks.peers.columns import Table

SETS: Final = (1, 2, 3, 4)
EXACT: Final = "exact rule"
_COLUMNS: Final = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip
_BLOCKS: Final = (
    ("soc_sec_id",),
    ("date_of_birth",),
    ("given_name",),
    ("surname",),
    ("address_1",),
    ("postcode",),
)
_RULE: Final = (
    ("soc_sec_id",),
    ("given_name", "surname", "date_of_birth"),
    ("surname", "address_1", "postcode"),
)
_TOOLKIT: Final = toolkit.Setup(
    names=("given_name", "surname", "address_1", "suburb"),
    exact=("date_of_birth", "soc_sec_id", "postcode", "state"),
    blocks=_BLOCKS,
)
_SPLINK: Final = splinking.Setup(
    names=("given_name", "surname"),
    dates=(),
    exact=("state",),
    misspelt=("date_of_birth", "soc_sec_id", "postcode", "address_1", "suburb"),
    blocks=_BLOCKS,
    strict=(("soc_sec_id",), ("given_name", "surname", "date_of_birth")),
    trained_on=(("date_of_birth",), ("surname",)),
)


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """F1 at the best threshold: judged on the odd people, on the even, and the seconds it took."""

    odd: float
    even: float
    seconds: float

    @property
    def both(self) -> float:
        """The mean of the two."""
        return fmean((self.odd, self.even))


def measure(number: int) -> dict[str, PublicFigures]:
    """Every matcher on one set."""
    rows, table = read_rows(number), public_table(load_frames(number))
    started = process_time()
    found = {core.NAME: _figures(judge_halves(rows), process_time() - started)}
    for claims in (
        toolkit.claim(table, _TOOLKIT),
        splinking.claim(table, _SPLINK),
        exact_claim(table),
    ):
        found[claims.matcher] = _figures(halves(claims, rows), claims.seconds)
    return found


def public_table(frames: tuple[Any, ...]) -> Table:
    """The columns of a set, the files of the fourth together; None when missing."""
    table: Table = {"unique_id": [str(name) for frame in frames for name in frame.index]}
    for column in _COLUMNS:
        values = [value for frame in frames for value in frame[column]]
        table[column] = [str(value) if value == value else None for value in values]  # noqa: PLR0124 - not a number
    return table


def exact_claim(table: Table) -> Claims:
    """Number; or names and birth date; or surname, address line and postal code, all as written."""
    started = process_time()
    blocks: dict[tuple[str | None, ...], list[str | None]] = {}
    for columns in _RULE:
        values = zip(*(table[name] for name in columns), strict=True)
        for record, key in zip(table["unique_id"], values, strict=True):
            if all(key):
                blocks.setdefault((*columns, *key), []).append(record)
    pairs = {(str(one), str(other)) for block in blocks.values() for one, other in combinations(block, 2)}
    return Claims(
        matcher=EXACT, scores=dict.fromkeys(pairs, 1.0), threshold=1.0, seconds=process_time() - started
    )


def halves(claims: Claims, rows: list[Row]) -> tuple[Half, Half]:
    """What is judged on the odd people and on the even ones."""
    odd, even = (_half(claims, rows, learned_from=half) for half in (True, False))
    return odd, even


def _half(claims: Claims, rows: list[Row], *, learned_from: bool) -> Half:
    even = {row.name: row.is_for_learning for row in rows}
    scored = [
        (score, person_of(one) == person_of(other))
        for (one, other), score in claims.scores.items()
        if {even[one], even[other]} != {learned_from}
    ]
    return Half(scored, true_pairs(row for row in rows if row.is_for_learning != learned_from))


def _figures(judged: tuple[Half, Half], seconds: float) -> PublicFigures:
    odd, even = (best_f1(curve(half.scored, half.true_pairs)) for half in judged)
    return PublicFigures(odd, even, seconds)


def best_peer(found: Mapping[str, PublicFigures]) -> Iterator[float]:
    """The highest F1 of any peer, on the odd people and on the even ones."""
    peers = [figures for name, figures in found.items() if name != core.NAME]
    yield max(figures.odd for figures in peers)
    yield max(figures.even for figures in peers)
