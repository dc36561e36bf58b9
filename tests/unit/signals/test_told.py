"""What was told stays known when the signal on which it was told is erased (D7, D15, D37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.match import EndReason, Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState
from chalicelib.domain.organisation import Professional, receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.signals.told import HandOnWhatWasTold
from tests.builders import NOW, make_match, make_professional, make_signal
from tests.fakes import FakeStorage, FixedClock
from tests.integration.storage.given import make_notice

pytestmark = [pytest.mark.rule("D15"), pytest.mark.rule("D37")]

GONE, OTHER, ALSO = make_signal("lo-s1"), make_signal("lo-s2", "ggd"), make_signal("lo-s3")
OVER = make_match(GONE, OTHER, state=MatchState.ENDED, ended_at=NOW, end_reason=EndReason.SIGNAL_ENDED)
GOES_ON = make_match(ALSO, OTHER)


def told(match: Match, to: Signal, kind: NoticeKind = NoticeKind.STARTED, hours: int = 0) -> Notice:
    """A notice that was mailed to who gave a signal."""
    receiver = receiver_key(to.organisation_id, to.professional_id)
    notice = make_notice(match.id, receiver, kind=kind, state=NoticeState.SENT, signal_id=to.id)
    return replace(notice, sent_at=NOW + timedelta(hours=hours), message_id="mail-1")


def handed_on(
    *notices: Notice,
    going_on: Match = GOES_ON,
    held: tuple[Notice, ...] = (),
    cards: tuple[Professional, ...] = (),
) -> list[Notice]:
    """What is known of the match that goes on once the notices of the other go."""
    storage = FakeStorage(FixedClock())
    state = storage.state
    state.matches |= {OVER.id: OVER, going_on.id: going_on}
    state.notices |= {one.id: one for one in held}
    state.professionals |= {card.receiver: card for card in cards}
    HandOnWhatWasTold(storage)(GONE.id, [OVER], notices)
    assert state.due == {}
    return [one for one in state.notices.values() if one not in held]


def test_both_know_each_other_still() -> None:
    """Each by their own signal in the match that goes on, told when it was told; nothing is sent."""
    found = handed_on(told(OVER, OTHER), told(OVER, GONE))

    assert {(one.receiver, one.signal_id, one.match_id, one.state) for one in found} == {
        ("ggd#p1", "lo-s2", GOES_ON.id, NoticeState.SENT),
        ("school#p1", "lo-s3", GOES_ON.id, NoticeState.SENT),
    }
    assert {(one.sent_at, one.message_id) for one in found} == {(NOW, "mail-1")}


def test_what_was_told_to_have_ended_is_not_known() -> None:
    """The last word counts."""
    assert handed_on(told(OVER, OTHER), told(OVER, OTHER, NoticeKind.ENDED, hours=1)) == []


def test_what_was_told_by_itself_is_left_as_it_is() -> None:
    """There is nothing to hand on."""
    assert handed_on(told(OVER, OTHER), held=(told(GOES_ON, OTHER),)) == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        make_match(make_signal("lo-s3", "school", "p2"), OTHER),
        make_match(ALSO, OTHER, state=MatchState.ENDED, ended_at=NOW, end_reason=EndReason.SIGNAL_ENDED),
    ],
    ids=["of-a-colleague", "ended"],
)
def test_who_is_not_known_otherwise_is_not_known(elsewhere: Match) -> None:
    """Another professional of the organisation, and a match that is over, make nobody known."""
    assert handed_on(told(OVER, OTHER), going_on=elsewhere) == []


@pytest.mark.rule("D28")
def test_who_took_a_signal_over_knows_what_was_told_on_it() -> None:
    """The match that goes on is theirs by now, and the one that is over kept who had it then."""
    taken_over = make_match(ALSO, make_signal("lo-s2", "ggd", "p2"))

    (found,) = handed_on(told(OVER, OTHER), going_on=taken_over)

    assert (found.receiver, found.signal_id, found.match_id) == ("ggd#p2", "lo-s2", taken_over.id)


def test_a_beginning_that_may_have_been_told_stays_one() -> None:
    """Nobody knows whether it was heard before it was overtaken: its end is to be told."""
    unsure = replace(told(OVER, OTHER), state=NoticeState.OVERTAKEN, message_id=None)

    assert [(one.receiver, one.state) for one in handed_on(unsure)] == [("ggd#p1", NoticeState.OVERTAKEN)]


def test_an_end_that_may_not_have_been_told_takes_nothing_back() -> None:
    """The beginning was heard, and its end may not have been."""
    end = replace(told(OVER, OTHER, NoticeKind.ENDED, hours=1), state=NoticeState.OVERTAKEN, message_id=None)

    assert [one.state for one in handed_on(told(OVER, OTHER), end)] == [NoticeState.SENT]


@pytest.mark.rule("D28")
def test_what_was_told_of_who_left_is_handed_on_to_the_match_of_who_took_over() -> None:
    """The other still knows somebody there; who took over hears by themselves whom they know."""
    taken = make_match(make_signal("lo-s4", professional="p2"), OTHER)
    left = make_professional("school", "p1", left_at=NOW, left_to="p2")

    found = handed_on(
        told(OVER, OTHER), told(OVER, GONE), going_on=taken, cards=(left, make_professional("school", "p2"))
    )

    assert [(one.receiver, one.match_id) for one in found] == [("ggd#p1", taken.id)]
