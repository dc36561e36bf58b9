"""Who is told what: D7, D14, D15, D17, D37."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.match import EndReason, Match, MatchState
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.signal import Signal
from chalicelib.matches.news import notices_for, with_looks
from chalicelib.matches.settle import Settlement
from chalicelib.matching import MatchKind
from tests.builders import NOW, make_match, make_signal


def arises(match: Match) -> Settlement:
    """A match that was not there."""
    return Settlement(match=match, previous=None)


def ends(match: Match, reason: EndReason = EndReason.SIGNAL_ENDED) -> Settlement:
    """A match that was active."""
    ended = replace(match, state=MatchState.ENDED, ended_at=NOW, end_reason=reason)
    return Settlement(match=ended, previous=match)


def told(
    changes: list[Settlement],
    stored: list[Match],
    groups: list[tuple[Signal, ...]],
    supervisors: dict[str, frozenset[str]] | None = None,
) -> set[tuple[str, NoticeKind, str | None]]:
    """Receiver, kind and own signal of every notice."""
    of = {one.id: tuple(sorted(other.id for other in group)) for group in groups for one in group}
    notices = notices_for(changes, stored, of, supervisors or {}, NOW)
    return {(one.receiver, one.kind, one.signal_id) for several in notices.values() for one in several}


@pytest.mark.rule("D17")
def test_both_sides_hear_of_a_new_match() -> None:
    """Each side hears of the other, under its own signal."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")

    result = told([arises(make_match(school, nurse))], [], [(school, nurse)])

    assert result == {
        ("school#p1", NoticeKind.STARTED, "lo-1"),
        ("ggd#p1", NoticeKind.STARTED, "lo-2"),
    }


@pytest.mark.rule("D14")
def test_a_pair_within_one_organisation_tells_nobody() -> None:
    """Two colleagues are recorded apart and get no mail."""
    one, other = make_signal("lo-1", "school", "p1"), make_signal("lo-2", "school", "p2")

    assert told([arises(make_match(one, other))], [], [(one, other)]) == set()


@pytest.mark.rule("D7")
def test_a_renewal_is_no_news() -> None:
    """A second signal by the same professional about the same youth tells nobody anything new."""
    old, new = make_signal("lo-1", "school"), make_signal("lo-3", "school")
    nurse = make_signal("lo-2", "ggd")

    result = told([arises(make_match(new, nurse))], [make_match(old, nurse)], [(old, new, nurse)])

    assert result == set()


@pytest.mark.rule("D7")
def test_the_end_of_a_renewed_signal_is_no_news() -> None:
    """While the renewal stands, the other side is not told that the old signal ended."""
    old, new = make_signal("lo-1", "school"), make_signal("lo-3", "school")
    nurse = make_signal("lo-2", "ggd")
    stored = [make_match(old, nurse), make_match(new, nurse)]

    assert told([ends(stored[0])], stored, [(new, nurse)]) == set()


@pytest.mark.rule("D37")
def test_only_the_other_side_hears_that_a_signal_ended() -> None:
    """Who ended their own signal needs no mail about it."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    match = make_match(school, nurse)

    assert told([ends(match)], [match], [(nurse,)]) == {("ggd#p1", NoticeKind.ENDED, "lo-2")}


def test_both_sides_hear_when_the_evidence_is_gone() -> None:
    """Two signals that still stand but no longer match: both are told."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    match = make_match(school, nurse)

    result = told([ends(match, EndReason.EVIDENCE_GONE)], [match], [(school,), (nurse,)])

    assert result == {("school#p1", NoticeKind.ENDED, "lo-1"), ("ggd#p1", NoticeKind.ENDED, "lo-2")}


