"""The homes of a closure: which families are known at each address (D13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

from chalicelib.matching.address import AddressForms
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.ties import shared_homes

NAMELESS = ""
"""The family of all whose surname is not known."""


class Homes:
    """The unrelated surnames at each address; how signals are grouped into persons does not matter.

    ``around``: others who are known there and are not decided on.
    """

    def __init__(self, youths: Iterable[FoldedYouth], around: Iterable[FoldedYouth]) -> None:
        self._families: defaultdict[AddressForms, set[str]] = defaultdict(set)
        for youth in youths:
            for home in youth.addresses:
                self._families[home].add(family_of(youth))
        for youth in around:
            for home in self._families.keys() & set(youth.addresses):
                self._families[home].add(family_of(youth))

    def with_more_families_than(self, most: int) -> frozenset[AddressForms]:
        """The addresses at which more than ``most`` families are known."""
        return frozenset(home for home, families in self._families.items() if len(families) > most)

    def are_one(
        self, first: Sequence[FoldedYouth], second: Sequence[FoldedYouth], *, most_families: int
    ) -> bool:
        """Whether two persons share a home that nothing known divides: few families, no part left out.

        Who is also known at that number with an addition lives behind one of several doors, and the
        signals that leave the addition out do not tell which.
        """
        divided = {home.number for one in (*first, *second) for home in one.addresses if home.has_addition}
        return any(
            len(self._families[home]) <= most_families and (home.has_addition or home.number not in divided)
            for one, other in product(first, second)
            for home in shared_homes(one, other)
        )


def homes_left(
    former: FoldedYouth, staying: Iterable[FoldedYouth], *, most_families: int
) -> frozenset[AddressForms]:
    """The addresses that the family of a former self left to others, few enough for the address to count.

    How many left at once nobody knows, so it may have counted for those who stay, or not.
    """
    families: dict[AddressForms, set[str]] = {home: set() for home in former.addresses}
    for youth in staying:
        for home in former.addresses:
            if home in youth.addresses:
                families[home].add(family_of(youth))
    return frozenset(
        home
        for home, known in families.items()
        if family_of(former) not in known and 1 <= len(known) <= most_families
    )


def family_of(youth: FoldedYouth) -> str:
    """What a youth counts under where families are counted: the code of the surname."""
    surname = youth.name.surname
    return surname.codes[0] if surname is not None else NAMELESS
