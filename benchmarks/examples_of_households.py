"""Labelled ties: every signal's youth against each other true person met before, as they were known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from benchmarks.schema import read_excluded, read_signals
from benchmarks.score import Pair, pair, read_lines
from chalicelib.matching import FoldedYouth, MatchKey, fold, household_keys
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.tie_levels import Tie, TieLevel
from chalicelib.matching.ties import Ties, counting, joined, ties_between

_MEMBERS = 8


class Kind(StrEnum):
    """What two youths are to each other: of one family, living together, or neither."""

    FAMILY = "family"
    TOGETHER = "together"
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class HouseholdExample:
    """Two youths, named within their region, and what tied them at one moment."""

    region: str
    youths: Pair
    kind: Kind
    ties: tuple[tuple[Tie, TieLevel], ...]


@dataclass(slots=True)
class _Region:
    """What is known of a region so far."""

    folder: Path
    excluded: frozenset[str]
    kinds: dict[Pair, Kind]
    youths: dict[str, FoldedYouth] = field(default_factory=dict)
    members: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    blocks: defaultdict[MatchKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: dict[Pair, Ties] = field(default_factory=dict)

    def between(self, one: str, other: str) -> Ties:
        """The ties of two signals that count."""
        if (signals := pair(one, other)) not in self.known:
            first, second = (self.youths[signal] for signal in signals)
            ties = ties_between(first, second, pair_evidence(first, second))
            self.known[signals] = counting(ties, first, second, excluded=self.excluded)
        return self.known[signals]

    def persons_near(self, signal: str, own: str) -> list[str]:
        """The other persons who share a household key with a signal."""
        keys = household_keys(self.youths[signal])
        return sorted({person for key in keys for person in self.blocks[key]} - {own})

    def add(self, signal: str, youth: FoldedYouth, person: str) -> None:
        """One more signal about a person."""
        self.youths[signal] = youth
        self.members[person].append(signal)


def read_household_examples(folder: Path) -> Iterator[HouseholdExample]:
    """Every new state of the ties between two persons, in the order of the region's signals."""
    persons = {row["signal_id"]: row["person_id"] for row in read_lines(folder / "truth_signals.jsonl")}
    region = _Region(folder, read_excluded(folder / "excluded_addresses.json"), read_kinds(folder))
    seen: set[HouseholdExample] = set()
    for signal, youth in read_signals(folder / "signals.jsonl"):
        own = persons[signal]
        region.add(signal, fold(youth), own)
        for person in region.persons_near(signal, own):
            example = _example(region, own, person)
            if example not in seen:
                seen.add(example)
                yield example
        for key in household_keys(region.youths[signal]):
            region.blocks[key].add(own)


def read_kinds(folder: Path) -> dict[Pair, Kind]:
    """The pairs of persons of one family, or who live together."""
    links = read_lines(folder / "household_links.jsonl")
    return {pair(link["a"], link["b"]): Kind.FAMILY if link["family"] else Kind.TOGETHER for link in links}


def _example(region: _Region, own: str, other: str) -> HouseholdExample:
    mine, theirs = region.members[own][-_MEMBERS:], region.members[other][-_MEMBERS:]
    ties = joined(region.between(one, two) for one in mine for two in theirs)
    youths = pair(own, other)
    kind = region.kinds.get(youths, Kind.STRANGERS)
    return HouseholdExample(region.folder.name, youths, kind, tuple(ties.items()))
