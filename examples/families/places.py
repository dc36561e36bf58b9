"""Where families live: moves, lodgings, institutions and student towers."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from random import Random
from typing import TypeVar

from examples.families.addresses import Addresses, City, Home
from examples.families.people import Person, Stay
from examples.families.randomness import stable_number
from examples.families.settings import FIRST_DAY, LAST_DAY, Difficulty

T = TypeVar("T")
_KINDS = (
    "vrouwenopvang", "asielzoekerscentrum", "residentiële jeugdzorg", "gezinshuis-campus",
    "briefadres gemeente", "internaat", "crisisopvang",
)  # fmt: skip


class Places:
    """The homes of all clusters; families move into homes that others left."""

    def __init__(self, addresses: Addresses, households: int, seed: int, difficulty: Difficulty) -> None:
        self._addresses = addresses
        self._difficulty = difficulty
        self._vacated: list[tuple[int, Home, City]] = []
        self._lodgings: list[tuple[Home, City]] = []
        self.households = 0
        r = Random(f"inst{seed}")
        self.institutions = [
            (self._building(r, "institution"), _KINDS[i % 7]) for i in range(max(2, households // 1500))
        ]
        self.unlisted = [
            (self._building(r, "institution"), _KINDS[(i + 3) % 7]) for i in range(max(1, households // 6000))
        ]
        self.towers = [self._building(r, "tower") for _ in range(max(1, households // 4000))]
        self._rooms = [0] * len(self.towers)
        buildings = len(self.institutions) + len(self.unlisted)
        self.institution_chance = min(0.08, 60 * buildings / (1.95 * households))

    def stays(self, r: Random, city: City | None = None) -> tuple[list[Stay], City]:
        """Where a household lives, from the first home on, and the city of the last."""
        home, city = self._addresses.new(r, city)
        self.households += 1
        if self._lodgings and r.random() < 0.006 * self._difficulty.traps:
            home, city = r.choice(self._lodgings)  # two unrelated families at one address
        stays = [(0, home)]
        for day in _moving_days(r):
            moved_to = self._vacated_home(r, day, home)
            if moved_to is None:
                moved_to = self._addresses.new(r, city if r.random() < 0.55 else None)
            _keep(self._vacated, r, (day, stays[-1][1], city := moved_to[1]))
            stays.append((day, moved_to[0]))
        _keep(self._lodgings, r, (stays[-1][1], city))
        return stays, city

    def move_to_institution(self, r: Random, child: Person, kids: list[Person]) -> None:
        """A child, perhaps with brothers and sisters, moves to an institution."""
        home, _ = r.choice(self.institutions + self.unlisted)
        day = r.randint(max(FIRST_DAY, child.born), LAST_DAY)
        group = [child]
        if r.random() < 0.4:
            group = [other for other in kids if other.stays == child.stays and r.random() < 0.5]
        for moved in group + ([child] if child not in group else []):
            moved.stays = [*(stay for stay in moved.stays if stay[0] <= day), (day, home)]
            moved.cases.add("institution")

    def move_to_tower(self, r: Random, child: Person) -> None:
        """A student takes a room in a tower."""
        index = r.randrange(len(self.towers))
        tower = self.towers[index]
        self._rooms[index] += 1
        room = str(self._rooms[index])
        addition = room if stable_number(tower.postal_code) % 2 else f"K{room}"
        home = Home(
            tower.postal_code, tower.number, "", addition, tower.street, tower.city, tower.aliases, "tower"
        )
        since = r.randint(max(FIRST_DAY, int(child.born + 18 * 365.25)), LAST_DAY)
        child.stays = sorted([*child.stays, (since, home)], key=lambda stay: stay[0])
        child.cases.add("tower")

    def _building(self, r: Random, kind: str) -> Home:
        home, _ = self._addresses.new(r)
        home.kind, home.letter, home.addition = kind, "", ""
        home.number += 300 if kind == "institution" else 500
        return home

    def _vacated_home(self, r: Random, day: int, home: Home) -> tuple[Home, City] | None:
        if not self._vacated or r.random() >= 0.25:
            return None
        since, left, city = self._vacated[r.randrange(len(self._vacated))]
        return (left, city) if since < day and left is not home else None


def _moving_days(r: Random) -> list[int]:
    chance = 0.30
    days: list[int] = []
    while r.random() < chance and len(days) < 3:
        days.append(r.randint(FIRST_DAY + 30, LAST_DAY - 30))
        chance *= 0.5
    return sorted(days)


def _keep(pool: list[T], r: Random, item: T, size: int = 400) -> None:
    if len(pool) < size:
        pool.append(item)
    else:
        pool[r.randrange(size)] = item
