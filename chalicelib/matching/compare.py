"""Two youths compared: one person or not, one household or not, and why."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.decision import Basis, Explanation, Outcome
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.household import weigh_household
from chalicelib.matching.keys import match_keys
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
    """Compare two youths; symmetric. Two that share no key are nothing to each other."""
    evidence = pair_evidence(a, b)
    outcome, rule = judge(evidence, model)
    household = weigh_household([evidence], model, address_alone=True).basis
    if match_keys(a).isdisjoint(match_keys(b)):
        outcome, rule, household = Outcome.NO, Rule.NO_SHARED_KEY, frozenset()
    return Comparison(outcome, household, explain(evidence, model, rule))
