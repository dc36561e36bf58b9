"""Which records belong to one closure: the edges that reconcile walks (architecture.md, idea 2)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.compare import compare
from chalicelib.matching.decision import Outcome
from chalicelib.matching.fold import FoldedYouth
from chalicelib.matching.model import Model


@dataclass(frozen=True, slots=True)
class Relation:
    """``person``: an edge of at least POSSIBLE; ``household``: evidence that could contribute to one."""

    person: bool
    household: bool


def related(a: FoldedYouth, b: FoldedYouth, model: Model) -> Relation:
    """How two records relate, before verdicts, the register and other records have their say."""
    comparison = compare(a, b, model)
    return Relation(person=comparison.person is not Outcome.NO, household=bool(comparison.household))
