"""Doubtful pairs: opened for a person to look at, withdrawn when the doubt is gone, and obeyed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.match import EndReason, MatchState
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import Signal, SignalState, SignalVerdict
from chalicelib.matching import MatchKind
from chalicelib.matching.records import Address, PartialDate, Sex
from chalicelib.ports.errors import Stale
from chalicelib.reviews.decide import DecideReview
from tests.builders import make_signal, make_youth
from tests.unit.matches.world import ADMINISTRATOR, World

SAME, NOT_SAME = ReviewVerdict.SAME, ReviewVerdict.NOT_SAME
ELSEWHERE = Address(postal_code="9712AB", house_number=1, street="Ossenmarkt", city="Groningen")
BROTHER = make_youth()
SISTER_WITH_HIS_NUMBER = make_youth(
    given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21), address=ELSEWHERE
)
SISTER = replace(SISTER_WITH_HIS_NUMBER, bsn="999994712")

SCHOOL = make_signal("lo-1", "school", youth=BROTHER)
NURSE = make_signal("lo-2", "ggd", youth=SISTER_WITH_HIS_NUMBER)
DEBT = make_signal("lo-3", "debt", youth=BROTHER)


def doubtful_world() -> World:
    """A number on two children: a person has to look."""
    world = World()
    world.arrive(SCHOOL, NURSE)
    return world


def test_a_doubtful_pair_is_opened_and_nobody_is_told() -> None:
    """A review with both sides and its explanation; no match, no notice, no mail."""
    world = doubtful_world()

    review = world.review("lo-1", "lo-2")
    assert (review.state, review.episode, review.revision) == (ReviewState.OPEN, 1, 1)
    assert [side.organisation_id for side in review.sides] == ["school", "ggd"]
    assert review.explanation is not None
    assert world.active() == set()
    assert world.told() == []
    assert world.storage.state.wakes == {}


def test_a_review_tells_no_value() -> None:
    """Field names and levels only (D22)."""
    review = doubtful_world().review("lo-1", "lo-2")

    assert not [value for value in ("Meer", "Roos", "999990342", "9712") if value in repr(review)]


def test_reconciling_a_doubt_again_writes_nothing() -> None:
    """As with matches, a re-run is harmless."""
    world = doubtful_world()
    before = dict(world.storage.state.reviews)

    reports = [world.reconcile(signal.id) for signal in (SCHOOL, NURSE)]

    assert [(report.rounds, report.possible, report.reviews) for report in reports] == [(1, 1, 0)] * 2
    assert world.storage.state.reviews == before


def test_a_doubt_between_signals_of_one_professional_is_no_review() -> None:
    """Nothing hangs on it: the two would make no match (D7)."""
    world = World()

    world.arrive(SCHOOL, replace(NURSE, organisation_id="school"))

    assert world.storage.state.reviews == {}


def test_a_review_is_withdrawn_when_the_evidence_is_gone() -> None:
    """The number was wrong and has been corrected."""
    world = doubtful_world()

    world.change("lo-2", lambda signal: replace(signal, youth=SISTER))
    world.reconcile("lo-2")

    review = world.review("lo-1", "lo-2")
    assert (review.state, review.withdrawn_at) == (ReviewState.WITHDRAWN, world.clock.now())
    assert review.explanation is not None


@pytest.mark.parametrize("ending", ["lo-1", "lo-2"])
def test_a_review_is_withdrawn_when_a_signal_ends(ending: str) -> None:
    """There is nothing left to decide."""
    world = doubtful_world()

    world.end(ending)

    assert world.doubtful() == set()


def test_a_review_passes_to_another_signal_of_the_group() -> None:
    """When the closest signal ends, the doubt about the rest of its group remains."""
    world = doubtful_world()
    world.arrive(DEBT)
    (pair,) = world.doubtful()
    closest = next(one for one in pair if one != "lo-2")

    world.end(closest)

    (left,) = {"lo-1", "lo-3"} - {closest}
    assert world.doubtful() == {("lo-2", left) if left > "lo-2" else (left, "lo-2")}


def test_a_review_that_comes_back_counts_an_episode() -> None:
    """The same doubt again, under the same id."""
    world = doubtful_world()
    for youth in (SISTER, SISTER_WITH_HIS_NUMBER):
        world.change("lo-2", partial(replace, youth=youth))
        world.reconcile("lo-2")

    review = world.review("lo-1", "lo-2")
    assert (review.state, review.episode, review.withdrawn_at) == (ReviewState.OPEN, 2, None)


def test_a_review_follows_the_evidence() -> None:
    """Another level, another explanation, the same review."""
    world = doubtful_world()
    before = world.review("lo-1", "lo-2")

    world.change("lo-2", lambda signal: replace(signal, youth=replace(SISTER_WITH_HIS_NUMBER, sex=None)))
    world.reconcile("lo-2")

    after = world.review("lo-1", "lo-2")
    assert (after.state, after.episode, after.revision) == (ReviewState.OPEN, 1, 2)
    assert after.explanation != before.explanation


def test_the_same_makes_the_match_and_both_are_told() -> None:
    """The verdict stands on both signals and in the explanation of the match."""
    world = doubtful_world()

    world.decide("lo-1", "lo-2", SAME)

    assert world.active() == {("lo-1", "lo-2")}
    assert world.told() == [("ggd#p1", NoticeKind.STARTED), ("school#p1", NoticeKind.STARTED)]
    explanation = world.match("lo-1", "lo-2").explanation
    assert explanation is not None
    assert explanation.rule == "VERDICT"
    assert world.storage.state.signals["lo-2"].verdicts == {SignalVerdict("lo-1", same=True)}
    assert world.doubtful() == set()


def test_the_same_holds_when_no_evidence_is_left() -> None:
    """A person's word is an edge by itself: names and numbers may change as they like."""
    world = doubtful_world()
    world.decide("lo-1", "lo-2", SAME)

    world.change("lo-2", lambda signal: replace(signal, youth=replace(SISTER, surname="Mulder")))
    world.reconcile("lo-2")
    world.reconcile("lo-1")

    assert world.active() == {("lo-1", "lo-2")}