def test_groups_that_turn_out_one_person_end_their_household_match_silently() -> None:
    """The person match that replaces it is the news."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    household = make_match(school, nurse, MatchKind.HOUSEHOLD)
    person = make_match(school, nurse)

    result = told([ends(household, EndReason.SAME_PERSON), arises(person)], [household], [(school, nurse)])

    assert {kind for _, kind, _ in result} == {NoticeKind.STARTED}


@pytest.mark.rule("D15")
def test_a_third_signal_is_news_to_all_and_all_are_news_to_it() -> None:
    """Earlier holders hear of the new one once each; the new one hears of all."""
    school, nurse, debt = (
        make_signal("lo-1", "school"),
        make_signal("lo-2", "ggd"),
        make_signal("lo-3", "debt"),
    )
    stored = [make_match(school, nurse)]
    new = [arises(make_match(school, debt)), arises(make_match(nurse, debt))]

    notices = notices_for(
        new, stored, dict.fromkeys(("lo-1", "lo-2", "lo-3"), ("lo-1", "lo-2", "lo-3")), {}, NOW
    )

    receivers = sorted(one.receiver for several in notices.values() for one in several)
    assert receivers == ["debt#p1", "debt#p1", "ggd#p1", "school#p1"]


def test_each_own_child_of_the_household_is_news() -> None:
    """With signals on two brothers a nurse hears of the school for each, the school of the nurse once."""
    school = make_signal("lo-1", "school")
    first, second = make_signal("lo-2", "ggd"), make_signal("lo-3", "ggd")
    new = [arises(make_match(school, one, MatchKind.HOUSEHOLD)) for one in (first, second)]

    result = told(new, [], [(school,), (first,), (second,)])

    assert result == {
        ("school#p1", NoticeKind.STARTED, "lo-1"),
        ("ggd#p1", NoticeKind.STARTED, "lo-2"),
        ("ggd#p1", NoticeKind.STARTED, "lo-3"),
    }


@pytest.mark.rule("D17")
def test_the_municipal_supervisor_hears_of_what_is_news() -> None:
    """Once per match, under no signal of its own, and not of its end."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    match = make_match(school, nurse)
    watching = {one: frozenset({"utrecht#regie"}) for one in ("lo-1", "lo-2")}

    started = told([arises(match)], [], [(school, nurse)], watching)
    ended = told([ends(match)], [match], [(nurse,)], watching)

    assert ("utrecht#regie", NoticeKind.STARTED, None) in started
    assert "utrecht#regie" not in {receiver for receiver, _, _ in ended}


def test_a_match_that_returns_is_told_again_under_its_next_episode() -> None:
    """An ended match that holds again is news, with an id of its own."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    ended = make_match(school, nurse, state=MatchState.ENDED)
    back = Settlement(match=replace(ended, state=MatchState.ACTIVE, episode=2, revision=2), previous=ended)
    of = dict.fromkeys(("lo-1", "lo-2"), ("lo-1", "lo-2"))

    notices = notices_for([back], [ended], of, {}, NOW)[ended.id]

    assert {notice.id.split(".")[1] for notice in notices} == {"2"}
    assert len(notices) == 2


@pytest.mark.rule("D7")
def test_a_renewal_hears_of_the_household_under_its_own_number() -> None:
    """Who renews gets the household's cards under the new signal; for the others nothing is new."""
    old, new = make_signal("lo-1", "school"), make_signal("lo-3", "school")
    nurse = make_signal("lo-2", "ggd")
    stored = [make_match(old, nurse, MatchKind.HOUSEHOLD)]

    result = told([arises(make_match(new, nurse, MatchKind.HOUSEHOLD))], stored, [(old, new), (nurse,)])

    assert result == {("school#p1", NoticeKind.STARTED, "lo-3")}


def looked_for(
    change: Settlement, stored: list[Match], *groups: tuple[Signal, ...]
) -> set[tuple[str, str | None]]:
    """Receiver and own signal of every look."""
    of = {one.id: tuple(sorted(other.id for other in group)) for group in groups for one in group}
    notices = with_looks(notices_for([change], stored, of, {}, NOW), [change], of, NOW)
    looks = [one for several in notices.values() for one in several if one.kind is NoticeKind.LOOK]
    assert len({one.id for one in looks}) == len(looks)
    return {(one.receiver, one.signal_id) for one in looks}


@pytest.mark.rule("D7")
def test_what_changes_without_news_is_looked_at() -> None:
    """Another match stands, or stood, for it: whether that one was ever told, delivery finds out."""
    old, new, nurse = make_signal("lo-1", "school"), make_signal("lo-3", "school"), make_signal("lo-2", "ggd")
    before, after = make_match(old, nurse), make_match(new, nurse)
    both = {("school#p1", "lo-3"), ("ggd#p1", "lo-2")}

    assert looked_for(arises(after), [before], (old, new, nurse)) == both
    assert looked_for(ends(after, EndReason.EVIDENCE_GONE), [before, after], (old, new, nurse)) == both


def test_what_is_news_needs_no_look() -> None:
    """Its notice is one; and whose own signal ended has nothing to look at."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    match = make_match(school, nurse)

    assert looked_for(arises(match), [], (school, nurse)) == set()
    assert looked_for(ends(match), [match], (nurse,)) == set()


def test_groups_that_turn_out_one_person_need_no_look() -> None:
    """The end of their household match is not told."""
    school, nurse = make_signal("lo-1", "school"), make_signal("lo-2", "ggd")
    match = make_match(school, nurse, MatchKind.HOUSEHOLD)

    assert looked_for(ends(match, EndReason.SAME_PERSON), [match], (school, nurse)) == set()
