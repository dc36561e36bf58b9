"""Two groups of signals weighed against each other as one person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from chalicelib.matching.decision import Explanation, Outcome
from chalicelib.matching.evidence import group_evidence
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Records
from chalicelib.matching.verdicts import Verdicts
from chalicelib.matching.weigh import Rule, contradicts, explain, judge, total


@dataclass(frozen=True, slots=True)
class Merge:
    """What weighing two groups says; ``first`` < ``second``."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    outcome: Outcome
    score: float
    explanation: Explanation


class Scales:
    """Weighs groups: the best level of each field over the pairs between them that do not contradict."""

    def __init__(self, records: Records, verdicts: Verdicts, model: Model, largest_group: int) -> None:
        self._records = records
        self._verdicts = verdicts
        self._model = model
        self._largest_group = largest_group

    def weigh(self, first: tuple[str, ...], second: tuple[str, ...]) -> Merge:
        """Whether two groups are one person; a merge that is refused is a doubt."""
        pairs = tuple(product(first, second))
        fitting = tuple(pair for pair in pairs if not contradicts(self._records.evidence(*pair)))
        evidence = group_evidence(self._records.evidence(*pair) for pair in fitting or pairs)
        outcome, rule = judge(evidence, self._model)
        too_large = len(first) + len(second) > self._largest_group
        if outcome is Outcome.MATCH and (len(fitting) < len(pairs) or too_large):
            outcome, rule = Outcome.POSSIBLE, Rule.REFUSED_MERGE
        if outcome is not Outcome.NO and not any(self.is_edge(*pair) for pair in fitting):
            outcome, rule = Outcome.NO, Rule.NO_SHARED_KEY
        if self.is_forbidden(first, second):
            outcome, rule = Outcome.NO, Rule.VERDICT
        return Merge(
            first, second, outcome, total(evidence, self._model), explain(evidence, self._model, rule)
        )

    def by_verdict(self, first: tuple[str, ...], second: tuple[str, ...]) -> Merge:
        """The merge that a person ordered, with the evidence that there is."""
        evidence = group_evidence(self._records.evidence(*pair) for pair in product(first, second))
        explanation = explain(evidence, self._model, Rule.VERDICT)
        return Merge(first, second, Outcome.MATCH, explanation.total, explanation)

    def is_forbidden(self, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
        """Whether a person said that two members are not the same youth."""
        return any(self._verdicts.forbid(one, other) for one, other in product(first, second))

    def is_edge(self, one: str, other: str) -> bool:
        """Whether two records alone are at least doubtful, and share a key to be found by."""
        outcome, _ = judge(self._records.evidence(one, other), self._model)
        return outcome is not Outcome.NO and self._records.share_key(one, other)

    def score(self, one: str, other: str) -> float:
        """The total of two records alone."""
        return total(self._records.evidence(one, other), self._model)
