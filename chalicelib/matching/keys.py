"""Match keys: plain values that two signals share when they ought to be compared.

The storage hashes ``family|value`` under a region's secret. A key combines
fields so that its block does not grow with the country faster than it must. Where one record lacks what
would make a key selective (a birth date, a given name), a pair of families carries the search: everybody
*stores* the broad key, only the incomplete record *looks it up*; the others look up the narrow family
that incomplete records store too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Final, NamedTuple

from chalicelib.matching.call_names import official_names
from chalicelib.matching.either_order import names_in_either_order, without_last_s
from chalicelib.matching.folded import FoldedParent, FoldedYouth
from chalicelib.matching.records import PartialDate
from chalicelib.matching.text import skeleton

FOLD_VERSION: Final = "6"
"""Counts up when a folded form or a key changes: stored keys must then be written anew."""

_BROAD: Final = {"names": "names-undated", "date-initial": "date-initial-nameless"}
"""Broad families, and the narrow ones that incomplete records store besides."""


_DIGITS_OF_REGION: Final = 2
"""Of a postal code: there are ninety such regions."""


class MatchKey(NamedTuple):
    """One key: ``family`` names the rule that made it, ``value`` the folded fields it joins."""

    family: str
    value: str


def _once(made: Callable[[FoldedYouth], frozenset[MatchKey]]) -> Callable[[FoldedYouth], frozenset[MatchKey]]:
    """Keys that stay with the youth: a reconcile asks for those of each signal again and again."""

    @wraps(made)
    def known(folded: FoldedYouth) -> frozenset[MatchKey]:
        keys = folded.keys_made.get(made.__name__)
        if keys is None:
            keys = folded.keys_made[made.__name__] = made(folded)
        return keys

    return known


@_once
def match_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """Every key of a youth, those for person and for household matches together: what is stored."""
    return person_keys(folded) | household_keys(folded)


def lookup_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """The keys under which to look for candidates: as :func:`match_keys`, but broad families sparingly.

    Finds the same candidates from either side, with far fewer that only share a common name.
    """
    incomplete = _incomplete_families(folded)
    narrow = {
        MatchKey(_BROAD[key.family], key.value)
        for key in person_keys(folded)
        if key.family in _BROAD and key.family not in incomplete
    }
    kept = {
        key
        for key in match_keys(folded)
        if (key.family not in _BROAD or key.family in incomplete) and key.family not in _BROAD.values()
    }
    return frozenset(kept | narrow)


@_once
def person_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """The keys that signals about one youth share (D11)."""
    keys = set(_person_keys(folded))
    incomplete = _incomplete_families(folded)
    return frozenset(
        keys | {MatchKey(_BROAD[key.family], key.value) for key in keys if key.family in incomplete}
    )


@_once
def household_keys(folded: FoldedYouth) -> frozenset[MatchKey]:
    """The keys that signals of one household share: a parent or a residential address (D12, D13)."""
    return frozenset(_household_keys(folded))


def _incomplete_families(youth: FoldedYouth) -> frozenset[str]:
    given = youth.name.given
    undated = "names" if not days_of(youth.birth_date) else ""
    nameless = "date-initial" if given is not None and not given.names else ""
    return frozenset({undated, nameless} - {""})


def _person_keys(youth: FoldedYouth) -> Iterator[MatchKey]:
    if youth.bsn is not None:
        yield MatchKey("bsn", youth.bsn)
    for day in days_of(youth.birth_date):
        yield from _keys_of_a_day(day, youth)
    for names in names_in_either_order(youth.name):
        yield MatchKey("names", names)
        if youth.birth_date is not None:
            yield MatchKey("year-names", f"{youth.birth_date.year}|{names}")
        for day in days_of(youth.birth_date):
            yield MatchKey("birthday-names", f"{day[5:]}|{names}")


def _keys_of_a_day(day: str, youth: FoldedYouth) -> Iterator[MatchKey]:
    for code in surname_codes(youth):
        yield MatchKey("date-surname", f"{day}|{code}")
    for name in given_codes(youth):
        yield MatchKey("date-given", f"{day}|{name}")
    for area in youth.postal_areas:
        yield MatchKey("date-area", f"{day}|{area}")
    if youth.name.given is not None:
        yield MatchKey("date-initial", f"{day}|{youth.name.given.initials[0]}")


def surname_codes(youth: FoldedYouth) -> tuple[str, ...]:
    """The surname and its halves; a last s falls away, for Timmerman is written Timmermans too."""
    if youth.name.surname is None:
        return ()
    return tuple(dict.fromkeys(without_last_s(code) for code in youth.name.surname.codes))


def given_codes(youth: FoldedYouth) -> tuple[str, ...]:
    """The first given name, and the official names it may stand for."""
    given = youth.name.given
    if given is None or not given.names:
        return ()
    return tuple(sorted({skeleton(name) for name in official_names(given.names[0])}))


def days_of(date: PartialDate | None) -> tuple[str, ...]:
    """Year and both day and month in either order, so that swapped dates share it; none if incomplete."""
    if date is None or date.month is None or date.day is None:
        return ()
    low, high = sorted((date.month, date.day))
    return (f"{date.year}-{low:02}-{high:02}",)


def _household_keys(youth: FoldedYouth) -> Iterator[MatchKey]:
    own = youth.name.surname.codes if youth.name.surname is not None else ()
    regions = sorted({area[:_DIGITS_OF_REGION] for area in youth.postal_areas})
    for parent in youth.parents:
        if parent.bsn is not None:
            yield MatchKey("parent-bsn", parent.bsn)
        yield from _parent_keys(parent, own)
        for name in namesakes(parent, own):
            for region in regions:
                yield MatchKey("parent-name-region", "|".join((*name, region)))
    for forms in youth.addresses:
        yield MatchKey("address", forms.number)
    for code in own:
        for place in _doors(youth):
            yield MatchKey("family-door", f"{place}|{code}")
        for door in youth.doors:
            yield MatchKey("family-area", f"{door}|{code}")
        for postal in youth.postal_codes:
            yield MatchKey("family-postal-code", f"{postal}|{code}")


def _doors(youth: FoldedYouth) -> frozenset[str]:
    """House number and city: what is left of an address when its postal code is missing or wrong."""
    numbers = {forms.number.partition("|")[2] for forms in youth.addresses}
    numbers |= {place.split("|")[1] for place in youth.places}
    return frozenset(f"{city}|{number}" for city in youth.cities for number in numbers)


def _parent_keys(parent: FoldedParent, own: tuple[str, ...]) -> Iterator[MatchKey]:
    """A parent by birth date, and by initial beside a surname that the child does not bear."""
    surname, given = parent.name.surname, parent.name.given
    days = days_of(parent.birth_date)
    if given is not None and given.names:
        for day in days:
            yield MatchKey("parent-day-given", f"{day}|{given.codes[0]}")
    if surname is None:
        return
    for code in surname.codes:
        for day in days:
            yield MatchKey("parent", f"{day}|{code}")
        if given is not None and own and code not in own:
            yield MatchKey("parent-initial", f"{code}|{given.initials[0]}|{own[0]}")


def namesakes(parent: FoldedParent, own: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """A parent's surname and given name beside the child's surname, when all are known."""
    surname, given = parent.name.surname, parent.name.given
    if surname is not None and given is not None and given.names and own:
        yield surname.codes[0], given.codes[0], own[0]
