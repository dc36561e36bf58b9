"""One reference per person and per household."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.match import Match, MatchState
from chalicelib.matches.match_keys import KeyedSettlement, with_match_keys
from chalicelib.matches.settle import Settlement
from chalicelib.matching import MatchKind
from tests.builders import NOW, make_match, make_signal


class CountingNames:
    """Names in order, so that a test can tell which was taken."""

    def __init__(self) -> None:
        self.made = 0

    def match_key(self) -> str:
        """The next key."""
        self.made += 1
        return f"M-NEW{self.made}"

    def new_id(self) -> str:
        """Not asked for here."""
        return "lo-new"

    def signal_number(self) -> str:
        """Not asked for here."""
        return "S-NEW"

    def token(self) -> str:
        """Not asked for here."""
        return "token"


def keys(keyed: tuple[KeyedSettlement, ...]) -> dict[str, str]:
    """The key of each match."""
    return {one.settlement.match.id: one.settlement.match.match_key for one in keyed}


def new(match: Match) -> Settlement:
    """A match that has no key yet."""
    return Settlement(match=replace(match, match_key=""), previous=None)


SCHOOL, NURSE, DEBT = make_signal("lo-1", "school"), make_signal("lo-2", "ggd"), make_signal("lo-3", "debt")
GROUP = ("lo-1", "lo-2", "lo-3")
TOGETHER = dict.fromkeys(GROUP, GROUP)


def test_new_matches_of_one_person_share_one_new_key_claimed_first() -> None:
    """The claim goes with the first match written, so that no other can have the key."""
    changes = [new(make_match(SCHOOL, NURSE)), new(make_match(NURSE, DEBT)), new(make_match(SCHOOL, DEBT))]

    keyed = with_match_keys(changes, {}, TOGETHER, CountingNames())

    assert set(keys(keyed).values()) == {"M-NEW1"}
    assert [one.name is not None for one in keyed] == [True, False, False]
    assert keyed[0].name is not None
    assert (keyed[0].name.name, keyed[0].name.target) == ("match-key#M-NEW1", keyed[0].settlement.match.id)


def test_a_match_that_joins_takes_the_key_in_use() -> None:
    """All matches of one person carry the key of the oldest."""
    stored = make_match(SCHOOL, NURSE, match_key="M-OLD")

    keyed = with_match_keys([new(make_match(NURSE, DEBT))], {stored.id: stored}, TOGETHER, CountingNames())

    assert [one.settlement.match.match_key for one in keyed] == ["M-OLD"]
    assert keyed[0].name is None


def test_when_groups_join_the_older_key_stays() -> None:
    """The younger match is rewritten with it, one revision on."""
    older = make_match(SCHOOL, NURSE, match_key="M-OLD", since=NOW - timedelta(days=1))
    younger = make_match(NURSE, DEBT, match_key="M-YOUNG")
    stored = {match.id: match for match in (older, younger)}

    keyed = with_match_keys([], stored, TOGETHER, CountingNames())

    assert [(one.settlement.match.id, one.settlement.match.match_key) for one in keyed] == [
        (younger.id, "M-OLD")
    ]
    assert keyed[0].settlement.match.revision == younger.revision + 1
    assert keyed[0].settlement.previous == younger


def test_a_match_that_returns_alone_keeps_its_own_key() -> None:
    """People may still have it on paper."""
    ended = make_match(SCHOOL, NURSE, match_key="M-OLD", state=MatchState.ENDED)
    back = Settlement(match=replace(ended, state=MatchState.ACTIVE, episode=2), previous=ended)

    keyed = with_match_keys([back], {ended.id: ended}, TOGETHER, CountingNames())

    assert keys(keyed) == {ended.id: "M-OLD"}


def test_an_ending_match_keeps_its_key() -> None:
    """The notice of the end must name the key people know."""
    match = make_match(SCHOOL, NURSE, match_key="M-OLD")
    ending = Settlement(match=replace(match, state=MatchState.ENDED), previous=match)

    keyed = with_match_keys([ending], {match.id: match}, {"lo-2": ("lo-2",)}, CountingNames())

    assert keys(keyed) == {match.id: "M-OLD"}


def test_a_household_has_one_key_across_its_youths_apart_from_the_persons() -> None:
    """Three youths of one household share one key; the person match beside them has its own."""
    groups = {"lo-1": ("lo-1", "lo-4"), "lo-4": ("lo-1", "lo-4"), "lo-2": ("lo-2",), "lo-3": ("lo-3",)}
    colleague = make_signal("lo-4", "police")
    person = make_match(SCHOOL, colleague, match_key="M-PERSON")
    changes = [
        new(make_match(SCHOOL, NURSE, MatchKind.HOUSEHOLD)),
        new(make_match(SCHOOL, DEBT, MatchKind.HOUSEHOLD)),
        new(make_match(colleague, NURSE, MatchKind.HOUSEHOLD)),
    ]

    keyed = with_match_keys(changes, {person.id: person}, groups, CountingNames())

    assert set(keys(keyed).values()) == {"M-NEW1"}
    assert person.id not in keys(keyed)
