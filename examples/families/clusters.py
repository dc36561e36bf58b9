"""Family clusters: people whose children belong together, or only seem to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

from examples.families.people import Person
from examples.families.signals import Signal


@dataclass(frozen=True, slots=True)
class Link:
    """Two children of one cluster; ``family`` when they share a parent or one is the other's parent."""

    one: str
    other: str
    kind: str
    family: bool


@dataclass(slots=True)
class Cluster:
    """The children of one cluster with everybody's signals."""

    cluster_id: str
    children: list[Person]
    together: list[tuple[Person, Person, str]]
    signals: list[Signal] = field(default_factory=list)

    def links(self) -> Iterator[Link]:
        """Pairs that share a parent, then pairs that only live together or are parent and child."""
        linked = set()
        for one, other in combinations(self.children, 2):
            shared = {parent.number for parent in one.parents} & {parent.number for parent in other.parents}
            if shared:
                linked.add((one.number, other.number))
                yield Link(one.person_id, other.person_id, _kind(one, other, len(shared)), family=True)
        for one, other, kind in self.together:
            if (one.number, other.number) not in linked and (other.number, one.number) not in linked:
                yield Link(one.person_id, other.person_id, kind, family=kind == "parent_child")


def _kind(one: Person, other: Person, shared: int) -> str:
    if not shared == len(one.parents) == len(other.parents):
        return "half"
    return "twin" if abs(one.birthday - other.birthday) <= 1 else "full"


def number_of_children(r: Random) -> int:
    """How many children a couple has."""
    chance = r.random()
    for number, upto in enumerate((0.40, 0.78, 0.93, 0.98), start=1):
        if chance < upto:
            return number
    return 5
