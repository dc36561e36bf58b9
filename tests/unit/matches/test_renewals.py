"""A signal that was renewed goes on in the one that took its place: no match comes or goes (D7)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.match import ContactState, Match, MatchState
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import Signal
from chalicelib.matches.read import ReadMatches
from chalicelib.matches.succession import Succession, as_heirs, going_on, heirs_of
from chalicelib.matching import MatchKind
from chalicelib.matching.records import Parent, PartialDate, Sex
from chalicelib.notices.deliver import Deliver
from chalicelib.ports.storage import MatchChange
from tests.builders import make_match, make_organisation, make_signal, make_youth
from tests.fakes import FakeEvents, FakeMailer
from tests.unit.matches.world import World
from tests.unit.notices.scene import REGION

ACTIVE = MatchState.ACTIVE
MOTHER = Parent(given_names="Anna", surname="Bakker", birth_date=PartialDate(1985, 1, 2))
SCHOOL = make_signal("lo-1", "school", youth=make_youth(parents=(MOTHER,)))
NURSE = make_signal("lo-2", "ggd", youth=make_youth(parents=(MOTHER,)))
SISTER = make_signal(
    "lo-3",
    "debt",
    youth=make_youth(
        bsn=None,
        given_names="Roos",
        initials="R.",
        sex=Sex.FEMALE,
        birth_date=PartialDate(2016, 8, 21),
        parents=(MOTHER,),
    ),
)
ALL = (SCHOOL, NURSE, SISTER)


class Town(World):
    """A region with a post office; every mail that leaves is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.mailer = FakeMailer()
        for name in ("school", "ggd", "debt"):
            self.storage.state.organisations[name] = make_organisation(name)

    def deliver(self) -> int:
        """Deliver to everybody; how many mails left."""
        return sum(self.deliver_to(receiver_key(one.organisation_id, one.professional_id)) for one in ALL)

    def deliver_to(self, receiver: str) -> int:
        """Deliver to one; how many mails left."""
        deliver = Deliver(
            storage=self.storage,
            mailer=self.mailer,
            events=FakeEvents(),
            names=self.names,
            clock=self.clock,
            region=REGION,
        )
        return deliver(receiver).mails


@pytest.fixture
def town() -> Town:
    """Two about one youth and one about her sister; everybody was told, and the two spoke."""
    town = Town()
    town.arrive(*ALL)
    assert town.deliver() == 3
    match = town.match_of_kind("lo-1", "lo-2", MatchKind.PERSON)
    town.storage.state.matches[match.id] = replace(match, contact=ContactState.MADE)
    town.clock.advance(timedelta(days=200))
    return town


@pytest.mark.rule("D7")
def test_matches_go_on_under_the_new_signal_as_they_were(town: Town) -> None:
    """Kind, key, contact and since when; the old ones have ended."""
    before = {(one.kind, one.match_key): one for one in town.storage.state.matches.values()}

    new = town.renew("lo-1")
    town.work()

    assert town.active() == {tuple(sorted(("lo-2", new.id)))}
    assert town.active(MatchKind.HOUSEHOLD) == {("lo-2", "lo-3"), tuple(sorted((new.id, "lo-3")))}
    person = town.match_of_kind(new.id, "lo-2", MatchKind.PERSON)
    household = town.match_of_kind(new.id, "lo-3", MatchKind.HOUSEHOLD)
    assert (person.contact, household.contact) == (ContactState.MADE, ContactState.OPEN)
    for match in (person, household):
        old = before[match.kind, match.match_key]
        assert (match.since, match.state) == (old.since, ACTIVE)
    assert town.storage.state.pending == {}


@pytest.mark.rule("D7")
@pytest.mark.parametrize("renewed", ["lo-1", "lo-2", "lo-3"])
def test_nobody_gets_a_mail_about_a_renewal(town: Town, renewed: str) -> None:
    """Nobody came and nobody went, of the household neither; however often it is renewed."""
    once = town.renew(renewed)
    town.work()
    assert town.deliver() == 0

    town.renew(once.id)
    town.work()

    assert town.deliver() == 0
    assert town.storage.state.due == {}


@pytest.mark.rule("D37")
def test_what_ends_after_a_renewal_is_told(town: Town) -> None:
    """What was told on the signal before counts as told on this one."""
    new = town.renew("lo-2")
    town.work()
    town.deliver()

    town.end("lo-1")

    assert town.deliver() == 2
    assert {mail.to for mail in town.mailer.sent[-2:]} == {"p1@ggd.example", "p1@debt.example"}
    assert any(new.number in mail.text for mail in town.mailer.sent[-2:])


@pytest.mark.rule("D7")
@pytest.mark.parametrize("seed", range(8))
def test_no_reader_ever_misses_a_match_of_a_signal_that_is_renewed(town: Town, seed: int) -> None:
    """At every write of every reconcile, in any order, all three see all the others, once each."""
    expected = {one.id: town.seen(one) for one in ALL}
    looked = 0

    new = town.renew("lo-1")

    def look(operation: str) -> None:
        nonlocal looked
        if operation != "matches.commit":
            return
        looked += 1
        state.after = _nothing
        assert {one.id: town.seen(one) for one in (new, NURSE, SISTER)} == {
            new.id: expected["lo-1"],
            "lo-2": expected["lo-2"],
            "lo-3": expected["lo-3"],
        }
        state.after = look

    state = town.storage.state
    look("matches.commit")
    state.after = look
    order = sorted(state.pending)
    random.Random(seed).shuffle(order)  # noqa: S311 - any order will do
    for one in order:
        town.reconcile(one)

    look("matches.commit")
    assert looked > 4


