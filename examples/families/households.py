"""The kinds of family: nuclear, single, divorced, patchwork, half, foster, cousins, young parents."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from random import Random

from examples.families.addresses import City
from examples.families.children import Nursery
from examples.families.clusters import number_of_children
from examples.families.people import Person, Population, Stay
from examples.families.places import Places
from examples.families.settings import FIRST_DAY, LAST_DAY, Difficulty


class Household:
    """Builds one cluster: ``kids`` and, in ``together``, pairs that only live together."""

    def __init__(self, r: Random, population: Population, places: Places, difficulty: Difficulty) -> None:
        self._r = r
        self._population = population
        self._places = places
        self._difficulty = difficulty
        self._nursery = Nursery(population, difficulty, r)
        self.kids: list[Person] = []
        self.together: list[tuple[Person, Person, str]] = []

    def build(self, kind: str) -> None:
        """Fill the cluster with a family of this kind."""
        if kind == "cousins":
            self._cousins()
        elif kind == "teen_parent":
            self._young_parent()
        else:
            self._family(kind)

    def _family(self, kind: str) -> None:
        r = self._r
        father, mother = self._population.couple(r)
        parents = [father, mother] if kind != "single" or r.random() < 0.5 else [mother]
        kids = self._nursery.children(parents, number_of_children(r))
        stays, city = self._places.stays(r)
        settle(kids, stays)
        self.kids += kids
        if kind == "single":
            for child in kids:
                child.cases.add("single_parent")
        if kind in ("divorced", "patchwork", "half"):
            other_stays, _ = self._places.stays(r, city if r.random() < 0.6 else None)
            for child in kids:
                child.other_stays = list(other_stays)
                child.cases.add("divorced")
            if kind == "half":
                self._half(father, mother, kids, other_stays)
            if kind == "patchwork":
                self._patchwork(mother, kids, stays, city)
        if kind == "foster":
            self._foster(kids, city)

    def _foster(self, kids: list[Person], city: City) -> None:
        r = self._r
        foster_father, foster_mother = self._population.couple(r)
        own = self._nursery.children([foster_father, foster_mother], r.choice([0, 1, 2]) or 1)
        stays, _ = self._places.stays(r, city if r.random() < 0.5 else None)
        settle(own, stays)
        self.kids += own
        away = len(kids) if r.random() < 0.4 else max(1, len(kids) - 1)
        for child in kids[:away]:
            day = r.randint(max(FIRST_DAY, child.born), LAST_DAY)
            child.stays = [*(stay for stay in child.stays if stay[0] <= day), (day, stays[-1][1])]
            child.cases.add("foster")
            child.other_surnames.append(foster_father.surname)
            self.together += [(child, other, "foster") for other in own]

    def _half(self, father: Person, mother: Person, kids: list[Person], stays: list[Stay]) -> None:
        """A parent has children with somebody else, who live at the other address."""
        r = self._r
        parent, sex = (father, "V") if r.random() < 0.6 else (mother, "M")
        origin = self._population.origins.draw(r) if r.random() < 0.2 else parent.origin
        birthday = LAST_DAY - int(365.25 * r.randint(22, 45)) - r.randint(0, 364)
        partner = self._population.person(r, origin, sex, birthday)
        partner.partner = parent
        couple = [parent, partner] if parent.sex == "M" else [partner, parent]
        born = self._nursery.children(couple, r.choice([1, 1, 2]), (0, 8))
        settle(born, stays)
        for child in born + kids:
            child.cases.add("half_sibling")
        self.kids += born

    def _patchwork(self, mother: Person, kids: list[Person], stays: list[Stay], city: City) -> None:
        """The mother's new partner brings children; perhaps they have one together."""
        r = self._r
        origin = self._population.origins.draw(r) if r.random() < 0.2 else mother.origin
        partner = self._population.person(r, origin, "M", LAST_DAY - int(365.25 * r.randint(26, 50)))
        former = self._population.person(r, partner.origin, "V", LAST_DAY - int(365.25 * r.randint(26, 48)))
        partner.partner = mother
        brought = self._nursery.children([partner, former], r.choice([1, 2]))
        their_stays, _ = self._places.stays(r, city)
        settle(brought, stays if r.random() < 0.6 else their_stays, "patchwork")
        for child in brought:
            child.other_stays = list(their_stays if child.stays == stays else stays)
            child.cases.add("divorced")
        for child in kids:
            child.cases.add("patchwork")
            child.other_surnames.append(partner.surname)
        self.kids += brought
        self.together += [(one, other, "step") for one in kids for other in brought]
        if r.random() < 0.45:
            joint = self._nursery.children([partner, mother], 1, (0, 4))
            settle(joint, stays, "half_sibling")
            self.kids += joint
            for child in kids + brought:
                child.cases.add("half_sibling")

    def _cousins(self) -> None:
        """Two families of one surname, a child in each of one name."""
        r = self._r
        father, mother = self._population.couple(r)
        stays, city = self._places.stays(r)
        kids = self._nursery.children([father, mother], r.choice([1, 2, 3]))
        settle(kids, stays)
        uncle, aunt = self._population.couple(r)
        uncle.surname, uncle.surname_variants, uncle.origin = (
            father.surname, father.surname_variants, father.origin,
        )  # fmt: skip
        cousins = self._nursery.children([uncle, aunt], r.choice([1, 2, 3]), origin=father.origin)
        their_stays, _ = self._places.stays(r, city if r.random() < 0.8 else None)
        settle(cousins, their_stays)
        one = kids[0]
        other = next((cousin for cousin in cousins if "twin" not in cousin.cases), None)
        if other is None:
            other = self._one_more(cousins, father, [uncle, aunt], cousins[0].birthday, their_stays)
        other.take_name(one)
        r.random()  # an older draw, kept so that a seed keeps giving the same families
        if r.random() < 0.3 * self._difficulty.traps:
            gap = r.choice([0, r.randint(-30, 30), r.randint(-400, 400)])
        else:
            gap = r.randint(-1100, 1100)
        other.set_birthday(min(LAST_DAY - 20, one.birthday + gap))
        one.cases.add("namesake_cousin")
        other.cases.add("namesake_cousin")
        self.kids += kids + cousins

    def _young_parent(self) -> None:
        """A young parent who is a youth too, with a baby that may carry the same name."""
        r = self._r
        grandfather, grandmother = self._population.couple(r, -8)
        grandfather.birthday -= 4000
        grandmother.birthday -= 4000
        kids = self._nursery.children([grandfather, grandmother], r.choice([1, 2]), (18, 22))
        stays, _ = self._places.stays(r)
        settle(kids, stays)
        parent = next((child for child in kids if "twin" not in child.cases), None)
        if parent is None:
            parent = self._one_more(kids, kids[0], [grandfather, grandmother], LAST_DAY, stays)
        parent.set_birthday(LAST_DAY - r.randint(18 * 366, 22 * 365))
        sex = parent.sex if r.random() < 0.6 else None
        surname = parent.surname, parent.surname_variants
        baby = self._population.person(r, parent.origin, sex, LAST_DAY - r.randint(30, 2 * 365), surname)
        if baby.sex == parent.sex and r.random() < 0.7:
            baby.take_name(parent, surname_too=False)
            baby.cases.add("junior")
            parent.cases.add("junior")
        baby.parents = [parent]
        settle([baby], stays)
        self.together.append((parent, baby, "parent_child"))
        self.kids += [*kids, baby]

    def _one_more(
        self, kids: list[Person], like: Person, parents: list[Person], birthday: int, stays: list[Stay]
    ) -> Person:
        """One more child, for all the others are twins."""
        surname = like.surname, like.surname_variants
        child = self._population.person(self._r, like.origin, None, birthday, surname)
        child.parents = parents
        kids.append(child)
        settle([child], stays)
        return child


def settle(group: list[Person], stays: list[Stay], case: str | None = None) -> None:
    """These children live here."""
    for child in group:
        child.stays = list(stays)
        if len(stays) > 1 and any(day > child.born for day, _ in stays):
            child.cases.add("moved")
        if stays[0][1].kind == "flat":
            child.cases.add("flat")
        if case:
            child.cases.add(case)
