"""What is said of one other professional follows from what was told and what is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.match import EndReason, Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.case import Case
from tests.builders import NOW, TODAY, make_match, make_signal

SCHOOL = "school#p1"
STARTED, ENDED = NoticeKind.STARTED, NoticeKind.ENDED
SENT, SENDING = NoticeState.SENT, NoticeState.SENDING
OWN, RENEWED = make_signal("lo-1", "school"), make_signal("lo-2", "school")
NURSE, LATER_NURSE = make_signal("lo-3", "ggd"), make_signal("lo-4", "ggd")

Said = set[tuple[NoticeKind, str]]


def over(signal: Signal, state: SignalState = SignalState.CLOSED) -> Signal:
    """A signal that is active no more."""
    return replace(signal, state=state)


def ended(match: Match, reason: EndReason = EndReason.SIGNAL_ENDED) -> Match:
    """A match that has ended."""
    return replace(match, state=MatchState.ENDED, ended_at=NOW, end_reason=reason)


def notice(match: Match, kind: NoticeKind = STARTED, state: NoticeState = SENT, **changes: Any) -> Notice:
    """A notice to the school; an end leaves after the beginning."""
    own = next(side.signal_id for side in match.sides if side.organisation_id == "school")
    moment = NOW + timedelta(minutes=kind is ENDED)
    told = Notice(
        id=notice_id(match.id, match.episode, kind, SCHOOL),
        kind=kind,
        state=state,
        match_id=match.id,
        episode=match.episode,
        receiver=SCHOOL,
        signal_id=own,
        created_at=moment,
        sent_at=moment if state is SENT else None,
    )
    return replace(told, **changes)


def case(matches: list[Match], *told: Notice, signals: tuple[Signal, ...] = ()) -> Case:
    """The school's case with the nurse; signals are active unless given otherwise."""
    known = {one.id: one for one in (OWN, RENEWED, NURSE, LATER_NURSE, *signals)}
    return Case(
        receiver=SCHOOL,
        matches=tuple(sorted(matches, key=lambda one: one.id)),
        signals=known,
        notices={one.id: one for one in told},
        today=TODAY,
    )


def said(of: Case) -> Said:
    """What is said, and on which own signal."""
    return {(word.kind, of.own(word.match)) for word in of.words()}


def test_a_match_nobody_was_told_of_is_said() -> None:
    """Whether or not any notice asks for it."""
    assert said(case([make_match(OWN, NURSE)])) == {(STARTED, "lo-1")}


def test_what_was_told_and_is_needs_no_word() -> None:
    """Nothing is told twice."""
    match = make_match(OWN, NURSE)

    assert said(case([match], notice(match))) == set()


@pytest.mark.rule("D37")
def test_what_was_told_and_is_no_more_is_taken_back() -> None:
    """Whether or not any notice asks for it."""
    match = ended(make_match(OWN, NURSE))

    assert said(case([match], notice(match))) == {(ENDED, "lo-1")}


@pytest.mark.rule("D37")
def test_what_was_taken_back_is_not_taken_back_again() -> None:
    """The last word counts."""
    match = ended(make_match(OWN, NURSE))

    assert said(case([match], notice(match), notice(match, ENDED))) == set()


@pytest.mark.rule("D37")
def test_of_what_was_told_in_one_breath_the_later_thing_is_the_last_word() -> None:
    """An end, then a beginning with the same other, of the same millisecond: that one is taken back."""
    told, first = NOW + timedelta(minutes=9), make_match(OWN, NURSE, state=MatchState.ENDED, ended_at=NOW)
    second = ended(make_match(OWN, LATER_NURSE))

    known = case(
        [ended(first), second],
        notice(first),
        notice(first, ENDED, created_at=NOW, sent_at=told),
        notice(second, STARTED, created_at=NOW + timedelta(seconds=4), sent_at=told),
    )

    assert said(known) == {(ENDED, "lo-1")}


@pytest.mark.rule("D7")
def test_one_word_is_enough_for_all_own_signals_about_a_youth() -> None:
    """Also when it was told on the signal that was there first."""
    matches = [make_match(OWN, NURSE), make_match(RENEWED, NURSE)]

    assert len(said(case(matches))) == 1
    assert said(case(matches, notice(matches[0]))) == set()


@pytest.mark.rule("D15")
def test_own_signals_that_part_are_each_told_what_goes_on_there() -> None:
    """What was told on one spoke for both; it is taken back where it ended, and said where it goes on."""
    first, second = ended(make_match(OWN, NURSE), EndReason.EVIDENCE_GONE), make_match(RENEWED, NURSE)

    assert said(case([first, second], notice(first))) == {(ENDED, "lo-1"), (STARTED, "lo-2")}


@pytest.mark.rule("D15")
def test_both_sides_that_part_two_by_two_are_told_of_the_untold_two() -> None:
    """No match of the told signal ended for good, and yet the other signal knows of nobody."""
    matches = [
        make_match(OWN, NURSE),
        ended(make_match(OWN, LATER_NURSE), EndReason.EVIDENCE_GONE),
        ended(make_match(RENEWED, NURSE), EndReason.EVIDENCE_GONE),
        make_match(RENEWED, LATER_NURSE),
    ]

    assert said(case(matches, notice(matches[0]))) == {(STARTED, "lo-2")}


