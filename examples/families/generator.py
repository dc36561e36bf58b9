"""The generator: one family cluster after another, each with its signals."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from collections.abc import Iterator
from random import Random

from examples.families.addresses import Addresses
from examples.families.clusters import Cluster
from examples.families.households import Household
from examples.families.names import Names
from examples.families.people import Person, Population
from examples.families.places import Places
from examples.families.randomness import Weighted
from examples.families.settings import DIFFICULTIES, LAST_DAY
from examples.families.signals import SignalWriter


class Generator:
    """Iterate over it for clusters, until there are enough households, or ``signals`` when given."""

    def __init__(
        self,
        households: int,
        *,
        seed: int = 1,
        difficulty: str = "normal",
        name_pool: str = "all",
        density: float = 0.2,
        signals: int | None = None,
    ) -> None:
        self._households = households
        self._limit = signals
        self._stamp = f"{seed}:{{}}:{difficulty}"
        self._difficulty = DIFFICULTIES[difficulty]
        self.population = Population(Names(name_pool))
        self.places = Places(Addresses(seed, households, density), households, seed, self._difficulty)
        self._writer = SignalWriter(seed, difficulty)
        self._recent: list[Person] = []
        self._clusters = 0
        traps = self._difficulty.traps
        self._kinds = Weighted(
            [
                ("nuclear", 60),
                ("single", 12),
                ("divorced", 14),
                ("patchwork", 5),
                ("half", 4),
                ("foster", 2.5),
                ("cousins", 0.6 * traps),
                ("teen_parent", 0.4 * traps),
            ]
        )

    def __iter__(self) -> Iterator[Cluster]:
        while not self._is_enough():
            yield self._cluster()

    def _is_enough(self) -> bool:
        if self._limit:
            return self._writer.count >= self._limit
        return self.places.households >= self._households

    def _cluster(self) -> Cluster:
        r = Random(self._stamp.format(self._clusters))
        cluster_id = f"C{self._clusters:07d}"
        self._clusters += 1
        household = Household(r, self.population, self.places, self._difficulty)
        household.build(self._kinds.draw(r))
        for child in household.kids:
            self._overlay(r, child, household.kids)
        cluster = Cluster(cluster_id, household.kids, household.together)
        cluster.signals = self._writer.signals(r, household.kids)
        return cluster

    def _overlay(self, r: Random, child: Person, kids: list[Person]) -> None:
        """Institutions, student towers, and unrelated children of one name and birth date."""
        if r.random() < self.places.institution_chance:
            self.places.move_to_institution(r, child, kids)
        if (LAST_DAY - child.born) / 365.25 >= 18.5 and r.random() < 0.2:
            self.places.move_to_tower(r, child)
        may_be_namesake = self._recent and "twin" not in child.cases
        if may_be_namesake and r.random() < 0.0004 * self._difficulty.traps:
            self._make_namesake(r, child)
        if len(self._recent) < 1000:
            self._recent.append(child)
        else:
            self._recent[r.randrange(1000)] = child

    def _make_namesake(self, r: Random, child: Person) -> None:
        if child.cases & {"namesake_cousin", "junior"}:
            return
        other = r.choice(self._recent)
        child.take_name(other)
        child.origin = other.origin
        child.set_birthday(other.birthday)
        child.cases.add("namesake_unrelated")
        other.cases.add("namesake_unrelated")
