"""Remember what pure functions answered: the same few youths come back in every run."""

from __future__ import annotations

from functools import lru_cache

import chalicelib.matches.closure as reading
import chalicelib.matches.reconcile as reconciling
import chalicelib.notices.deliver as delivering
import chalicelib.signals.rules as ruling
from chalicelib.matching import (
    Comparison,
    Decision,
    FoldedYouth,
    MatchingProfile,
    MatchRecord,
    Model,
    Verdict,
    Youth,
    compare,
    decide,
    fold,
    match_keys,
)
from chalicelib.matching.keys import MatchKey
from tests.simulation.post import posted
from tests.simulation.variant import Variant


@lru_cache(maxsize=10_000)
def quick_fold(youth: Youth) -> FoldedYouth:
    """As fold; one object per youth, so that what follows is found by identity."""
    return fold(youth)


@lru_cache(maxsize=10_000)
def quick_keys(youth: FoldedYouth) -> frozenset[MatchKey]:
    """As match_keys."""
    return frozenset(match_keys(youth))


class _Pairs:
    """Comparisons by the identity of two folded youths, which are kept so that it stays theirs."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], tuple[FoldedYouth, FoldedYouth, Comparison]] = {}
        self.decided: dict[object, tuple[tuple[FoldedYouth, ...], Decision]] = {}

    def compare(self, one: FoldedYouth, other: FoldedYouth, model: Model) -> Comparison:
        """As compare."""
        pair = id(one), id(other)
        if pair not in self.known:
            self.known[pair] = one, other, compare(one, other, model)
        return self.known[pair][2]

    def decide(
        self,
        records: tuple[MatchRecord, ...],
        *,
        verdicts: tuple[Verdict, ...] = (),
        excluded: frozenset[str] = frozenset(),
        model: Model,
        profile: MatchingProfile,
    ) -> Decision:
        """As decide."""
        records = tuple(records)
        verdicts = tuple(verdicts)
        key = tuple((one.signal_id, id(one.youth)) for one in records), frozenset(verdicts), excluded
        if key not in self.decided:
            if len(self.decided) > 20_000:
                self.decided.clear()
            answer = decide(records, verdicts=verdicts, excluded=excluded, model=model, profile=profile)
            self.decided[key] = tuple(one.youth for one in records), answer
        return self.decided[key][1]


_pairs = _Pairs()
quick_compare = _pairs.compare
quick_decide = _pairs.decide

QUICKLY = Variant(
    name="quickly",
    patches=(
        (reading, "fold", quick_fold),
        (reading, "compare", _pairs.compare),
        (reconciling, "decide", _pairs.decide),
        (ruling, "fold", quick_fold),
        (delivering, "render", posted),
    ),
)
"""In place around every run: pure functions remembered, mails not rendered."""