def test_a_signal_renewed_again_before_anything_was_reconciled_keeps_its_matches(town: Town) -> None:
    """What the one in between never took over is taken over from the first."""
    key = town.match_of_kind("lo-1", "lo-2", MatchKind.PERSON).match_key
    last = town.renew(town.renew("lo-1").id)

    town.reconcile(last.id)

    match = town.match_of_kind(last.id, "lo-2", MatchKind.PERSON)
    assert (match.match_key, match.contact) == (key, ContactState.MADE)
    assert town.seen(last) == town.seen(replace(last))
    town.work()
    assert town.deliver() == 0


def test_both_sides_renewed_at_once_go_on_as_one_match(town: Town) -> None:
    """Whoever is reconciled first."""
    key = town.match_of_kind("lo-1", "lo-2", MatchKind.PERSON).match_key
    school, nurse = town.renew("lo-1"), town.renew("lo-2")

    town.work()

    match = town.match_of_kind(school.id, nurse.id, MatchKind.PERSON)
    assert (match.state, match.match_key, match.contact) == (ACTIVE, key, ContactState.MADE)
    assert town.deliver() == 0


@pytest.mark.rule("D16")
def test_the_id_of_a_match_before_leads_to_the_one_that_goes_on(town: Town) -> None:
    """An organisation's system may know it from an event of long ago."""
    old = town.match_of_kind("lo-1", "lo-2", MatchKind.PERSON)
    new = town.renew("lo-1")
    read = ReadMatches(storage=town.storage, names=town.names, clock=town.clock)

    at_once = read.one(town.caller(NURSE), old.id)
    town.work()
    later = read.one(town.caller(NURSE), old.id)

    assert (at_once.id, at_once.state, at_once.match_key) == (old.id, ACTIVE, old.match_key)
    assert later.id == town.match_of_kind(new.id, "lo-2", MatchKind.PERSON).id
    assert (later.state, later.match_key, later.contact) == (ACTIVE, old.match_key, ContactState.MADE)


def test_a_closed_signal_shows_its_own_matches_as_ended(town: Town) -> None:
    """They go on elsewhere."""
    town.renew("lo-1")
    town.work()

    assert {state for state, _, _ in town.seen(SCHOOL)} == {MatchState.ENDED}


def test_an_open_review_goes_on_too() -> None:
    """Since when it is open, and when the two were asked."""
    world = World()
    doubtful = make_signal("lo-9", "ggd", youth=make_youth(given_names="Willem", initials="W."))
    world.arrive(SCHOOL, doubtful)
    before = world.review("lo-1", "lo-9")
    asked_at = world.clock.now()
    world.storage.state.reviews[before.id] = replace(before, asked_at=asked_at)
    world.clock.advance(timedelta(days=3))

    new = world.renew("lo-1")
    world.work()

    after = world.review(new.id, "lo-9")
    assert (after.state, after.since, after.asked_at) == (ReviewState.OPEN, before.since, asked_at)
    assert world.review("lo-1", "lo-9").state is ReviewState.WITHDRAWN


def test_what_takes_anothers_place_is_written_before_that_one_ends(town: Town) -> None:
    """Whoever crashes in between leaves one too many rather than one too few."""
    written: list[Match] = []
    commit = type(town.storage.matches).commit

    def note(store: object, change: MatchChange) -> None:
        written.append(change.match)
        commit(store, change)  # type: ignore[arg-type] # the store itself

    town.renew("lo-1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(town.storage.matches), "commit", note)
        town.work()

    states = [match.state for match in written]
    assert states == sorted(states)


def _nothing(_: str) -> None:
    """No look."""


def line(*ids: str) -> dict[str, Signal]:
    """Signals each of which took the place of the one before."""
    return {
        one: make_signal(one, renews=before, renewed_by=after)
        for before, one, after in zip((None, *ids), ids, (*ids[1:], None), strict=False)
    }


def test_who_stands_in_the_place_of_whom() -> None:
    """The last of a line, as far as it is known."""
    signals = line("lo-a", "lo-b", "lo-c")

    assert heirs_of(signals) == {"lo-a": "lo-c", "lo-b": "lo-c"}
    assert heirs_of({one: signals[one] for one in ("lo-a", "lo-c")}) == {}


def test_a_line_is_read_forth_and_back() -> None:
    """Each row once."""
    signals, asked = line("lo-a", "lo-b", "lo-c"), []

    def read(ids: object) -> dict[str, Signal]:
        asked.extend(sorted(ids))  # type: ignore[call-overload] # ids of signals
        return {one: signals[one] for one in asked if one in signals}

    succession = Succession(read)

    assert succession.heir("lo-a") == "lo-c"
    assert succession.lineage("lo-c") == ("lo-c", "lo-b", "lo-a")
    assert succession.heir("lo-unknown") == "lo-unknown"
    assert asked == ["lo-a", "lo-b", "lo-c", "lo-unknown"]


def test_of_two_matches_of_one_pair_the_one_that_goes_on_is_seen() -> None:
    """Active before ended, later before earlier."""
    old, new, other = make_signal("lo-1"), make_signal("lo-4"), make_signal("lo-2", "ggd")
    ended = make_match(old, other, state=MatchState.ENDED)
    active = make_match(new, other)

    assert going_on([active, as_heirs(ended, {"lo-1": "lo-4"})]) == (active,)
