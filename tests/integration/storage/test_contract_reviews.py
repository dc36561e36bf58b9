"""What every review store does: kept beside the matches, guarded by the signals they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.review import Review, ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalVerdict
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import (
    ConfirmationsAsked,
    Guard,
    Links,
    MatchChange,
    ReviewChange,
    Storage,
    VerdictChange,
)
from tests.builders import NOW, make_match, make_review, make_signal
from tests.integration.storage.given import change, close, give, make_notice, new_audit

ONE, OTHER = make_signal("lo-s1"), make_signal("lo-s2", organisation="ggd")
REVIEW = make_review(ONE, OTHER)


def commit(
    storage: Storage, review: Review = REVIEW, previous: int | None = None, guards: tuple[Guard, ...] = ()
) -> Review:
    """The review, written."""
    storage.reviews.commit(ReviewChange(review=review, previous_revision=previous, guards=guards))
    return review


def given_pair(storage: Storage) -> tuple[Signal, Signal]:
    """The two signals and their review."""
    pair = give(storage, "lo-s1"), give(storage, "lo-s2", organisation="ggd")
    commit(storage)
    return pair


def verdict(
    pair: tuple[Signal, Signal], given: ReviewVerdict = ReviewVerdict.SAME, previous: Review = REVIEW
) -> VerdictChange:
    """A verdict on the pair as it is."""
    first, second = pair
    same = given is ReviewVerdict.SAME
    return VerdictChange(
        review=replace(
            previous,
            state=ReviewState.DECIDED,
            revision=previous.revision + 1,
            verdict=given,
            decided_by="region",
            decided_at=NOW,
        ),
        previous_revision=previous.revision,
        signals=(_told(first, SignalVerdict("lo-s2", same)), _told(second, SignalVerdict("lo-s1", same))),
        audit=new_audit(),
    )


def _told(signal: Signal, *verdicts: SignalVerdict) -> Signal:
    sealed = replace(signal, youth=None, informed=None)
    return replace(sealed, revision=signal.revision + 1, verdicts=frozenset(verdicts))


def test_review_reads_back_with_its_explanation(storage: Storage) -> None:
    """Every field returns, in each state."""
    withdrawn = replace(REVIEW, state=ReviewState.WITHDRAWN, withdrawn_at=NOW, episode=2, asked_at=NOW)
    commit(storage)
    assert storage.reviews.get(REVIEW.id) == REVIEW
    commit(storage, replace(withdrawn, revision=2), previous=1)

    assert storage.reviews.get(REVIEW.id) == replace(withdrawn, revision=2)
    assert storage.reviews.get("lo-none") is None


def test_links_tell_matches_and_reviews_apart(storage: Storage) -> None:
    """By one read, each without its explanation; who asks for matches sees no review."""
    match = make_match(ONE, OTHER)
    storage.matches.commit(MatchChange(match=match, previous_revision=None, guards=(), notices=(), name=None))
    commit(storage)
    links = Links(matches=(match,), reviews=(replace(REVIEW, explanation=None),))

    assert storage.matches.links_of("lo-s1") == storage.matches.links_of("lo-s2") == links
    assert storage.matches.of_signal("lo-s1") == (match,)
    assert storage.matches.get(REVIEW.id) is None
    assert storage.reviews.get(match.id) is None


def test_review_is_created_once(storage: Storage) -> None:
    """Who creates it again writes nothing."""
    commit(storage)

    with pytest.raises(AlreadyThere):
        commit(storage, replace(REVIEW, episode=9))

    assert storage.reviews.get(REVIEW.id) == REVIEW


def test_review_from_a_mirror_keeps_the_stored_explanation(storage: Storage) -> None:
    """What was not read is not lost."""
    commit(storage)
    commit(storage, replace(REVIEW, explanation=None, revision=2), previous=1)

    assert storage.reviews.get(REVIEW.id) == replace(REVIEW, revision=2)


def test_review_at_another_revision_is_stale(storage: Storage) -> None:
    """Somebody wrote in between."""
    commit(storage)

    with pytest.raises(Stale):
        commit(storage, replace(REVIEW, revision=3), previous=2)


def test_review_is_guarded_by_its_signals(storage: Storage) -> None:
    """By revision, and by state where they must be active."""
    signal = give(storage)
    closed = close(storage, give(storage, "lo-s2"))
    for guard in (
        Guard(signal_id="lo-s1", revision=signal.revision + 1, active=False),
        Guard(signal_id="lo-s2", revision=closed.revision, active=True),
    ):
        with pytest.raises(Stale):
            commit(storage, guards=(guard,))
    commit(storage, guards=(Guard(signal_id="lo-s2", revision=closed.revision, active=False),))

    assert storage.reviews.get(REVIEW.id) == REVIEW


def test_reviews_are_listed_by_state_oldest_first(storage: Storage) -> None:
    """Page by page; those withdrawn are in no list."""
    reviews = [
        commit(storage, make_review(make_signal(f"lo-s{number}"), OTHER, since=NOW - timedelta(number)))
        for number in (3, 4, 5)
    ]
    commit(storage, replace(reviews[1], state=ReviewState.WITHDRAWN, revision=2), previous=1)
    first = storage.reviews.page(ReviewState.OPEN, limit=1, after=None)
    second = storage.reviews.page(ReviewState.OPEN, limit=1, after=first.next)

    assert (first.items, second.items, second.next) == ((reviews[2],), (reviews[0],), None)
    assert storage.reviews.page(ReviewState.DECIDED, limit=9, after=None).items == ()


def test_verdict_is_written_on_the_review_and_both_signals(storage: Storage) -> None:
    """With a work item each; the person records stay as they were."""
    pair = given_pair(storage)
    given = verdict(pair)
    storage.reviews.decide(given)

    assert storage.reviews.get(REVIEW.id) == given.review
    assert storage.reviews.page(ReviewState.DECIDED, limit=9, after=None).items == (given.review,)
    for before, after in zip(pair, given.signals, strict=True):
        stored = storage.signals.get(before.id)
        assert stored == replace(before, revision=2, verdicts=after.verdicts)
        work = storage.work.pending(before.id)
        assert work is not None
        assert work.revision == 2


def test_verdict_is_kept_through_changes_and_undone_without_a_trace(storage: Storage) -> None:
    """A later revision holds it; taking the last one back leaves none."""
    pair = given_pair(storage)
    given = verdict(pair)
    storage.reviews.decide(given)
    kept = storage.signals.get("lo-s1")
    assert kept is not None
    changed = change(storage, kept, reference="renamed")
    other = storage.signals.get("lo-s2")
    assert other is not None
    assert storage.signals.sealed(["lo-s1"])["lo-s1"].verdicts == {SignalVerdict("lo-s2", same=True)}
    undone = replace(
        given.review, state=ReviewState.OPEN, revision=3, verdict=None, decided_by=None, decided_at=None
    )
    storage.reviews.decide(
        VerdictChange(
            review=undone, previous_revision=2, signals=(_told(changed), _told(other)), audit=new_audit()
        )
    )

    assert storage.reviews.get(REVIEW.id) == undone
    assert [one.verdicts for one in storage.signals.get_many(["lo-s1", "lo-s2"]).values()] == [
        frozenset()
    ] * 2


@pytest.mark.parametrize("how", ["changed", "closed"])
def test_verdict_about_a_signal_that_is_not_as_read_writes_nothing(storage: Storage, how: str) -> None:
    """Neither the review nor the other signal."""
    pair = given_pair(storage)
    given = verdict(pair)
    if how == "changed":
        change(storage, pair[1], reference="renamed")
    else:
        close(storage, pair[1])

    with pytest.raises(Stale):
        storage.reviews.decide(given)

    assert storage.reviews.get(REVIEW.id) == REVIEW
    assert storage.signals.get("lo-s1") == pair[0]


def test_two_verdicts_at_once_are_one(storage: Storage) -> None:
    """The second is told to read again."""
    pair = given_pair(storage)
    storage.reviews.decide(verdict(pair, ReviewVerdict.SAME))

    with pytest.raises(Stale):
        storage.reviews.decide(verdict(pair, ReviewVerdict.NOT_SAME))


def test_question_and_its_notices_are_one_write(storage: Storage) -> None:
    """Both notices fall due, or nothing is written."""
    pair = given_pair(storage)
    notices = tuple(
        make_notice(REVIEW.id, f"{one.organisation_id}#p1", id=f"lo-q{one.id}", kind=NoticeKind.CONFIRMATION)
        for one in pair
    )
    guards = tuple(Guard(signal_id=one.id, revision=one.revision, active=True) for one in pair)
    asked = ConfirmationsAsked(
        review=replace(REVIEW, revision=2, asked_at=NOW),
        previous_revision=1,
        guards=guards,
        notices=notices,
        audit=new_audit(),
    )
    storage.reviews.ask(asked)

    assert storage.reviews.get(REVIEW.id) == asked.review
    assert [storage.notices.due(notice.receiver) for notice in notices] == [(one,) for one in notices]
    with pytest.raises(Stale):
        storage.reviews.ask(replace(asked, audit=new_audit()))
