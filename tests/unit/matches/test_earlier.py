"""What the archive says when a signal is given, and what it never does (D35, D36)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.history import History
from chalicelib.domain.signal import Archived, Signal, SignalState, SignalVerdict
from chalicelib.matching import PartialDate, Sex, Youth
from chalicelib.ports.errors import StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.signals.index_keys import keys_for_archive
from tests.builders import KEYSET, NOW, WrittenOut, make_signal, make_youth
from tests.fakes.signals import FakeSignals
from tests.unit.matches.world import World

BEFORE = NOW - timedelta(days=400)
WITHOUT_BSN = make_youth(bsn=None)
TWIN = make_youth(bsn="999990019", given_names="Thomas Pieter", initials="T.P.")


def make_archived(
    signal_id: str, organisation: str = "ggd", *, until: date = date(2031, 1, 1), **changes: Any
) -> Signal:
    """A signal of another organisation that was given and closed long ago."""
    youth = changes.pop("youth", make_youth())
    signal = make_signal(
        signal_id,
        organisation,
        youth=youth,
        state=SignalState.CLOSED,
        revision=2,
        created_at=BEFORE,
        ended_at=BEFORE + timedelta(days=30),
        keys=frozenset(),
        archived=Archived(keys_for_archive(youth, WrittenOut(), (KEYSET,)), until),
    )
    return replace(signal, **changes)


def with_archive(*signals: Signal) -> World:
    """A region in whose archive these signals are."""
    world = World()
    for signal in signals:
        world.storage.state.signals[signal.id] = signal
        assert signal.archived is not None
        for key in signal.archived.keys:
            world.storage.state.archive_keys[key].add(signal.id)
    return world


class BreakableSignals(FakeSignals):
    """The record of ``lo-a1`` does not open."""

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist. Raises SealBroken."""
        wanted = list(signal_ids)
        if "lo-a1" in wanted:
            raise SealBroken("lo-a1")
        return FakeSignals.get_many(self, wanted)


def told(world: World, signal_id: str = "lo-s1") -> bool | None:
    """What the archive told of a signal; None for nothing."""
    history = world.storage.state.histories.get(signal_id)
    return None if history is None else history.earlier


@pytest.mark.rule("D36")
def test_a_new_signal_knows_that_there_was_an_earlier_one() -> None:
    """The bare fact; nobody is told, and nothing matches."""
    world = with_archive(make_archived("lo-a1"))

    world.arrive(make_signal("lo-s1"))

    assert world.storage.state.histories == {"lo-s1": History(signal_id="lo-s1", earlier=True)}
    assert (world.storage.state.matches, world.told()) == ({}, [])


@pytest.mark.rule("D36")
def test_a_new_signal_knows_that_there_was_none() -> None:
    """Another youth's is no earlier signal, were it a twin's."""
    world = with_archive(make_archived("lo-a1", youth=TWIN))

    world.arrive(make_signal("lo-s1"))

    assert told(world) is False


@pytest.mark.rule("D7")
@pytest.mark.rule("D36")
def test_ones_own_earlier_signal_is_no_news() -> None:
    """A colleague's is."""
    own = make_archived("lo-a1", "school", professional_id="p1")

    alone = with_archive(own)
    alone.arrive(make_signal("lo-s1", "school", "p1"))
    beside = with_archive(own, make_archived("lo-a2", "school", professional_id="p2"))
    beside.arrive(make_signal("lo-s1", "school", "p1"))

    assert (told(alone), told(beside)) == (False, True)


def test_a_signal_that_was_given_later_is_not_an_earlier_one() -> None:
    """Though it ended sooner."""
    world = with_archive(make_archived("lo-a1", created_at=NOW + timedelta(hours=1)))

    world.arrive(make_signal("lo-s1"))

    assert told(world) is False


@pytest.mark.rule("D35")
def test_what_is_past_its_day_in_the_archive_is_not_told() -> None:
    """Run or no run; the last day itself still counts."""
    over = with_archive(make_archived("lo-a1", until=date(2026, 11, 21)))
    over.arrive(make_signal("lo-s1"))
    last = with_archive(make_archived("lo-a1", until=date(2026, 11, 22)))
    last.arrive(make_signal("lo-s1"))

    assert (told(over), told(last)) == (False, True)


def test_the_archive_is_asked_once() -> None:
    """On giving: what comes into it later tells the holder of a running signal nothing."""
    world = World()
    world.arrive(make_signal("lo-s1"), make_signal("lo-s2", "ggd"))
    world.end("lo-s2")
    world.change("lo-s1", lambda signal: replace(signal, planned_end_date=date(2027, 1, 1)))
    world.work()

    assert told(world) is False


@pytest.mark.rule("D36")
def test_others_evidence_about_the_same_youth_leads_into_the_archive() -> None:
    """The police know no number and another name; the school's signal about the same child does."""
    renamed = make_youth(
        surname="Bakker", surname_prefix=None, given_names="Bas", initials="B.", address=None, parents=()
    )
    world = with_archive(make_archived("lo-a1", youth=renamed))

    world.arrive(make_signal("lo-s1", "school"))
    world.arrive(make_signal("lo-s2", "police", youth=WITHOUT_BSN))

    assert world.active() == {("lo-s1", "lo-s2")}
    assert (told(world, "lo-s1"), told(world, "lo-s2")) == (True, True)


