"""The ties between two youths, and between two groups of signals (D12, D13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final

from chalicelib.matching.address import AddressForms
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.records import PartialDate
from chalicelib.matching.same_parents import compare_all_parents
from chalicelib.matching.tie_levels import RANKS, Tie, TieLevel

Ties = Mapping[Tie, TieLevel]
_NEARBY: Final = frozenset({TieLevel.STREET, TieLevel.AREA_NUMBER, TieLevel.POSTAL_CODE})
_AT_A_NUMBER: Final = frozenset({TieLevel.EQUAL, TieLevel.NUMBER, TieLevel.OTHER_DOOR})


def may_be_tied(one: FoldedYouth, other: FoldedYouth) -> bool:
    """Whether it is worth a closer look: a place, or a parent's number, birth date or surname in common."""
    if one.postal_codes & other.postal_codes or one.places & other.places or one.doors & other.doors:
        return True
    if not one.parents or not other.parents:
        return False
    return not (
        one.surnames_of_parents.isdisjoint(other.surnames_of_parents)
        and _numbers_and_days(one).isdisjoint(_numbers_and_days(other))
    )


def _numbers_and_days(youth: FoldedYouth) -> set[str | PartialDate]:
    known = {found for parent in youth.parents for found in (parent.bsn, parent.birth_date)}
    return {found for found in known if found is not None}


def ties_between(one: FoldedYouth, other: FoldedYouth, evidence: Mapping[Field, Level]) -> Ties:
    """What ties two youths, every address counting; ``evidence`` is how they compare as one person."""
    parent, other_parent = compare_all_parents(one.parents, other.parents)
    return {
        Tie.PARENT: parent,
        Tie.OTHER_PARENT: other_parent,
        Tie.SURNAME_OF_PARENTS: _surname_of_parents(one, other),
        Tie.SURNAME: TieLevel(evidence[Field.SURNAME]),
        Tie.ADDRESS: _address(one, other, evidence[Field.ADDRESS]),
    }


def counting(
    ties: Ties,
    one: FoldedYouth,
    other: FoldedYouth,
    *,
    excluded: frozenset[str],
    crowded: frozenset[AddressForms] = frozenset(),
) -> Ties:
    """The ties of two youths without an address of institutions or of too many families (D13).

    ``excluded``: forms in the register; a shared street or postal code counts only when neither is known
    at one. ``crowded``: addresses where too many live; they say nothing of those who share one.
    """
    level = ties[Tie.ADDRESS]
    if level is TieLevel.EQUAL and shared_homes(one, other) <= crowded:
        return without_address(ties)
    if level in _AT_A_NUMBER and not _share_counting_number(one, other, excluded):
        return without_address(ties)
    if level in _NEARBY and not _are_elsewhere(one, other, excluded):
        return without_address(ties)
    return ties


def shared_homes(one: FoldedYouth, other: FoldedYouth) -> frozenset[AddressForms]:
    """The addresses that two youths share, letter and addition included."""
    return frozenset(one.addresses).intersection(other.addresses)


def without_address(ties: Ties) -> Ties:
    """The ties of two youths as if an address of one of them were not known."""
    return {**ties, Tie.ADDRESS: TieLevel.MISSING}


def joined(pairs: Iterable[Ties]) -> Ties:
    """The best level of each tie over all pairs between two groups; both parents from one pair."""
    found = tuple(pairs)
    if len(found) == 1:
        return found[0]
    best = {tie: min((pair[tie] for pair in found), key=ranks.__getitem__) for tie, ranks in RANKS.items()}
    parents = min(found, key=_rank_of_parents)
    return best | {tie: parents[tie] for tie in (Tie.PARENT, Tie.OTHER_PARENT)}


def _rank_of_parents(pair: Ties) -> tuple[int, int]:
    return RANKS[Tie.PARENT][pair[Tie.PARENT]], RANKS[Tie.OTHER_PARENT][pair[Tie.OTHER_PARENT]]


def _surname_of_parents(one: FoldedYouth, other: FoldedYouth) -> TieLevel:
    """Whether parents share a surname that the children do not bear: the mother's, as a rule."""
    own = {
        heard
        for youth in (one, other)
        if youth.name.surname is not None
        for heard in youth.name.surname.sounds
    }
    shared = (one.surnames_of_parents & other.surnames_of_parents) - own
    return TieLevel.SHARED if shared else TieLevel.MISSING


def _address(one: FoldedYouth, other: FoldedYouth, compared: Level) -> TieLevel:
    """The level of where they live now: at a previous address other people live."""
    mine, theirs = one.addresses, other.addresses
    if any(a.exact == b.exact for a in mine for b in theirs):
        return TieLevel.EQUAL
    shared = [(a, b) for a in mine for b in theirs if a.number == b.number]
    if shared:
        is_open = any(not (a.has_addition and b.has_addition) for a, b in shared)
        return TieLevel.NUMBER if is_open else TieLevel.OTHER_DOOR
    if not one.previous and not other.previous and one.places & other.places:
        return TieLevel.STREET
    if one.doors & other.doors and _may_be_one_postal_code(one, other):
        return TieLevel.AREA_NUMBER
    return _neighbourhood(one, other, compared)


def _may_be_one_postal_code(one: FoldedYouth, other: FoldedYouth) -> bool:
    """Whether postal codes of one area are not both known, or one letter apart."""
    if not one.addresses or not other.addresses:
        return True
    codes = product(
        *({forms.number.partition("|")[0] for forms in youth.addresses} for youth in (one, other))
    )
    return any(sum(a != b for a, b in zip(*pair, strict=True)) == 1 for pair in codes)


def _neighbourhood(one: FoldedYouth, other: FoldedYouth, compared: Level) -> TieLevel:
    if not one.previous and not other.previous and one.postal_codes & other.postal_codes:
        return TieLevel.OTHER_NUMBER if one.addresses and other.addresses else TieLevel.POSTAL_CODE
    if one.postal_areas & other.postal_areas:
        return TieLevel.OTHER_POSTAL_CODE if one.postal_codes and other.postal_codes else TieLevel.AREA
    if compared in (Level.CITY, Level.DIFFERENT, Level.MISSING):
        return TieLevel(compared)
    return TieLevel.MISSING


def _share_counting_number(one: FoldedYouth, other: FoldedYouth, excluded: frozenset[str]) -> bool:
    """Whether two youths live at one number now that is not excluded, by number or exactly."""
    return any(
        mine.number == theirs.number and excluded.isdisjoint((mine.number, mine.exact, theirs.exact))
        for mine, theirs in product(one.addresses, other.addresses)
    )


def _are_elsewhere(one: FoldedYouth, other: FoldedYouth, excluded: frozenset[str]) -> bool:
    known = {form for forms in (*one.addresses, *other.addresses) for form in (forms.exact, forms.number)}
    return known.isdisjoint(excluded)
