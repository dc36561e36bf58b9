"""Match keys: plain values that two signals share when they ought to be compared.

The storage hashes ``family|value`` under a region's secret (architecture.md, idea 7). A key combines
fields so that its block does not grow with the country faster than it must.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chalicelib.matching.fold import FoldedParent, FoldedYouth
from chalicelib.matching.records import PartialDate
from chalicelib.matching.text import skeleton

FOLD_VERSION: Final = "1"
"""Counts up when a folded form or a key changes: stored keys must then be written anew."""


@dataclass(frozen=True, slots=True, order=True)
class MatchKey:
    """One key: ``family`` names the rule that made it, ``value`` the folded fields it joins."""

    family: str
    value: str


def match_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key of a youth, those for person and for household matches together."""
    return person_keys(folded) | household_keys(folded)


def person_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """The keys that signals about one youth share (D11)."""
    return frozenset(MatchKey(family, "|".join(parts)) for family, *parts in _person_values(folded))


def household_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """The keys that signals of one household share: a parent or a residential address (D12, D13)."""
    return frozenset(MatchKey(family, "|".join(parts)) for family, *parts in _household_values(folded))


def _person_values(youth: FoldedYouth) -> Iterator[tuple[str, ...]]:
    if youth.bsn is not None:
        yield "bsn", youth.bsn
    given = _given_codes(youth)
    codes = youth.name.surname.codes if youth.name.surname is not None else ()
    days = _day(youth.birth_date)
    for day in days:
        yield from (("date-surname", day, code) for code in codes)
        yield from (("date-given", day, code) for code in given)
        yield from (("date-area", day, area) for area in youth.postal_areas)
    if youth.birth_date is not None:
        year = str(youth.birth_date.year)
        yield from (("year-name", year, code, name) for code in codes for name in given)
    yield from (
        ("area-name", area, code, name) for area in youth.postal_areas for code in codes for name in given
    )
    initial = youth.name.given.initials[0] if youth.name.given is not None else None
    if initial is not None:
        yield from (("address-initial", forms.number, initial) for forms in youth.addresses)


def _given_codes(youth: FoldedYouth) -> tuple[str, ...]:
    given = youth.name.given
    if given is None or not given.names:
        return ()
    return tuple(sorted({skeleton(name) for name in given.classes}))


def _day(date: PartialDate | None) -> tuple[str, ...]:
    """Year and both day and month in either order, so that swapped dates share it."""
    if date is None or date.month is None or date.day is None:
        return ()
    low, high = sorted((date.month, date.day))
    return (f"{date.year}-{low:02}-{high:02}",)


def _household_values(youth: FoldedYouth) -> Iterator[tuple[str, ...]]:
    for parent in youth.parents:
        if parent.bsn is not None:
            yield "parent-bsn", parent.bsn
        yield from (
            ("parent", day, code) for day in _day(parent.birth_date) for code in _parent_codes(parent)
        )
    yield from (("address", forms.number) for forms in youth.addresses)


def _parent_codes(parent: FoldedParent) -> tuple[str, ...]:
    return parent.name.surname.codes if parent.name.surname is not None else ()
