"""Which records belong to one closure: the edges that reconcile walks."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.decision import Outcome
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.household import could_contribute
from chalicelib.matching.model import Model
from chalicelib.matching.ties import may_be_tied, ties_between
from chalicelib.matching.weigh import Evidence, judge


@dataclass(frozen=True, slots=True)
class Relation:
    """``person``: an edge of at least POSSIBLE; ``household``: what may contribute to one."""

    person: bool
    household: bool
    evidence: Evidence


def related(a: FoldedYouth, b: FoldedYouth, model: Model) -> Relation:
    """How two records that share a key relate, before verdicts, register and other records speak."""
    evidence = pair_evidence(a, b)
    outcome, _ = judge(evidence, model)
    household = may_be_tied(a, b) and could_contribute(ties_between(a, b, evidence), model)
    return Relation(person=outcome is not Outcome.NO, household=household, evidence=evidence)
