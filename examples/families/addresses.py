"""A universe of addresses, larger than the families that live in it."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
import math
from dataclasses import dataclass
from random import Random

from examples.families.names import LISTS
from examples.families.randomness import Weighted, stable_number

POSTAL_LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
_UNUSED_LETTERS = ("SA", "SD", "SS")
_PER_POSTAL_CODE = 16


@dataclass(slots=True, eq=False)
class Home:
    """One address; ``kind`` is home, flat, institution or tower."""

    postal_code: str
    number: int
    letter: str
    addition: str
    street: str
    city: str
    aliases: tuple[str, ...] = ()
    kind: str = "home"

    def public(self) -> dict[str, str]:
        """The address as the files give it."""
        parts = {
            "postcode": self.postal_code,
            "house_number": str(self.number),
            "street": self.street,
            "city": self.city,
        }
        if self.letter:
            parts["house_letter"] = self.letter
        if self.addition:
            parts["house_number_addition"] = self.addition
        return parts


@dataclass(slots=True, eq=False)
class City:
    """A city with room for ``capacity`` addresses, handed out in a fixed scattered order."""

    name: str
    aliases: tuple[str, ...]
    lowest: int
    highest: int
    capacity: int
    step: int
    offset: int
    weight: float
    used: int = 0

    @property
    def is_full(self) -> bool:
        """Whether every address was handed out."""
        return self.used >= self.capacity

    def next_slot(self) -> int:
        """The number of an address that was not handed out yet."""
        slot = (self.step * self.used + self.offset) % self.capacity
        self.used += 1
        return slot


class Addresses:
    """About 1/density times as many addresses as households; every call of new() gives an unused one."""

    def __init__(self, seed: int, households: int, density: float) -> None:
        self._seed = seed
        total = max(2000, int(households * 1.7 / density))
        rows = LISTS["cities"]
        order = list(range(len(rows)))
        Random(f"cities{seed}").shuffle(order)
        chosen = [rows[i] for i in sorted(order[: max(3, min(len(rows), total // 9000))])]
        weight = sum(row["weight"] for row in chosen)
        cities = [_city(row, total * row["weight"] / weight, seed) for row in chosen]
        self._pick = Weighted([(city, city.weight) for city in cities])
        pairs = [one + other for one in POSTAL_LETTERS for other in POSTAL_LETTERS]
        self._pairs = [pair for pair in pairs if pair not in _UNUSED_LETTERS]
        Random(f"pc{seed}").shuffle(self._pairs)

    def new(self, r: Random, city: City | None = None) -> tuple[Home, City]:
        """An unused address, in ``city`` when it has room."""
        for _ in range(50):
            candidate = city or self._pick.draw(r)
            if not candidate.is_full:
                return self._at(candidate, candidate.next_slot()), candidate
            city = None
        raise RuntimeError("no address is left; lower the density")

    def _at(self, city: City, k: int) -> Home:
        row, slot = divmod(k, _PER_POSTAL_CODE)
        areas = city.highest - city.lowest + 1
        area, letters = row % areas, row // areas
        code = f"{city.lowest + area}{self._pairs[letters % len(self._pairs)]}"
        number, letter, addition, kind = _door(stable_number(f"{self._seed}{code}"), slot)
        street = _street(stable_number(f"{self._seed}{city.name}{area}:{letters // 3}"))
        return Home(code, number, letter, addition, street, city.name, city.aliases, kind)


def _city(row: dict[str, object], addresses: float, seed: int) -> City:
    name, lowest, highest = str(row["name"]), int(str(row["lowest"])), int(str(row["highest"]))
    codes = min((highest - lowest + 1) * 390, math.ceil(addresses / _PER_POSTAL_CODE) + 8)
    capacity = codes * _PER_POSTAL_CODE
    step = 2 * (stable_number(f"a{seed}{name}") % (capacity // 2)) + 1
    while math.gcd(step, capacity) != 1:
        step += 2
    aliases = row["aliases"]
    return City(
        name=name,
        aliases=tuple(aliases) if isinstance(aliases, list) else (),
        lowest=lowest,
        highest=highest,
        capacity=capacity,
        step=step,
        offset=stable_number(f"b{seed}{name}") % capacity,
        weight=float(str(row["weight"])),
    )


def _street(number: int) -> str:
    starts, ends = LISTS["street_starts"], LISTS["street_ends"]
    return str(starts[number % len(starts)]).replace("_", " ") + str(ends[(number >> 16) % len(ends)])


def _door(h: int, slot: int) -> tuple[int, str, str, str]:
    """Number, letter, addition and kind of the n-th door of a postal code."""
    style, base = (h % 1000) / 1000, 1 + (h >> 12) % 180
    kind = "flat" if style >= 0.68 else "home"
    if style < 0.58:
        return base + 2 * slot, "", "", kind
    if style < 0.68:
        return base + 2 * (slot // 2), ("", "A")[slot % 2], "", kind
    if style < 0.78:
        floors = (("hs", "1", "2", "3"), ("H", "I", "II", "III"), ("", "bis", "bis A", "bis B"))
        return base + 2 * (slot // 4), "", floors[(h >> 24) % 3][slot % 4], kind
    if style < 0.93:
        flats = (str(slot + 1), str(101 + slot + 92 * (slot // 8)), f"{slot // 4}{'ABCD'[slot % 4]}")
        return base, "", flats[(h >> 24) % 3], kind
    return base, "ABCDEFGHJKLMNPRS"[slot], "", kind
