"""Household matches between persons: never between signals alone, never transitive (matching.md, 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Protocol

from chalicelib.matching.decision import Basis, DecidedMatch, Explanation, FieldEvidence, MatchKind
from chalicelib.matching.fold import FoldedYouth
from chalicelib.matching.household import shared_addresses, shares_parent
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Records
from chalicelib.matching.weigh import Rule


class AddressRules(Protocol):
    """What a region settled about the address match (D13)."""

    @property
    def address_match(self) -> bool:
        """Whether a shared address makes a household match at all."""

    @property
    def unrelated_youths_per_address(self) -> int:
        """With more unrelated families than this at one address it stops counting."""


@dataclass(frozen=True, slots=True)
class _Household:
    basis: frozenset[Basis]
    carriers: frozenset[str]


class Households:
    """Finds the household matches between the groups of one closure."""

    def __init__(
        self,
        records: Records,
        groups: tuple[tuple[str, ...], ...],
        excluded: frozenset[str],
        rules: AddressRules,
        model: Model,
    ) -> None:
        self._youths = records.youths
        self._excluded = excluded | _crowded(records.youths, groups, rules.unrelated_youths_per_address)
        self._address_match = rules.address_match
        self._model = model

    def matches(self, pairs: Iterable[tuple[tuple[str, ...], tuple[str, ...]]]) -> Iterator[DecidedMatch]:
        """A match between every two signals of two groups that are one household."""
        for first, second in pairs:
            household = self._household(first, second)
            if household.basis:
                yield from (self._match(*pair, household) for pair in product(first, second))

    def _household(self, first: tuple[str, ...], second: tuple[str, ...]) -> _Household:
        bases: set[Basis] = set()
        carriers: set[str] = set()
        for one, other in product(first, second):
            found = self._bases(self._youths[one], self._youths[other])
            if found:
                bases |= found
                carriers |= {one, other}
        return _Household(frozenset(bases), frozenset(carriers))

    def _bases(self, a: FoldedYouth, b: FoldedYouth) -> frozenset[Basis]:
        bases = set()
        if shares_parent(a, b):
            bases.add(Basis.SHARED_PARENT)
        if self._address_match and shared_addresses(a, b, self._excluded):
            bases.add(Basis.SHARED_ADDRESS)
        return frozenset(bases)

    def _match(self, one: str, other: str, household: _Household) -> DecidedMatch:
        evidence = tuple(
            FieldEvidence(field=basis, level="SHARED", weight=self._model.match_threshold)
            for basis in sorted(household.basis)
        )
        return DecidedMatch(
            kind=MatchKind.HOUSEHOLD,
            first=min(one, other),
            second=max(one, other),
            basis=household.basis,
            rests_on=household.carriers | {one, other},
            explanation=Explanation(
                rule=Rule.SHARED_HOUSEHOLD,
                model_version=self._model.version,
                evidence=evidence,
                total=sum(line.weight for line in evidence),
                match_threshold=self._model.match_threshold,
                possible_threshold=self._model.possible_threshold,
            ),
        )


def _crowded(
    youths: dict[str, FoldedYouth], groups: tuple[tuple[str, ...], ...], most: int
) -> frozenset[str]:
    """The addresses at which more than ``most`` persons with unrelated surnames live."""
    families: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for signal in group:
            youth = youths[signal]
            surname = youth.name.surname
            for forms in youth.addresses:
                families[forms.exact].add(surname.codes[0] if surname is not None else "|".join(group))
    return frozenset(exact for exact, surnames in families.items() if len(surnames) > most)
