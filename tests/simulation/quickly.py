"""Remember what pure functions answered: the same few youths come back in every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

import chalicelib.matches.closure_reader as reading
import chalicelib.matches.crowding as coming
import chalicelib.matches.decided as deciding
import chalicelib.matches.doubts as doubting
import chalicelib.matches.earlier as looking_back
import chalicelib.matches.former as remembering
import chalicelib.matches.settle as settling
import chalicelib.matching.every_fold as folding
import chalicelib.matching.keys as keying
import chalicelib.matching.merges as merging
import chalicelib.matching.pairs as pairing
import chalicelib.matching.weigh as weighing
import chalicelib.notices.letter as writing
import chalicelib.notices.send as sending
import chalicelib.rights.find as finding
import chalicelib.signals.index_keys as indexing
import chalicelib.signals.rules as ruling
import tests.fakes.matches as holding_matches
import tests.fakes.signals as holding_signals
import tests.fakes.state as holding_state
import tests.fakes.work as holding_work
from chalicelib.domain.signal import IndexKey
from chalicelib.matching import (
    Comparison,
    Decision,
    Evidence,
    Explanation,
    FoldedYouth,
    MatchingProfile,
    MatchRecord,
    Model,
    Pair,
    Verdict,
    Youth,
    compare,
    decide,
    default_model,
    fold,
)
from chalicelib.matching.evidence import group_evidence, pair_evidence
from chalicelib.matching.keys import FOLD_VERSION, MatchKey
from chalicelib.matching.weigh import Rule, explain, total
from chalicelib.models.person import person_bytes, person_of
from tests.fakes import FakeHasher
from tests.simulation.post import posted, posted_own_news
from tests.simulation.remembering import MOST, MOST_OF_A_RUN, Remembered, RememberedPairs
from tests.simulation.variant import Variant

_DECIDING = import_module("chalicelib.matching.decide")  # the package has a function of that name
_DECISIONS: dict[object, tuple[tuple[FoldedYouth, ...], Decision]] = {}

_fold = lru_cache(maxsize=MOST)(fold)
quick_fold: Remembered[Youth, FoldedYouth] = Remembered(_fold)
"""As fold; one object per content of a youth, so that what follows is found by identity."""

quick_person_keys = Remembered(keying.person_keys)
quick_household_keys = Remembered(keying.household_keys)
quick_match_keys = Remembered(keying.match_keys)
quick_stored_keys = Remembered(folding.stored_keys)
quick_looked_up_keys = Remembered(folding.looked_up_keys)
quick_looked_up_person_keys = Remembered(folding.looked_up_person_keys)
_compared = RememberedPairs[FoldedYouth, FoldedYouth, Comparison](
    lambda one, other: compare(one, other, default_model())
)
_explained = RememberedPairs[Evidence, Rule, Explanation](
    lambda evidence, rule: explain(evidence, default_model(), rule)
)
_totalled = Remembered[Evidence, float](lambda evidence: total(evidence, default_model()), MOST_OF_A_RUN)
_GROUPED: dict[tuple[int, ...], tuple[tuple[Evidence, ...], Evidence]] = {}


def quick_compare(one: FoldedYouth, other: FoldedYouth, model: Model) -> Comparison:
    """As compare, by the one model that a simulation knows."""
    return _compared(one, other)


def quick_explain(evidence: Evidence, model: Model, rule: Rule) -> Explanation:
    """As explain, by that model."""
    return _explained(evidence, rule)


def quick_total(evidence: Evidence, model: Model) -> float:
    """As total, by that model."""
    return _totalled(evidence)


def quick_group_evidence(pairs: Iterable[Evidence]) -> Evidence:
    """As group_evidence."""
    pairs = tuple(pairs)
    key = tuple(map(id, pairs))
    known = _GROUPED.get(key)
    if known is None:
        if len(_GROUPED) >= MOST_OF_A_RUN:
            _GROUPED.clear()
        known = _GROUPED[key] = pairs, group_evidence(pairs)
    return known[1]


def quick_decide(
    records: Iterable[MatchRecord],
    *,
    verdicts: Iterable[Verdict] = (),
    excluded: frozenset[str] = frozenset(),
    around: Iterable[FoldedYouth] = (),
    compared: Mapping[Pair, Evidence] = MappingProxyType({}),
    model: Model,
    profile: MatchingProfile,
) -> Decision:
    """As decide; what was compared before changes no decision, so it is no part of what is remembered."""
    records, verdicts, around = tuple(records), tuple(verdicts), tuple(around)
    known_there = frozenset(map(id, around))
    named = tuple((one.signal_id, id(one.youth)) for one in records)
    key = named, known_there, frozenset(verdicts), excluded, profile
    known = _DECISIONS.get(key)
    if known is None:
        if len(_DECISIONS) >= MOST_OF_A_RUN:
            _DECISIONS.clear()
        answer = decide(
            records,
            verdicts=verdicts,
            excluded=excluded,
            around=around,
            compared=compared,
            model=model,
            profile=profile,
        )
        known = _DECISIONS[key] = (*(one.youth for one in records), *around), answer
    return known[1]


KNOWN = frozenset(f"{FOLD_VERSION}.v{number}" for number in range(1, 30))
"""The key sets that come one after the other."""


class QuickHasher(FakeHasher):
    """Hashes of keys that come back."""

    def hashed(self, keys: Iterable[MatchKey], keysets: Iterable[str]) -> frozenset[IndexKey]:
        """As FakeHasher."""
        return _hashed(frozenset(keys), tuple(keysets))


@lru_cache(maxsize=MOST)
def _hashed(keys: frozenset[MatchKey], keysets: tuple[str, ...]) -> frozenset[IndexKey]:
    return FakeHasher(KNOWN).hashed(keys, keysets)


QUICKLY = Variant(
    name="quickly",
    patches=(
        (keying, "person_keys", quick_person_keys),
        (keying, "household_keys", quick_household_keys),
        (pairing, "person_keys", quick_person_keys),
        (pairing, "household_keys", quick_household_keys),
        (pairing, "pair_evidence", RememberedPairs(pair_evidence)),
        (merging, "group_evidence", quick_group_evidence),
        (merging, "total", quick_total),
        (weighing, "total", quick_total),
        (_DECIDING, "explain", quick_explain),
        (reading, "fold", quick_fold),
        (reading, "looked_up_keys", quick_looked_up_keys),
        (reading, "compare", quick_compare),
        (remembering, "fold", quick_fold),
        (remembering, "looked_up_keys", quick_looked_up_keys),
        (remembering, "compare", quick_compare),
        (deciding, "decide", quick_decide),
        (looking_back, "fold", quick_fold),
        (looking_back, "compare", quick_compare),
        (coming, "digest_of", Remembered(settling.digest_of, MOST_OF_A_RUN)),
        (settling, "digest_of", Remembered(settling.digest_of, MOST_OF_A_RUN)),
        (doubting, "digest_of_explanation", Remembered(settling.digest_of_explanation, MOST_OF_A_RUN)),
        (indexing, "fold", quick_fold),
        (indexing, "stored_keys", quick_stored_keys),
        (ruling, "fold", quick_fold),
        (ruling, "person_keys", quick_person_keys),
        (finding, "fold", quick_fold),
        (finding, "looked_up_person_keys", quick_looked_up_person_keys),
        (finding, "compare", quick_compare),
        (finding, "decide", quick_decide),
        (sending, "render", posted),
        (sending, "render_own_news", posted_own_news),
        (writing, "one_line", lru_cache(maxsize=MOST)(writing.one_line)),
        (holding_matches, "bare_match", Remembered(holding_matches.bare_match, MOST_OF_A_RUN)),
        (holding_matches, "bare_review", Remembered(holding_matches.bare_review, MOST_OF_A_RUN)),
        (holding_state, "person_bytes", lru_cache(maxsize=MOST)(person_bytes)),
        (holding_work, "person_of", lru_cache(maxsize=MOST)(person_of)),
        (holding_signals, "unopened", Remembered(holding_signals.unopened, MOST_OF_A_RUN)),
    ),
)
"""In place around every run: pure functions remembered, mails not rendered."""
