"""Children of a couple: surnames, birthdays, twins."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from datetime import date
from itertools import combinations
from random import Random

from examples.families.names import Surname
from examples.families.people import Person, Population
from examples.families.settings import LAST_DAY, Difficulty


class Nursery:
    """Makes the children of one cluster; brothers and sisters never share a first or call name."""

    def __init__(self, population: Population, difficulty: Difficulty, r: Random) -> None:
        self._population = population
        self._difficulty = difficulty
        self._r = r
        self._used: set[str] = set()

    def children(
        self,
        parents: list[Person],
        wanted: int,
        ages: tuple[int, int] = (0, 22),
        origin: str | None = None,
    ) -> list[Person]:
        """About ``wanted`` children of one or two parents, sometimes twins."""
        surname = self._surname(parents)
        kids: list[Person] = []
        while len(kids) < wanted:
            birthday = self._birthday(parents, ages, kids)
            if birthday is None:
                wanted -= wanted > 4
                continue
            child = self._child(parents, origin, birthday, surname)
            kids.append(child)
            if len(kids) < wanted and self._r.random() < 0.03 + 0.015 * self._difficulty.traps:
                kids.append(self._twin(child, surname))
        for child in kids:
            self._make_name_unused(child)
        for child in kids:
            self._register(child, parents)
        _mark_twins(kids)
        return kids

    def _surname(self, parents: list[Person]) -> tuple[Surname, tuple[Surname, ...]]:
        r, father = self._r, parents[0]
        chosen: tuple[Surname, tuple[Surname, ...]] = father.surname, father.surname_variants
        chance = r.random()
        if len(parents) > 1:
            mother = parents[1]
            if chance < 0.10:
                chosen = mother.surname, mother.surname_variants
            elif chance < 0.15:
                one, other = (father, mother) if r.random() < 0.5 else (mother, father)
                chosen = _double(one.surname, other.surname), ()
        (prefix, core), variants = chosen
        if father.origin == "PL" and core.endswith(("ska", "cka")):
            core = core[:-1] + "i"
        return (prefix, core), variants

    def _birthday(self, parents: list[Person], ages: tuple[int, int], kids: list[Person]) -> int | None:
        r = self._r
        youngest, oldest = ages
        day = LAST_DAY - r.randint(int(youngest * 365.25), int((oldest + 0.99) * 365.25))
        day = max(day, max(parent.birthday for parent in parents) + int(17.5 * 365.25))
        day = min(day, LAST_DAY - 20)
        if _is_too_close(day, kids) and r.random() < 0.97:
            day = LAST_DAY - r.randint(20, int(22.99 * 365.25))
            if _is_too_close(day, kids):
                return None
        return day

    def _child(
        self,
        parents: list[Person],
        origin: str | None,
        birthday: int,
        surname: tuple[Surname, tuple[Surname, ...]],
    ) -> Person:
        chosen = origin or parents[0].origin
        if len(parents) > 1 and self._r.random() >= 0.7:
            chosen = self._r.choice([parents[0].origin, parents[1].origin])
        return self._population.person(self._r, chosen, None, birthday, surname)

    def _twin(self, child: Person, surname: tuple[Surname, tuple[Surname, ...]]) -> Person:
        r = self._r
        sex = child.sex if r.random() < 0.67 else None
        twin = self._population.person(r, child.origin, sex, child.birthday, surname)
        same_initial = r.random() < 0.15 * self._difficulty.traps
        tries = 0
        while _is_alike(twin, child) or (
            same_initial and twin.first_name[0] != child.first_name[0] and tries < 60
        ):
            self._population.rename(r, twin)
            tries += 1
        child.cases.add("twin")
        twin.cases.add("twin")
        if r.random() < 0.03 and twin.birthday < LAST_DAY - 21:
            twin.birthday += 1  # born after midnight
        return twin

    def _make_name_unused(self, child: Person) -> None:
        tries = 0
        while (child.first_name in self._used or child.call_name in self._used) and tries < 80:
            self._population.rename(self._r, child)
            tries += 1
        self._used |= {child.first_name, child.call_name}

    def _register(self, child: Person, parents: list[Person]) -> None:
        r = self._r
        child.parents = list(parents)
        child.born = child.registered_birthday = child.birthday
        if child.origin == "RF" and r.random() < 0.22:  # registered with an unknown day
            year = date.fromordinal(child.birthday).year
            child.registered_birthday = date(year, r.choice([1, 1, 1, 7]), 1).toordinal()
            child.cases.add("registered_0101")
        for parent in reversed(parents):
            if parent.surname != child.surname:
                child.other_surnames.append(parent.surname)


def _double(one: Surname, other: Surname) -> Surname:
    """A double-barrelled name: the prefix of the second stays inside."""
    inside = f"{other[0]} " if other[0] else ""
    return one[0], f"{one[1]}-{inside}{other[1]}"


def _is_too_close(day: int, kids: list[Person]) -> bool:
    return any(abs(day - child.birthday) < 280 for child in kids)


def _is_alike(one: Person, other: Person) -> bool:
    return one.first_name == other.first_name or one.call_name == other.call_name


def _mark_twins(kids: list[Person]) -> None:
    for one, other in combinations(kids, 2):
        twins = "twin" in one.cases and "twin" in other.cases and abs(one.birthday - other.birthday) <= 1
        if twins and one.first_name[0] == other.first_name[0]:
            one.cases.add("twin_same_initial")
            other.cases.add("twin_same_initial")
    for one in kids:  # of twins with an unknown day both are registered alike
        for other in kids:
            if one is not other and one.birthday == other.birthday and "registered_0101" in one.cases:
                other.registered_birthday = one.registered_birthday
                other.cases.add("registered_0101")
