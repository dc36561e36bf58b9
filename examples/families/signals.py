"""Signals: who gives them when, and what the record of one holds."""

from __future__ import annotations

# ruff: noqa: PLR2004 - rates are this module's data
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from examples.families.addresses import Home
from examples.families.people import Person
from examples.families.randomness import Weighted, stable_number
from examples.families.settings import (
    AGES,
    DIFFICULTIES,
    FIRST_DAY,
    LAST_DAY,
    ORGANISATIONS,
    Organisation,
)
from examples.families.slips import digit_typo
from examples.families.written_fields import write_address, written_date, written_number
from examples.families.written_names import NameWriter

_TOLD_OF_PARENTS = frozenset({"p_partner_name", "p_combined_name", "p_surname_typo"})


@dataclass(frozen=True, slots=True)
class Signal:
    """``record`` is what a matcher may see, the rest is the truth."""

    record: dict[str, Any]
    person_id: str
    tags: tuple[str, ...]
    address_kind: str


class SignalWriter:
    """Gives the signals about the children of one cluster after another."""

    def __init__(self, seed: int, difficulty: str) -> None:
        self._stamp = f"{seed}:{{}}:{difficulty}"
        self._difficulty = DIFFICULTIES[difficulty]
        self._organisations = Weighted([(known, known.weight) for known in ORGANISATIONS])
        self.count = 0

    def signals(self, r: Random, kids: list[Person]) -> list[Signal]:
        """All signals about these children."""
        given = []
        for child in kids:
            for day, organisation in self._schedule(r, child):
                given.append(self._signal(r, child, day, organisation, kids))
                child.signals += 1
        return given

    def _schedule(self, r: Random, child: Person) -> Iterator[tuple[int, Organisation]]:
        day: int | None = None
        for _ in range(_number_of_signals(r)):
            if day is not None and r.random() < 0.4:
                day = min(LAST_DAY, day + int(r.expovariate(1 / 20)))
            else:
                day = r.randint(max(FIRST_DAY, child.born + 5), LAST_DAY)
            yield day, self._organisation(r, (day - child.born) / 365.25)

    def _organisation(self, r: Random, age: float) -> Organisation:
        chosen = self._organisations.draw(r)
        youngest, oldest = AGES.get(chosen.name, (-1.0, 99.0))
        if youngest <= age < oldest:
            return chosen
        if r.random() < 0.4:
            return ORGANISATIONS[0]
        return ORGANISATIONS[9] if r.random() < 0.5 else ORGANISATIONS[6]

    def _signal(self, r: Random, child: Person, day: int, known: Organisation, kids: list[Person]) -> Signal:
        difficulty = self._difficulty
        slips = difficulty.slips * known.slips
        tags: list[str] = []
        record = self._envelope(r, day, known)
        if r.random() < min(0.985, known.bsn * difficulty.numbers):
            record["bsn"] = written_number(r, tags, child, kids, slips)
        else:
            tags.append("no_bsn")
        given = r.random() < 1 - (1 - known.given_names) * difficulty.missing * 0.5
        NameWriter(r, difficulty, child, slips, "", record, tags).write(
            given=given, call_name=known.call_name
        )
        if r.random() < 1 - (1 - known.birth_date) * difficulty.missing:
            record["date_of_birth"] = written_date(r, tags, child.registered_birthday, slips)
        else:
            tags.append("dob_missing")
        if r.random() < known.gender:
            record["gender"] = _written_gender(r, tags, child, slips)
        kind = "none"
        if r.random() < 1 - (1 - known.address) * difficulty.missing * 0.8:
            home, kind = _home(r, child, day, slips)
            write_address(r, record, tags, home, slips=slips, difficulty=difficulty)
        else:
            tags.append("addr_missing")
        record["parents"] = self._parents(r, tags, child, known, kind)
        return Signal(record, child.person_id, tuple(tags), kind)

    def _envelope(self, r: Random, day: int, known: Organisation) -> dict[str, Any]:
        signal_id = f"S{stable_number(self._stamp.format(self.count)):016x}"
        self.count += 1
        in_office = r.random() < 0.93
        second = r.randint(8 * 3600, 18 * 3600) if in_office else r.randint(0, 86399)
        submitted = datetime.fromordinal(day) + timedelta(seconds=second)
        return {
            "signal_id": signal_id,
            "organisation": known.name,
            "submitted_at": submitted.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    def _parents(
        self, r: Random, tags: list[str], child: Person, known: Organisation, kind: str
    ) -> list[dict[str, Any]]:
        if not child.parents or r.random() >= known.parents * (0.6 if kind == "institution" else 1.0):
            return []
        named = list(child.parents)
        if len(named) == 2 and r.random() < 0.45:
            named = [named[1] if r.random() < 0.7 else named[0]]
        if len(named) == 2 and r.random() < 0.4:
            named.reverse()
        return [self._parent(r, tags, parent, known) for parent in named]

    def _parent(self, r: Random, tags: list[str], parent: Person, known: Organisation) -> dict[str, Any]:
        slips = self._difficulty.slips * known.slips
        record: dict[str, Any] = {}
        own_tags: list[str] = []
        if r.random() < known.parent_bsn * min(1.2, self._difficulty.numbers):
            record["bsn"] = parent.bsn
            if r.random() < 0.006 * slips:
                record["bsn"] = digit_typo(r, parent.bsn)
                tags.append("parent_bsn_typo")
        NameWriter(r, self._difficulty, parent, slips, "p_", record, own_tags).write(
            given=r.random() < 0.7, call_name=0.35
        )
        if "given_names" in record and r.random() < 0.25:
            initials = ".".join(name.official[0] for name in parent.given) + "."
            record["initials"] = record.get("initials") or initials
            del record["given_names"]
        if r.random() < 0.45:
            record["date_of_birth"] = written_date(r, own_tags, parent.birthday, slips, "p_")
        tags += [tag for tag in own_tags if tag in _TOLD_OF_PARENTS]
        return record


def _number_of_signals(r: Random) -> int:
    chance = r.random()
    for number, upto in enumerate((0.25, 0.49, 0.69, 0.83, 0.92, 0.97)):
        if chance < upto:
            return number
    return 6


def _written_gender(r: Random, tags: list[str], child: Person, slips: float) -> str:
    if r.random() < 0.006 * slips:
        tags.append("gender_wrong")
        return "V" if child.sex == "M" else "M"
    return child.sex


def _home(r: Random, child: Person, day: int, slips: float) -> tuple[Home, str]:
    """The address that the organisation knows, and what it is to the child."""
    home, kind = child.home_on(day), "current"
    past = [left for since, left in child.stays if left is not home and since < day]
    if past and r.random() < 0.16 * (1 + 0.3 * (slips - 1)):
        home, kind = past[-1], "old"
    elif child.other_stays and home.kind not in ("institution", "tower") and r.random() < 0.30:
        home, kind = child.other_stays[-1][1], "other_parent"
        for since, other in child.other_stays:
            if since <= day:
                home = other
    return home, home.kind if home.kind in ("institution", "tower") else kind
