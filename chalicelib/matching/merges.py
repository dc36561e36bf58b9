"""Two groups of signals weighed against each other as one person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product

from chalicelib.matching.decision import Outcome
from chalicelib.matching.evidence import group_evidence
from chalicelib.matching.model import Model
from chalicelib.matching.pairs import Pair, Records
from chalicelib.matching.verdicts import Verdicts
from chalicelib.matching.weigh import Evidence, Rule, contradicts, disagrees, judge, total

Group = tuple[str, ...]
"""Signal ids, sorted."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What weighing two groups says; ``first`` < ``second``."""

    first: Group
    second: Group
    outcome: Outcome
    rule: Rule
    score: float
    evidence: Evidence

    def doubted(self, rule: Rule) -> Merge:
        """The same groups, left to a person."""
        return replace(self, outcome=Outcome.POSSIBLE, rule=rule)


class Scales:
    """Weighs groups by the best level of each field over the pairs between them.

    Pairs that contradict each other are left out of the sum, and make a merge a doubt. ``edges`` are the
    pairs of signals that alone are at least doubtful and share a key to be found by.
    """

    def __init__(self, records: Records, verdicts: Verdicts, model: Model, largest_group: int) -> None:
        self._records = records
        self._verdicts = verdicts
        self._model = model
        self._largest_group = largest_group
        self.edges: frozenset[Pair] = frozenset(
            pair
            for pair in records.pairs_that_share_a_key()
            if judge(records.evidence(*pair), model)[0] is not Outcome.NO
        )
        self._weighed: dict[tuple[Group, Group], Merge] = {}
        self._linked: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in self.edges:
            self._linked[one].add(other)
            self._linked[other].add(one)

    def linked(self, group: Group) -> frozenset[str]:
        """The signals that have an edge with a member of a group, the members left out."""
        return frozenset(other for signal in group for other in self._linked[signal]).difference(group)

    def weigh(self, first: Group, second: Group) -> Merge:
        """Whether two groups are one person; a merge that is refused is a doubt."""
        known = self._weighed.get((first, second))
        if known is None:
            known = self._weighed[first, second] = self._weigh(first, second)
        return known

    def _weigh(self, first: Group, second: Group) -> Merge:
        pairs = tuple(self._records.evidence_between(first, second))
        fitting = [pair for pair in pairs if not contradicts(pair)]
        evidence = group_evidence(fitting or pairs)
        outcome, rule = judge(evidence, self._model)
        too_large = len(first) + len(second) > self._largest_group
        if outcome is Outcome.MATCH and (len(fitting) < len(pairs) or too_large):
            outcome, rule = Outcome.POSSIBLE, Rule.REFUSED_MERGE
        if self.is_forbidden(first, second):
            outcome, rule = Outcome.NO, Rule.VERDICT
        return Merge(first, second, outcome, rule, total(evidence, self._model), evidence)

    def by_verdict(self, first: Group, second: Group) -> Merge:
        """The merge that a person ordered, with the evidence that there is."""
        evidence = group_evidence(self._records.evidence_between(first, second))
        score = total(evidence, self._model)
        return Merge(first, second, Outcome.MATCH, Rule.VERDICT, score, evidence)

    def is_forbidden(self, first: Group, second: Group) -> bool:
        """Whether a person said that two members are not the same youth."""
        return self._verdicts.forbid_any(product(first, second))

    def are_apart(self, weighed: Merge) -> bool:
        """Whether two groups are certainly different persons; another number alone may be a slip."""
        return weighed.outcome is Outcome.NO and (
            weighed.rule in (Rule.TWINS, Rule.VERDICT) or weighed.score < self._model.apart_threshold
        )

    def exclude_each_other(self, weighed: Merge) -> bool:
        """Whether two groups cannot both be the person of a third, for they contradict each other.

        Two of whom too little is known to be weighed as one contradict nothing, and are no rivals.
        """
        if weighed.rule is Rule.OTHER_NUMBER:
            return True
        return self.are_apart(weighed) and (weighed.rule is not Rule.WEIGHTS or disagrees(weighed.evidence))

    def score(self, one: str, other: str) -> float:
        """The total of two records alone."""
        return total(self._records.evidence(one, other), self._model)