def test_the_same_brings_in_whoever_belongs_to_either() -> None:
    """It joins two persons, not two signals."""
    world = doubtful_world()
    world.decide("lo-1", "lo-2", SAME)

    world.arrive(DEBT)

    assert world.active() == {("lo-1", "lo-2"), ("lo-1", "lo-3"), ("lo-2", "lo-3")}


def test_undoing_the_same_ends_the_match_and_opens_the_doubt_again() -> None:
    """The evidence decides again, and it cannot."""
    world = doubtful_world()
    world.decide("lo-1", "lo-2", SAME)

    world.decide("lo-1", "lo-2", None)

    match = world.match("lo-1", "lo-2")
    assert (match.state, match.end_reason) == (MatchState.ENDED, EndReason.EVIDENCE_GONE)
    assert [kind for _, kind in world.told()].count(NoticeKind.ENDED) == 2
    assert world.doubtful() == {("lo-1", "lo-2")}
    assert world.storage.state.signals["lo-1"].verdicts == frozenset()


def test_not_the_same_asks_for_no_second_look() -> None:
    """Whatever else arrives: a person decided."""
    world = doubtful_world()

    world.decide("lo-1", "lo-2", NOT_SAME)
    world.arrive(DEBT)
    for signal in (SCHOOL, NURSE, DEBT):
        world.reconcile(signal.id)

    assert world.doubtful() == set()
    assert world.review("lo-1", "lo-2").verdict is NOT_SAME
    assert world.active() == {("lo-1", "lo-3")}


def test_not_the_same_splits_a_match_and_a_full_re_run_leaves_it_so() -> None:
    """Even where every field agrees by now: no automatic decision overrules a person."""
    world = doubtful_world()
    world.change("lo-2", lambda signal: replace(signal, youth=BROTHER))
    world.reconcile("lo-2")
    assert world.active() == {("lo-1", "lo-2")}

    world.decide("lo-1", "lo-2", NOT_SAME)
    for signal in (SCHOOL, NURSE):
        world.reconcile(signal.id)

    assert world.active() == set()
    assert world.match_of_kind("lo-1", "lo-2", MatchKind.PERSON).state is MatchState.ENDED
    assert world.review("lo-1", "lo-2").state is ReviewState.DECIDED


