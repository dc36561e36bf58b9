"""A generated region: its signals, and which pairs of them are about one child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.columns import Record, read_records
from benchmarks.score import read_lines
from examples.families.files import write_region
from examples.families.generator import Generator

Pair = tuple[str, str]
Truth = dict[str, Any]

_CHUNK: Final = 200_000
_SIGNALS_PER_HOUSEHOLD: Final = 2.8

ALL: Final = "all pairs"

SLICES: Final[dict[str, Callable[[Truth], bool]]] = {
    "twins": lambda told: bool({"twin", "twin_same_initial"} & told["cases"]),
    "namesakes": lambda told: bool({"namesake_cousin", "namesake_unrelated", "junior"} & told["cases"]),
    "no BSN": lambda told: "no_bsn" in told["tags"],
    "birth date missing": lambda told: "dob_missing" in told["tags"],
    "given name missing or initials": lambda told: bool({"given_missing", "initials_only"} & told["tags"]),
    "call name or variant": lambda told: bool({"call_name", "given_variant"} & told["tags"]),
    "other surname": lambda told: "surname_other" in told["tags"],
    "in an institution": lambda told: told["address_kind"] == "institution",
}
"""Pairs of which either signal is such; together they cover what is hard."""


@dataclass(frozen=True)
class Region:
    """A region on disk; ``title`` names its seed and difficulty."""

    title: str
    folder: Path

    @cached_property
    def records(self) -> list[Record]:
        """What a matcher may see, in order of time."""
        return read_records(self.folder / "signals.jsonl")

    @cached_property
    def truth(self) -> dict[str, Truth]:
        """By signal: its person, the tags of the record and the cases of the child as sets."""
        cases = {row["person_id"]: row["cases"] for row in read_lines(self.folder / "persons.jsonl")}
        return {
            row["signal_id"]: row | {"tags": set(row["tags"]), "cases": set(cases[row["person_id"]])}
            for row in read_lines(self.folder / "truth_signals.jsonl")
        }

    def is_true(self, pair: Pair) -> bool:
        """Whether two signals are about one child."""
        one, other = pair
        return bool(self.truth[one]["person_id"] == self.truth[other]["person_id"])

    @cached_property
    def true_pairs(self) -> list[Pair]:
        """Every pair of signals about one child, the earlier first."""
        together: dict[str, list[str]] = {}
        pairs = []
        for signal, told in self.truth.items():
            earlier = together.setdefault(told["person_id"], [])
            pairs += [(other, signal) for other in earlier]
            earlier.append(signal)
        return pairs

    def is_in(self, pair: Pair, name: str) -> bool:
        """Whether either signal of a pair lies in a slice; all pairs lie in :data:`ALL`."""
        return name == ALL or any(SLICES[name](self.truth[signal]) for signal in pair)


def generate(folder: Path, *, seed: int, difficulty: str, signals: int) -> Region:
    """Write a region of so many signals, or read the one that an earlier run left in ``folder``."""
    region = Region(f"seed {seed}, {difficulty}", folder / f"{difficulty}-{seed}-{signals}")
    if not (region.folder / "meta.json").exists():
        households = max(10, round(signals / _SIGNALS_PER_HOUSEHOLD))
        generator = Generator(
            households, seed=seed, difficulty=difficulty, name_pool="all", density=0.2, signals=signals
        )
        write_region(generator, region.folder, {"seed": seed, "difficulty": difficulty}, _CHUNK)
    return region
