"""Household evidence between two records: a shared parent, or a shared residential address (D12, D13)."""

from __future__ import annotations

from typing import Final

from chalicelib.matching.compare_parents import compare_parents
from chalicelib.matching.decision import Basis
from chalicelib.matching.fold import FoldedYouth
from chalicelib.matching.levels import Level

_SAME_PARENT: Final = frozenset({Level.PARENT_BSN, Level.NAME_AND_DATE})


def household_bases(
    a: FoldedYouth, b: FoldedYouth, excluded: frozenset[str] = frozenset()
) -> frozenset[Basis]:
    """On what two youths would be one household; ``excluded`` holds address forms that never count."""
    bases = set()
    if shares_parent(a, b):
        bases.add(Basis.SHARED_PARENT)
    if shared_addresses(a, b, excluded):
        bases.add(Basis.SHARED_ADDRESS)
    return frozenset(bases)


def shares_parent(a: FoldedYouth, b: FoldedYouth) -> bool:
    """Whether a parent of the one is a parent of the other: by number, or by name and birth date."""
    return compare_parents(a.parents, b.parents) in _SAME_PARENT


def shared_addresses(a: FoldedYouth, b: FoldedYouth, excluded: frozenset[str]) -> frozenset[str]:
    """The exact forms of the current addresses both live at, excluded ones left out.

    A previous address never makes a household match: other people live there now.
    """
    theirs = {forms.exact for forms in b.addresses}
    return frozenset(
        forms.exact
        for forms in a.addresses
        if forms.exact in theirs and forms.number not in excluded and forms.exact not in excluded
    )