def test_undoing_not_the_same_lets_the_evidence_match_again() -> None:
    """And the review, no longer in doubt, is withdrawn."""
    world = doubtful_world()
    world.change("lo-2", lambda signal: replace(signal, youth=BROTHER))
    world.reconcile("lo-2")
    world.decide("lo-1", "lo-2", NOT_SAME)

    world.decide("lo-1", "lo-2", None)

    assert world.active() == {("lo-1", "lo-2")}
    assert world.review("lo-1", "lo-2").state is ReviewState.WITHDRAWN


def test_a_verdict_survives_the_end_of_the_other_signal() -> None:
    """What was said of a signal that ended troubles nobody."""
    world = doubtful_world()
    world.decide("lo-1", "lo-2", SAME)

    world.end("lo-2")
    world.reconcile("lo-1")

    assert world.active() == set()
    assert world.review("lo-1", "lo-2").state is ReviewState.DECIDED
    assert world.storage.state.signals["lo-1"].state is SignalState.ACTIVE


def test_a_verdict_that_comes_in_between_is_obeyed() -> None:
    """A person decides after reconcile read the pair as doubtful: its write is refused, it reads again."""
    world = World()
    world.give(SCHOOL, NURSE)
    interrupted: list[str] = []

    def decide_meanwhile(operation: str) -> None:
        if operation == "reviews.commit" and not interrupted:
            interrupted.append(operation)
            world.reconcile("lo-2")
            world.decide("lo-1", "lo-2", SAME)

    world.storage.state.before = decide_meanwhile
    world.reconcile("lo-1")

    assert world.active() == {("lo-1", "lo-2")}
    assert world.review("lo-1", "lo-2").state is ReviewState.DECIDED


def test_a_verdict_between_two_reads_is_left_as_it_is() -> None:
    """The signals were read before it, the review after: its own work items settle what follows."""
    world = doubtful_world()
    read: list[str] = []

    def decide_before_the_review_is_read(operation: str) -> None:
        if operation == "matches.links_of" and not read:
            read.append(operation)
            decide = DecideReview(storage=world.storage, names=world.names, clock=world.clock)
            decide.give(ADMINISTRATOR, world.review("lo-1", "lo-2").id, SAME)

    world.storage.state.before = decide_before_the_review_is_read
    world.reconcile("lo-1")
    in_between = world.review("lo-1", "lo-2")
    world.work()

    assert (in_between.state, in_between.verdict) == (ReviewState.DECIDED, SAME)
    assert world.active() == {("lo-1", "lo-2")}


def test_a_refused_write_of_a_review_is_tried_again() -> None:
    """Two reconciles of one family met in one write."""
    world = World()
    world.give(SCHOOL, NURSE)
    refusals = [Stale("once")]

    def refuse_once(operation: str) -> None:
        if operation == "reviews.commit" and refusals:
            raise refusals.pop()

    world.storage.state.before = refuse_once
    world.reconcile("lo-1")

    assert world.doubtful() == {("lo-1", "lo-2")}


@settings(max_examples=40, deadline=None)
@given(st.permutations([SCHOOL, NURSE, DEBT, replace(NURSE, id="lo-4", organisation_id="zorg")]))
def test_reviews_are_the_same_in_any_order(signals: list[Signal]) -> None:
    """Whoever comes first, the open reviews and the matches in the end are those of the evidence."""
    reference = World()
    reference.arrive(SCHOOL, NURSE, DEBT, replace(NURSE, id="lo-4", organisation_id="zorg"))
    world = World()

    world.arrive(*signals)

    assert (world.doubtful(), world.active()) == (reference.doubtful(), reference.active())
    assert len(world.doubtful()) == 1


@settings(max_examples=25, deadline=None)
@given(st.permutations([SCHOOL, NURSE, DEBT]), st.sampled_from([SAME, NOT_SAME]))
def test_a_verdict_counts_the_same_in_any_order_of_reconciling(
    order: list[Signal], verdict: ReviewVerdict
) -> None:
    """A re-run of the whole region after a verdict changes nothing more."""
    world = World()
    world.arrive(SCHOOL, NURSE, DEBT)
    (pair,) = world.doubtful()
    world.decide(*pair, verdict)
    settled = (world.active(), world.doubtful())

    for signal in order:
        world.reconcile(signal.id)

    assert (world.active(), world.doubtful()) == settled