@pytest.mark.rule("D36")
def test_the_archive_joins_no_two_active_signals() -> None:
    """Two that nothing but an archived record would join stay two, and the doubt stays what it was."""
    one, other = WITHOUT_BSN, make_youth(given_names="Bas", surname="Bakker")
    bridge = make_youth()
    alone, beside = World(), with_archive(make_archived("lo-a1", youth=bridge))
    for world in (alone, beside):
        world.arrive(make_signal("lo-s1", youth=one), make_signal("lo-s2", "police", youth=other))

    assert (alone.active(), alone.doubtful()) == (beside.active(), beside.doubtful())
    joined = World()
    joined.arrive(
        make_signal("lo-s0", "ggd", youth=bridge),
        make_signal("lo-s1", youth=one),
        make_signal("lo-s2", "police", youth=other),
    )
    assert ("lo-s1", "lo-s2") in joined.active()
    assert beside.active() == set()
    assert beside.doubtful() == {("lo-s1", "lo-s2")}


def test_a_person_who_told_two_apart_is_heard_in_the_archive_too() -> None:
    """The word was given while both were active."""
    archived = make_archived("lo-a1", verdicts=frozenset({SignalVerdict("lo-s1", same=False)}))
    world = with_archive(archived)

    world.arrive(make_signal("lo-s1"))

    assert told(world) is False


def test_a_record_that_does_not_open_leaves_the_question_open() -> None:
    """To be asked again, by the work item that stays; unless another record answers it."""
    first, second = make_archived("lo-a1"), make_archived("lo-a2", "debt")

    def poisoned(world: World) -> World:
        object.__setattr__(world.storage, "signals", BreakableSignals(world.storage.state))
        return world

    unanswered, answered = poisoned(with_archive(first)), poisoned(with_archive(first, second))
    with pytest.raises(SealBroken):
        unanswered.arrive(make_signal("lo-s1"))
    answered.arrive(make_signal("lo-s1"))

    assert (told(unanswered), set(unanswered.storage.state.pending)) == (None, {"lo-s1"})
    assert (told(answered), answered.storage.state.pending) == (True, {})


def test_nothing_is_told_of_a_signal_that_changed_meanwhile() -> None:
    """Its own reconcile does."""
    world = with_archive(make_archived("lo-a1"))

    def meanwhile(operation: str) -> None:
        if operation == "archive.tell":
            world.storage.state.before = lambda _: None
            world.change("lo-s1", lambda signal: replace(signal, planned_end_date=date(2027, 1, 1)))

    world.storage.state.before = meanwhile
    world.arrive(make_signal("lo-s1"))

    assert told(world) is None
    world.work()
    assert told(world) is True


def test_a_busy_archive_is_asked_again() -> None:
    """The work item stays until it answered."""
    world = with_archive(make_archived("lo-a1"))
    world.give(make_signal("lo-s1"))
    refusals = iter([True])

    def refuse(operation: str) -> None:
        if operation == "archive.holders" and next(refusals, False):
            raise StorageBusy

    world.storage.state.before = refuse
    with pytest.raises(StorageBusy):
        world.reconcile("lo-s1")
    assert set(world.storage.state.pending) == {"lo-s1"}

    world.reconcile("lo-s1")

    assert told(world) is True
    assert world.storage.state.pending == {}


_NAMES = st.sampled_from(["Sebastiaan", "Bas", "Sanne", "Thomas", None])
_YOUTHS = st.builds(
    Youth,
    bsn=st.sampled_from(["999990342", "999990019", None, None]),
    given_names=_NAMES,
    surname=st.sampled_from(["Meer", "Bakker", "Meer-Bakker", None]),
    birth_date=st.sampled_from([PartialDate(2014, 3, 9), PartialDate(2014), PartialDate(2013, 9, 3), None]),
    sex=st.sampled_from([Sex.MALE, Sex.FEMALE, None]),
    address=st.sampled_from([make_youth().address, None]),
)


@pytest.mark.rule("D36")
@given(
    active=st.lists(_YOUTHS, min_size=1, max_size=4),
    archived=st.lists(_YOUTHS, min_size=1, max_size=4),
)
def test_matches_and_doubts_are_the_same_with_and_without_an_archive(
    active: list[Youth], archived: list[Youth]
) -> None:
    """Whatever is in it: no archive key makes a match, ends one, or raises a doubt."""
    kept = [make_archived(f"lo-a{place}", youth=youth) for place, youth in enumerate(archived)]
    signals = [make_signal(f"lo-s{place}", f"o{place}", youth=youth) for place, youth in enumerate(active)]
    without, beside = World(), with_archive(*kept)
    for world in (without, beside):
        world.arrive(*signals)

    assert beside.storage.state.matches == without.storage.state.matches
    assert beside.storage.state.reviews == without.storage.state.reviews
    assert set(beside.storage.state.histories) == {signal.id for signal in signals}