@pytest.mark.rule("D7")
def test_what_was_told_on_a_renewed_signal_goes_for_its_renewal() -> None:
    """It is no news while it lasts, and taken back when it ends."""
    first, second = ended(make_match(OWN, NURSE)), make_match(RENEWED, NURSE)

    assert said(case([first, second], notice(first), signals=(over(OWN),))) == set()
    both = case([first, ended(second)], notice(first), signals=(over(OWN), over(NURSE)))
    assert said(both) == {(ENDED, "lo-2")}


@pytest.mark.rule("D7")
def test_the_inheritance_ends_with_the_word_that_takes_it_back() -> None:
    """A nurse who comes again is news."""
    first, second = ended(make_match(OWN, NURSE)), ended(make_match(RENEWED, NURSE))
    again = make_match(RENEWED, LATER_NURSE)
    words = notice(first), notice(second, ENDED)

    assert said(case([first, second, again], *words, signals=(over(OWN),))) == {(STARTED, "lo-2")}


@pytest.mark.rule("D33")
def test_restricting_the_signal_that_was_told_of_tells_on_its_renewal() -> None:
    """Its holder hears that the match ended there, and that it goes on under the other number."""
    first, second = ended(make_match(OWN, NURSE)), make_match(RENEWED, NURSE)
    hidden = over(OWN, SignalState.RESTRICTED)

    assert said(case([first, second], notice(first), signals=(hidden,))) == {
        (ENDED, "lo-1"),
        (STARTED, "lo-2"),
    }


def test_nobody_hears_of_the_end_of_what_they_were_never_told() -> None:
    """Nor on a signal of their own that has ended."""
    match = ended(make_match(OWN, NURSE))

    assert said(case([match])) == set()
    assert said(case([match], notice(match), signals=(over(OWN),))) == set()


def test_groups_that_turned_out_one_person_end_their_household_match_silently() -> None:
    """The person match that replaces it is the news."""
    match = ended(make_match(OWN, NURSE, MatchKind.HOUSEHOLD), EndReason.SAME_PERSON)

    assert said(case([match], notice(match))) == set()


def test_a_mail_that_may_not_have_left_is_repeated_while_it_is_true() -> None:
    """Though the same was told on another own signal: nobody knows whether it was."""
    matches = [make_match(OWN, NURSE), make_match(RENEWED, NURSE)]
    unsure = notice(matches[1], state=SENDING)

    assert said(case(matches, notice(matches[0]), unsure)) == {(STARTED, "lo-2")}


def test_a_mail_that_may_have_left_is_taken_back_when_it_is_not_true() -> None:
    """At worst the end of something they never heard of; never a belief that stays."""
    match = ended(make_match(OWN, NURSE))

    assert said(case([match], notice(match, state=SENDING))) == {(ENDED, "lo-1")}


def test_a_beginning_that_was_overtaken_may_have_been_heard() -> None:
    """So its end is told; and so is the next beginning with the same other, for it may not have been."""
    first = ended(make_match(OWN, NURSE))
    unsure = notice(first, state=NoticeState.OVERTAKEN, sent_at=NOW)

    assert said(case([first], unsure)) == {(ENDED, "lo-1")}
    assert said(case([first, make_match(OWN, LATER_NURSE)], unsure)) == {(STARTED, "lo-1")}
    assert said(case([first], unsure, notice(first, ENDED))) == set()


def test_what_was_overtaken_is_said_again_when_it_is_so_again() -> None:
    """A right hid the other's signal meanwhile, and is done: nobody knows what was heard."""
    match = make_match(OWN, NURSE)

    assert said(case([match], notice(match, state=NoticeState.OVERTAKEN, sent_at=NOW))) == {(STARTED, "lo-1")}


def test_an_end_that_may_have_left_is_repeated_or_made_good() -> None:
    """Repeated while it is true; when the professional has come back, that is said."""
    first = ended(make_match(OWN, NURSE))
    words = notice(first), notice(first, ENDED, SENDING)

    assert said(case([first], *words)) == {(ENDED, "lo-1")}
    assert said(case([first, make_match(OWN, LATER_NURSE)], *words)) == {(STARTED, "lo-1")}


def test_a_mail_that_left_counts_before_its_event_is_published() -> None:
    """What is still to be done for it repeats no mail."""
    match = make_match(OWN, NURSE)

    assert said(case([match], notice(match, state=SENDING, message_id="mail-1"))) == set()


@pytest.mark.rule("D8")
def test_nothing_is_said_of_a_match_whose_signal_is_over() -> None:
    """Reconcile has yet to say what follows: until then it is unsettled."""
    untold = case([make_match(OWN, NURSE)], signals=(over(NURSE),))
    match = make_match(OWN, NURSE)
    told = case([match], notice(match), signals=(over(NURSE),))

    assert (said(untold), untold.is_unsettled()) == (set(), True)
    assert (said(told), told.is_unsettled()) == (set(), False)


def test_a_cancelled_notice_is_taken_up_again_when_its_word_is_needed() -> None:
    """It was spared because another own signal was told; that one is apart now."""
    first, second = ended(make_match(OWN, NURSE), EndReason.EVIDENCE_GONE), make_match(RENEWED, NURSE)
    spared = notice(second, state=NoticeState.CANCELLED)

    assert said(case([first, second], notice(first), spared)) == {(ENDED, "lo-1"), (STARTED, "lo-2")}
