"""Twins: one birth date, one family, two children."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.matching import Basis, MatchKind, decide
from tests.unit.matching.people import MODEL, PROFILE, TIM, record


def test_twins_of_whom_little_else_is_known_are_one_household_too() -> None:
    """Their address is enough, and two given names keep them apart."""
    bare = replace(TIM, bsn=None, given_names="Tim", parents=())

    decision = decide(
        [record("a", bare), record("b", replace(bare, given_names="Tom"))], model=MODEL, profile=PROFILE
    )

    assert decision.groups == (("a",), ("b",))
    assert [(match.kind, match.basis) for match in decision.matches] == [
        (MatchKind.HOUSEHOLD, frozenset({Basis.SHARED_ADDRESS}))
    ]
