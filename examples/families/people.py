"""People: who they are, where they live, and what the name of a child can be."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from dataclasses import dataclass, field
from random import Random

from examples.families.addresses import Home
from examples.families.names import GivenName, Names, Surname
from examples.families.numbers import make_bsn
from examples.families.randomness import Weighted
from examples.families.settings import LAST_DAY, ORIGINS

Stay = tuple[int, Home]
"""The day from which somebody lives at an address."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in a family; days are ordinals."""

    number: int
    sex: str
    origin: str
    birthday: int
    given: tuple[GivenName, ...] = ()
    call_name: str = ""
    surname: Surname = ("", "")
    surname_variants: tuple[Surname, ...] = ()
    registered_birthday: int = 0
    born: int = 0
    parents: list[Person] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    other_stays: list[Stay] = field(default_factory=list)
    cases: set[str] = field(default_factory=set)
    partner: Person | None = None
    other_surnames: list[Surname] = field(default_factory=list)
    signals: int = 0

    @property
    def person_id(self) -> str:
        """The id of the truth."""
        return f"P{self.number:08d}"

    @property
    def bsn(self) -> str:
        """The citizen service number."""
        return make_bsn(self.number)

    @property
    def first_name(self) -> str:
        """The first official given name."""
        return self.given[0].official

    def home_on(self, day: int) -> Home:
        """Where this person lives on a day."""
        home = self.stays[0][1]
        for since, stayed in self.stays:
            if since <= day:
                home = stayed
        return home

    def shares_parent(self, other: Person) -> bool:
        """Whether the two have a parent in common."""
        return bool({parent.number for parent in self.parents} & {parent.number for parent in other.parents})

    def take_name(self, other: Person, *, surname_too: bool = True) -> None:
        """Become a namesake."""
        self.sex, self.given, self.call_name = other.sex, other.given, other.call_name
        if surname_too:
            self.surname, self.surname_variants = other.surname, other.surname_variants

    def set_birthday(self, day: int) -> None:
        """Born, and registered as born, on this day."""
        self.birthday = self.born = self.registered_birthday = day


def gendered(surname: Surname, sex: str, origin: str) -> Surname:
    """Polish surnames of women end in -ska."""
    prefix, core = surname
    if origin == "PL" and sex == "V" and core.endswith(("ski", "cki")):
        core = core[:-1] + "a"
    return prefix, core


class Population:
    """Makes people and counts them."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.origins = Weighted(ORIGINS)
        self.count = 0

    def person(
        self,
        r: Random,
        origin: str,
        sex: str | None,
        birthday: int,
        surname: tuple[Surname, tuple[Surname, ...]] | None = None,
    ) -> Person:
        """A new person, with a surname of their own unless one is given."""
        made = Person(self.count, sex or r.choice("MV"), origin, birthday)
        self.count += 1
        chance = r.random()
        if origin == "NL":
            wanted = 1 if chance < 0.35 else 2 if chance < 0.75 else 3 if chance < 0.95 else 4
        else:
            wanted = 1 if chance < 0.78 else 2
        chosen: dict[str, GivenName] = {}
        while len(chosen) < wanted:
            name = self._draw_given(r, made)
            chosen.setdefault(name.official, name)
        set_given(made, tuple(chosen.values()), r)
        if surname is None:
            family = self._names.surname(r, origin)
            surname = family.surname, family.variants
        made.surname, made.surname_variants = gendered(surname[0], made.sex, origin), surname[1]
        made.registered_birthday = made.born = birthday
        return made

    def rename(self, r: Random, person: Person) -> None:
        """Other given names, as many as before."""
        set_given(person, tuple(self._draw_given(r, person) for _ in person.given), r)

    def couple(self, r: Random, younger: int = 0) -> tuple[Person, Person]:
        """A man and a woman, who may bear each other's name later."""
        origin = self.origins.draw(r)
        other_origin = self.origins.draw(r) if r.random() < 0.12 else origin
        age = r.randint(24, 50) - younger
        father = self.person(r, origin, "M", LAST_DAY - int(365.25 * age) - r.randint(0, 364))
        her_age = max(19, age - r.randint(-2, 6))
        mother = self.person(r, other_origin, "V", LAST_DAY - int(365.25 * her_age) - r.randint(0, 364))
        father.partner, mother.partner = mother, father
        return father, mother

    def _draw_given(self, r: Random, person: Person) -> GivenName:
        return self._names.given[person.origin][person.sex].draw(r)


def set_given(person: Person, names: tuple[GivenName, ...], r: Random) -> None:
    """Give names, and choose by which the person is called."""
    person.given = names
    first = names[0]
    called = bool(first.call_names) and r.random() < 0.75
    person.call_name = r.choice(first.call_names) if called else first.official
    if len(names) > 1 and r.random() < 0.04:
        person.call_name = names[1].official
