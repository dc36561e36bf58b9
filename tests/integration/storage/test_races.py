"""What only a real engine can show: writes that race, of which exactly one may win."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from chalicelib.domain.match import MatchState
from chalicelib.domain.review import ReviewVerdict
from chalicelib.domain.signal import SignalState
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale, StorageBusy, StorageError
from chalicelib.ports.storage import Guard, MatchChange, Storage, UniqueName
from tests.builders import NOW, make_match, make_signal
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import change, close, employ, give, make_notice, new_signal
from tests.integration.storage.test_contract_reviews import REVIEW, given_pair, verdict

pytestmark = pytest.mark.e2e
RIVALS = 8
WON = "won"


@pytest.fixture
def region(emulator_region: Region) -> Region:
    """A region in the embedded AWS."""
    return emulator_region


def race(acts: Sequence[Callable[[], object]]) -> Counter[str]:
    """How many of the acts won, and with which errors the others lost; who met a conflict tries again."""

    def outcome(act: Callable[[], object]) -> str:
        while True:
            try:
                act()
            except StorageBusy:
                continue
            except StorageError as error:
                return type(error).__name__
            return WON

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(outcome, acts))


def test_one_signal_takes_a_reference(storage: Storage) -> None:
    """However many ask for it at once; of the others nothing is written (D10)."""
    signals = [make_signal(f"lo-s{number}") for number in range(RIVALS)]
    news = [new_signal(one, [UniqueName(name="reference#school#1", target=one.id)]) for one in signals]

    assert race([partial(storage.signals.add, new) for new in news]) == {
        WON: 1,
        NameTaken.__name__: RIVALS - 1,
    }
    assert len(storage.signals.get_many(one.id for one in signals)) == 1
    assert {len(ids) for ids in storage.signals.holders(signals[0].keys).values()} == {1}


def test_one_change_of_a_revision_wins(storage: Storage) -> None:
    """The others have to read again."""
    employ(storage, *(f"p{number}" for number in range(RIVALS)))
    signal = give(storage)
    acts = [partial(change, storage, signal, professional_id=f"p{number}") for number in range(RIVALS)]

    assert race(acts) == {WON: 1, Stale.__name__: RIVALS - 1}


def test_one_reconcile_makes_a_match(storage: Storage) -> None:
    """And its notice is there once."""
    first, second = give(storage, "lo-s1"), give(storage, "lo-s2", organisation="ggd")
    match = make_match(first, second)
    guards = tuple(Guard(signal_id=one.id, revision=1, active=True) for one in (first, second))
    commit = MatchChange(
        match=match, previous_revision=None, guards=guards, notices=(make_notice(match.id),), name=None
    )

    assert race([partial(storage.matches.commit, commit)] * RIVALS) == {
        WON: 1,
        AlreadyThere.__name__: RIVALS - 1,
    }
    assert len(storage.notices.due("school#p1")) == 1


@pytest.mark.parametrize("round_number", range(5))
def test_no_match_is_made_on_a_signal_that_ends(storage: Storage, round_number: int) -> None:
    """Either the match was first, or it is refused: never both an end unseen and a match (idea 2)."""
    first, second = give(storage, "lo-s1"), give(storage, "lo-s2", organisation="ggd")
    match = make_match(first, second)
    guards = tuple(Guard(signal_id=one.id, revision=1, active=True) for one in (first, second))
    commit = MatchChange(match=match, previous_revision=None, guards=guards, notices=(), name=None)
    acts: list[Callable[[], object]] = [
        partial(storage.matches.commit, commit),
        partial(close, storage, first),
    ]
    outcomes = race(acts if round_number % 2 else acts[::-1])
    ended, made = storage.signals.get("lo-s1"), storage.matches.get(match.id)

    assert ended is not None
    assert ended.state is SignalState.CLOSED
    assert (made is None) is (outcomes[Stale.__name__] == 1)
    assert made is None or made.state is MatchState.ACTIVE


def test_one_verdict_is_given(storage: Storage) -> None:
    """Both signals and the review tell the same word, however many decide at once."""
    pair = given_pair(storage)
    acts = [partial(storage.reviews.decide, verdict(pair, one)) for one in [*ReviewVerdict] * (RIVALS // 2)]

    assert race(acts) == {WON: 1, Stale.__name__: RIVALS - 1}
    review = storage.reviews.get(REVIEW.id)
    assert review is not None
    told = {
        one.same for signal in storage.signals.get_many(review.signal_ids).values() for one in signal.verdicts
    }
    assert told == {review.verdict is ReviewVerdict.SAME}


@pytest.mark.parametrize("round_number", range(4))
def test_no_match_is_made_against_a_verdict(storage: Storage, round_number: int) -> None:
    """Either the match was first and the verdict's own reconcile ends it, or it is refused."""
    pair = given_pair(storage)
    match = make_match(*pair)
    guards = tuple(Guard(signal_id=one.id, revision=1, active=True) for one in pair)
    commit = MatchChange(match=match, previous_revision=None, guards=guards, notices=(), name=None)
    acts: list[Callable[[], object]] = [
        partial(storage.matches.commit, commit),
        partial(storage.reviews.decide, verdict(pair, ReviewVerdict.NOT_SAME)),
    ]
    outcomes = race(acts if round_number % 2 else acts[::-1])

    assert (storage.matches.get(match.id) is None) is (outcomes[Stale.__name__] == 1)
    assert all(storage.work.pending(one.id) is not None for one in pair)


def test_one_owner_gets_a_lease(storage: Storage) -> None:
    """However many want it at once."""
    until = NOW + timedelta(minutes=1)
    with ThreadPoolExecutor(RIVALS) as pool:
        got = list(
            pool.map(
                lambda owner: storage.leases.acquire("delivery#a", f"o{owner}", now=NOW, until=until),
                range(RIVALS),
            )
        )

    assert got.count(True) == 1


def test_signals_given_at_once_are_all_kept(storage: Storage) -> None:
    """They share every key and the day's data key, and none is lost."""
    signals = [make_signal(f"lo-s{number}") for number in range(40)]

    assert race([partial(storage.signals.add, new_signal(one)) for one in signals]) == {WON: 40}
    assert storage.signals.get_many(one.id for one in signals) == {one.id: one for one in signals}
    assert {len(ids) for ids in storage.signals.holders(signals[0].keys).values()} == {40}
