"""When own signals turn out to be about different youths, what remains of an acquaintance is told anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.match import EndReason, Match, MatchState
from chalicelib.domain.notice import NoticeKind, NoticeState, notice_id
from chalicelib.domain.signal import SignalState
from chalicelib.matches.news import Groups, receiver_of
from chalicelib.matches.parting import Parting, partings, with_word
from chalicelib.matches.settle import Settlement
from tests.builders import NOW, make_match, make_signal
from tests.unit.matches.world import World

OWN, RENEWED = make_signal("lo-1", "police"), make_signal("lo-2", "police")
OTHER = make_signal("lo-3", "debt")
APART = {"lo-1": ("lo-1",), "lo-2": ("lo-2", "lo-3"), "lo-3": ("lo-2", "lo-3")}
ENDING, REMAINING = make_match(OWN, OTHER), make_match(RENEWED, OTHER)
POLICE = "police#p1"


def ends(match: Match) -> Settlement:
    """A match that was active and is no more."""
    over = replace(match, state=MatchState.ENDED, ended_at=NOW, end_reason=EndReason.EVIDENCE_GONE)
    return Settlement(match=over, previous=match)


def started(match: Match) -> str:
    """The notice that told the police of a match."""
    return notice_id(match.id, match.episode, NoticeKind.STARTED, POLICE)


def parted(groups: Groups = APART) -> Parting:
    """What remains for the police once the match on the first of their signals has ended."""
    found = partings([ends(ENDING)], [ENDING, REMAINING], groups)
    return next(one for one in found if receiver_of(one.own) == POLICE)


@pytest.mark.rule("D15")
def test_what_was_told_on_the_other_signal_alone_is_untold() -> None:
    """The notice on the signal that parts speaks for that one only."""
    parting = parted()

    assert (parting.match, parting.own.signal_id) == (REMAINING, "lo-2")
    assert parting.is_untold({started(ENDING)})


@pytest.mark.rule("D7")
def test_what_was_told_on_the_remaining_signal_needs_no_other_word() -> None:
    """Nothing is told twice."""
    assert not parted().is_untold({started(ENDING), started(REMAINING)})


@pytest.mark.rule("D7")
def test_signals_that_stay_together_do_not_part() -> None:
    """A match that ends beside another one in the same group leaves everything as it was told."""
    together = dict.fromkeys(("lo-1", "lo-2", "lo-3"), ("lo-1", "lo-2", "lo-3"))

    assert not parted(together).is_untold({started(ENDING)})


def test_the_word_is_written_before_the_end() -> None:
    """A crash between the two leaves at worst both to be told, never neither."""
    first, *_ = with_word((), REMAINING)

    assert first.settlement.match == replace(REMAINING, revision=REMAINING.revision + 1)
    assert first.settlement.previous == REMAINING


@pytest.mark.rule("D33")
def test_restricting_the_signal_that_was_told_of_tells_on_its_renewal() -> None:
    """Its holder hears that the match ended there, and that it goes on under the other number."""
    world = World()
    world.arrive(make_signal("lo-1", "school"), make_signal("lo-2", "school"), make_signal("lo-3", "ggd"))
    (told,) = [one for one in world.storage.state.notices.values() if one.receiver == "school#p1"]
    world.storage.state.notices[told.id] = replace(told, state=NoticeState.SENT, sent_at=NOW)

    world.change(told.signal_id or "", lambda signal: replace(signal, state=SignalState.RESTRICTED))
    world.reconcile(told.signal_id or "")

    (renewed,) = {"lo-1", "lo-2"} - {told.signal_id}
    notices = world.storage.state.notices.values()
    assert {(one.signal_id, one.kind) for one in notices if one.receiver == "school#p1"} == {
        (told.signal_id, NoticeKind.STARTED),
        (told.signal_id, NoticeKind.ENDED),
        (renewed, NoticeKind.STARTED),
    }
