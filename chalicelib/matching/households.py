"""Household matches between persons: never between signals alone, never transitive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Protocol

from chalicelib.matching.decision import Basis, DecidedMatch, MatchKind
from chalicelib.matching.homes import Homes
from chalicelib.matching.household import Household, basis_of, could_contribute, weigh_household
from chalicelib.matching.merges import Group
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Pair, Records, ordered
from chalicelib.matching.ties import Ties, counting, joined, may_be_tied, ties_between, without_address


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

    @property
    def families_of_one_home(self) -> int:
        """With more unrelated families than this an address makes no match by itself."""


class Households:
    """Finds the household matches between the groups of one closure.

    ``homes``: who is known where; ``told_apart``: whether two groups are certainly two children.
    """

    def __init__(
        self,
        records: Records,
        groups: tuple[Group, ...],
        excluded: frozenset[str],
        rules: AddressRules,
        model: Model,
        *,
        homes: Homes,
        told_apart: Callable[[Group, Group], bool],
    ) -> None:
        self._told_apart = told_apart
        self._records = records
        self._group_of = {signal: group for group in groups for signal in group}
        self._homes = homes
        self._excluded = excluded
        self._crowded = homes.with_more_families_than(rules.unrelated_youths_per_address)
        self._rules = rules
        self._model = model
        self._ties: dict[Pair, Ties] = {}

    def pairs(self) -> tuple[tuple[Group, Group], ...]:
        """The pairs of groups with something in common that could make them one household."""
        found = set()
        for one, other in self._records.pairs_that_share_a_household_key():
            first, second = sorted((self._group_of[one], self._group_of[other]))
            if first != second and self._contribute(one, other):
                found.add((first, second))
        return tuple(sorted(found))

    def matches(self, first: Group, second: Group) -> Iterator[DecidedMatch]:
        """A match between every two signals of two groups that are one household."""
        household = self._weigh(first, second)
        if household.basis:
            household, carriers = self._carried(first, second, household)
            for one, other in product(first, second):
                yield _match(one, other, household, carriers)

    def _weigh(self, first: Group, second: Group) -> Household:
        ties = joined(self._counting(one, other) for one, other in product(first, second))
        alone = self._rules.address_alone and self._share_one_home(first, second)
        return weigh_household(ties, self._model, address_alone=alone)

    def _share_one_home(self, first: Group, second: Group) -> bool:
        youths = self._records.youths
        return self._homes.are_one(
            [youths[one] for one in first],
            [youths[other] for other in second],
            most_families=self._rules.families_of_one_home,
        )

    def _counting(self, one: str, other: str) -> Ties:
        """The ties of a pair, an address that does not count left out (D13)."""
        ties, youths = self._between(one, other), self._records.youths
        if Basis.SHARED_ADDRESS in basis_of(ties) and not self._rules.address_match:
            return without_address(ties)
        return counting(ties, youths[one], youths[other], excluded=self._excluded, crowded=self._crowded)

    def _contribute(self, one: str, other: str) -> bool:
        youths = self._records.youths
        return may_be_tied(youths[one], youths[other]) and could_contribute(
            self._between(one, other), self._model
        )

    def _between(self, one: str, other: str) -> Ties:
        pair = ordered(one, other)
        if pair not in self._ties:
            youths = self._records.youths
            self._ties[pair] = ties_between(youths[one], youths[other], self._records.evidence(*pair))
        return self._ties[pair]

    def _carried(self, first: Group, second: Group, household: Household) -> tuple[Household, frozenset[str]]:
        """The one pair that is a household by itself, else all that make it one together.

        What is told of a match is what it rests on: when another signal of a group goes, it is still true.
        """
        if len(first) == len(second) == 1:
            return household, frozenset(first + second)
        for pair in product(first, second):
            one, other = pair[:1], pair[1:]
            alone = self._weigh(one, other)
            if alone.basis == household.basis and self._told_apart(*sorted((one, other))):
                return alone, frozenset(pair)
        return household, frozenset(first + second)


def _match(one: str, other: str, household: Household, carriers: frozenset[str]) -> DecidedMatch:
    return DecidedMatch(
        kind=MatchKind.HOUSEHOLD,
        first=min(one, other),
        second=max(one, other),
        basis=household.basis,
        rests_on=carriers | {one, other},
        explanation=household.explanation,
    )
