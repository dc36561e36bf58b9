"""Household matches between persons: never between signals alone, never transitive (matching.md, 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Protocol

from chalicelib.matching.decision import Basis, DecidedMatch, MatchKind
from chalicelib.matching.household import (
    Household,
    could_contribute,
    shares_counting_address,
    shares_place,
    weigh_household,
    without_shared_address,
)
from chalicelib.matching.keys import household_keys
from chalicelib.matching.levels import Field, Level
from chalicelib.matching.merges import Group
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Records

_AT_ONE_PLACE = frozenset({Level.EQUAL, Level.NUMBER, Level.STREET})


class AddressRules(Protocol):
    """What a region settled about the address match (D13)."""

    @property
    def address_match(self) -> bool:
        """Whether a shared address makes a household match at all."""

    @property
    def address_alone(self) -> bool:
        """Whether it does so without a surname or a parent in common."""

    @property
    def unrelated_youths_per_address(self) -> int:
        """With more unrelated families than this at one address it stops counting."""


class Households:
    """Finds the household matches between the groups of one closure."""

    def __init__(
        self,
        records: Records,
        groups: tuple[Group, ...],
        excluded: frozenset[str],
        rules: AddressRules,
        model: Model,
    ) -> None:
        self._records = records
        self._group_of = {signal: group for group in groups for signal in group}
        self._excluded = excluded | _crowded(records, groups, rules.unrelated_youths_per_address)
        self._rules = rules
        self._model = model

    def pairs(self) -> tuple[tuple[Group, Group], ...]:
        """The pairs of groups with something in common that could make them one household."""
        found = set()
        for one, other in self._records.pairs_that_share_a_key(household_keys):
            first, second = sorted((self._group_of[one], self._group_of[other]))
            if first != second and could_contribute(self._records.evidence(one, other)):
                found.add((first, second))
        return tuple(sorted(found))

    def matches(self, first: Group, second: Group) -> Iterator[DecidedMatch]:
        """A match between every two signals of two groups that are one household."""
        household = self._weigh(first, second)
        if household.basis:
            carriers = self._carriers(first, second, household.basis)
            for one, other in product(first, second):
                yield _match(one, other, household, carriers)

    def _weigh(self, first: Group, second: Group) -> Household:
        counting = [self._counting(one, other) for one, other in product(first, second)]
        return weigh_household(counting, self._model, address_alone=self._rules.address_alone)

    def _counting(self, one: str, other: str) -> Mapping[Field, Level]:
        """The evidence of a pair, an address that does not count left out (D13)."""
        evidence = self._records.evidence(one, other)
        if evidence[Field.ADDRESS] not in _AT_ONE_PLACE:
            return evidence
        youths = self._records.youths
        shares = shares_place if evidence[Field.ADDRESS] is Level.STREET else shares_counting_address
        counts = self._rules.address_match and shares(youths[one], youths[other], self._excluded)
        return evidence if counts else without_shared_address(evidence)

    def _carriers(self, first: Group, second: Group, basis: frozenset[Basis]) -> frozenset[str]:
        """The one pair that carries the match by itself, else all that carry it together."""
        for pair in product(first, second):
            if self._weigh(pair[:1], pair[1:]).basis == basis:
                return frozenset(pair)
        return frozenset(first + second)


def _match(one: str, other: str, household: Household, carriers: frozenset[str]) -> DecidedMatch:
    return DecidedMatch(
        kind=MatchKind.HOUSEHOLD,
        first=min(one, other),
        second=max(one, other),
        basis=household.basis,
        rests_on=carriers | {one, other},
        explanation=household.explanation,
    )


def _crowded(records: Records, groups: tuple[Group, ...], most: int) -> frozenset[str]:
    """The addresses at which more than ``most`` persons with unrelated surnames live."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for signal in group:
            youth = records.youths[signal]
            surname = youth.name.surname
            for forms in youth.addresses:
                families[forms.exact].add(surname.codes[0] if surname is not None else "|".join(group))
    return frozenset(exact for exact, surnames in families.items() if len(surnames) > most)
