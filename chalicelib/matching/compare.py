"""Two youths compared: one person or not, one household or not, and why."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.matching.decision import Basis, Explanation, Outcome
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.folded import FoldedYouth
from chalicelib.matching.household import basis_of, could_contribute
from chalicelib.matching.keys import match_keys
from chalicelib.matching.model import Model
from chalicelib.matching.ties import may_be_tied, ties_between
from chalicelib.matching.weigh import Evidence, Rule, explain, judge


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records alone say.

    ``household`` names what the two share that may help a household match of their persons, alone or
    beside what other records say; the excluded-address register and the cap per address need the whole
    closure (:func:`chalicelib.matching.decide.decide`), which need not compare them again: ``evidence``.
    """

    person: Outcome
    household: frozenset[Basis]
    explanation: Explanation
    evidence: Evidence


def compare(a: FoldedYouth, b: FoldedYouth, model: Model) -> Comparison:
    """Compare two youths; symmetric. Two that share no key are nothing to each other."""
    evidence = pair_evidence(a, b)
    outcome, rule = judge(evidence, model)
    household: frozenset[Basis] = frozenset()
    if may_be_tied(a, b) and could_contribute(ties := ties_between(a, b, evidence), model):
        household = basis_of(ties)
    if match_keys(a).isdisjoint(match_keys(b)):
        outcome, rule, household = Outcome.NO, Rule.NO_SHARED_KEY, frozenset()
    return Comparison(outcome, household, explain(evidence, model, rule), evidence)
