"""Two youths compared: one person or not, one household or not, and why."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.decision import Basis, Explanation, Outcome
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.fold import FoldedYouth
from chalicelib.matching.household import household_bases
from chalicelib.matching.keys import person_keys
from chalicelib.matching.model import Model
from chalicelib.matching.weigh import Rule, explain, judge


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records alone say.

    ``household`` leaves the excluded-address register and the cap per address aside; those need the
    whole closure (:func:`chalicelib.matching.decide.decide`).
    """

    person: Outcome
    household: frozenset[Basis]
    explanation: Explanation


def compare(a: FoldedYouth, b: FoldedYouth, model: Model) -> Comparison:
    """Compare two youths; symmetric. Two that share no person key are never one person."""
    evidence = pair_evidence(a, b)
    outcome, rule = judge(evidence, model)
    if outcome is not Outcome.NO and person_keys(a).isdisjoint(person_keys(b)):
        outcome, rule = Outcome.NO, Rule.NO_SHARED_KEY
    return Comparison(outcome, household_bases(a, b), explain(evidence, model, rule))
