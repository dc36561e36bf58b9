"""Who takes signals over hears of the matches there are; the others see who it is now (D28)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.match import MatchState
from chalicelib.domain.notice import NoticeKind
from tests.builders import make_match, make_professional
from tests.unit.matches.test_renewals import NURSE, SCHOOL, Town, town
from tests.unit.notices.scene import Scene

__all__ = ["town"]


def hand_over(town: Town, signal_id: str, to: str) -> None:
    """Another professional of the same organisation holds the signal from now on."""
    held = town.storage.state.signals[signal_id]
    card = make_professional(held.organisation_id, to)
    town.storage.state.professionals[card.receiver] = card
    town.change(signal_id, lambda signal: replace(signal, professional_id=to))


@pytest.mark.rule("D28")
def test_who_takes_over_is_told_of_the_matches_there_are(town: Town) -> None:
    """In one mail, and nobody else gets any."""
    hand_over(town, "lo-1", "p2")
    town.work()

    looks = [one for one in town.storage.state.notices.values() if one.kind is NoticeKind.LOOK]
    assert {(one.receiver, one.signal_id) for one in looks} == {("school#p2", "lo-1")}
    assert len(looks) == 2
    assert town.deliver() == 0
    assert town.deliver_to("school#p2") == 1
    told = town.mailer.sent[-1]
    assert (told.to, "p1@ggd.example" in told.text, "p1@debt.example" in told.text) == (
        "p2@school.example",
        True,
        True,
    )


@pytest.mark.rule("D28")
def test_the_others_see_who_took_over_before_anything_was_reconciled(town: Town) -> None:
    """The card of who left is in no read any more."""
    hand_over(town, "lo-1", "p2")

    at_once = [email for _, _, email in town.seen(NURSE)]
    town.work()

    assert sorted(at_once) == ["p1@debt.example", "p2@school.example"]
    assert town.seen(NURSE) == [(MatchState.ACTIVE, key, email) for _, key, email in town.seen(NURSE)]
    assert sorted(email for _, _, email in town.seen(NURSE)) == sorted(at_once)


@pytest.mark.rule("D37")
def test_an_end_is_told_to_who_took_over(town: Town) -> None:
    """Of a match that the leaver was told of."""
    hand_over(town, "lo-1", "p2")
    town.work()
    town.deliver_to("school#p2")

    town.end("lo-2")

    assert town.deliver_to("school#p2") == 1
    assert "gestopt" in town.mailer.sent[-1].subject


@pytest.mark.rule("D7")
def test_who_takes_over_a_signal_about_a_youth_they_know_matches_no_more_with_themselves(
    town: Town,
) -> None:
    """Two signals of one organisation were a pair apart; of one professional they are none."""
    colleague = replace(SCHOOL, id="lo-7", number="S-7777-7777", reference="ref-lo-7", professional_id="p2")
    town.arrive(colleague)
    pair = town.match("lo-1", "lo-7")

    hand_over(town, "lo-1", "p2")
    town.work()

    assert pair.state is MatchState.ACTIVE
    assert town.match("lo-1", "lo-7").state is MatchState.ENDED


def test_what_is_due_for_who_left_is_told_to_who_took_over() -> None:
    """The match is not the leaver's any more."""
    scene = Scene()
    own, other = scene.signal("lo-s1", "school"), scene.signal("lo-s2", "ggd")
    match = scene.match(own, other)
    waiting = scene.notice(match)
    taken_over = scene.signal("lo-s1", "school", "p2")
    scene.storage.state.matches[match.id] = make_match(taken_over, other)
    scene.notice(make_match(taken_over, other), NoticeKind.LOOK, "school#p2")

    scene.deliver()
    scene.deliver("school#p2")

    assert scene.now(waiting).state.name == "CANCELLED"
    assert [mail.to for mail in scene.mails] == ["p2@school.example"]
