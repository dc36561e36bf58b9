"""A verdict: one write on the review and both signals, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import ReviewClosed, ReviewNotFound, ReviewRevised
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.domain.signal import SignalVerdict
from chalicelib.ports.errors import Stale, StorageBusy
from tests.unit.matches.world import ADMINISTRATOR
from tests.unit.reviews.desk import Desk

SAME, NOT_SAME = ReviewVerdict.SAME, ReviewVerdict.NOT_SAME


def test_a_verdict_is_written_on_the_review_and_both_signals() -> None:
    """With a work item each, so that they are settled whatever happens, and the act on record."""
    desk = Desk()

    seen = desk.give(NOT_SAME)

    review = desk.review
    assert (seen.verdict, seen.state, seen.revision) == (NOT_SAME, ReviewState.DECIDED, 2)
    assert (review.decided_by, review.decided_at) == ("region", desk.world.clock.now())
    assert {one: (held.revision, held.verdicts) for one, held in desk.state.signals.items()} == {
        "lo-1": (2, frozenset({SignalVerdict("lo-2", same=False)})),
        "lo-2": (2, frozenset({SignalVerdict("lo-1", same=False)})),
    }
    assert {one: work.revision for one, work in desk.state.pending.items()} == {"lo-1": 2, "lo-2": 2}
    assert desk.acts() == [Act.VERDICT_GIVEN]


def test_a_verdict_leaves_the_person_records_sealed() -> None:
    """Deciding needs no value, so none is opened."""
    desk = Desk()
    asked: list[str] = []
    desk.state.before = asked.append

    desk.give(SAME)

    assert "signals.sealed" in asked
    assert not {"signals.get", "signals.get_many"} & set(asked)
    assert desk.state.signals["lo-1"].youth is not None


def test_the_same_verdict_again_changes_nothing() -> None:
    """A repeat is answered as it stands."""
    desk = Desk()
    first = desk.give(SAME)

    assert desk.give(SAME) == first
    assert desk.state.signals["lo-1"].revision == 2
    assert desk.acts() == [Act.VERDICT_GIVEN, Act.REVIEW_READ]


def test_another_verdict_takes_the_place_of_the_first() -> None:
    """Never two words about one pair."""
    desk = Desk()
    desk.give(SAME)

    desk.give(NOT_SAME)

    assert desk.state.signals["lo-2"].verdicts == {SignalVerdict("lo-1", same=False)}


def test_a_verdict_leaves_what_was_said_of_others() -> None:
    """It is about this pair alone."""
    desk = Desk()
    other = SignalVerdict("lo-9", same=False)
    desk.state.signals["lo-1"] = replace(desk.state.signals["lo-1"], verdicts=frozenset({other}))

    desk.give(SAME)

    assert desk.state.signals["lo-1"].verdicts == {other, SignalVerdict("lo-2", same=True)}


def test_undoing_takes_the_word_from_both_signals() -> None:
    """The review is open again until reconcile has looked."""
    desk = Desk()
    desk.give(SAME)

    seen = desk.decide.undo(ADMINISTRATOR, desk.review.id)

    assert (seen.state, seen.verdict, seen.decided_at) == (ReviewState.OPEN, None, None)
    assert [held.verdicts for held in desk.state.signals.values()] == [frozenset(), frozenset()]
    assert {work.revision for work in desk.state.pending.values()} == {3}
    assert desk.acts() == [Act.VERDICT_GIVEN, Act.VERDICT_UNDONE]


def test_undoing_what_was_not_decided_changes_nothing() -> None:
    """DELETE is idempotent (RFC 9110, section 9.2.2)."""
    desk = Desk()

    assert desk.decide.undo(ADMINISTRATOR, desk.review.id).revision == 1
    assert desk.state.signals["lo-1"].revision == 1


@pytest.mark.parametrize("signal_id", ["lo-1", "lo-2"])
def test_there_is_no_verdict_about_a_signal_that_has_ended(signal_id: str) -> None:
    """Neither given nor undone; the signal stays as it ended."""
    desk = Desk()
    desk.give(SAME)
    desk.world.end(signal_id)

    with pytest.raises(ReviewClosed):
        desk.give(NOT_SAME)
    with pytest.raises(ReviewClosed):
        desk.decide.undo(ADMINISTRATOR, desk.review.id)


@pytest.mark.rule("D8")
def test_there_is_no_verdict_about_a_signal_past_its_last_day() -> None:
    """Whether the expiry run came or not."""
    desk = Desk()
    desk.world.clock.advance(timedelta(days=400))

    with pytest.raises(ReviewClosed):
        desk.give(SAME)


def test_there_is_no_verdict_about_an_unknown_review() -> None:
    """An id that was never given."""
    with pytest.raises(ReviewNotFound):
        Desk().decide.give(ADMINISTRATOR, "lo-none", SAME)


def test_who_names_the_revision_decides_on_just_that_evidence() -> None:
    """When it changed meanwhile, the verdict is refused: look again."""
    desk = Desk()
    desk.give(SAME, {1})

    with pytest.raises(ReviewRevised):
        desk.give(NOT_SAME, {1})

    assert desk.review.verdict is SAME


def test_a_signal_that_changes_in_between_is_read_again() -> None:
    """The verdict is about the signal, whatever its revision."""
    desk = Desk()
    rivals = ["lo-2"]

    def change_meanwhile(operation: str) -> None:
        if operation == "reviews.decide" and rivals:
            desk.world.change(rivals.pop(), lambda signal: signal)

    desk.state.before = change_meanwhile
    desk.give(SAME)

    assert desk.state.signals["lo-2"].revision == 3
    assert desk.state.signals["lo-2"].verdicts == {SignalVerdict("lo-1", same=True)}


def test_who_never_gets_a_turn_is_told_to_come_back() -> None:
    """Nothing was written."""
    desk = Desk()

    def always_stale(operation: str) -> None:
        if operation == "reviews.decide":
            raise Stale("again")

    desk.state.before = always_stale

    with pytest.raises(StorageBusy):
        desk.give(SAME)
