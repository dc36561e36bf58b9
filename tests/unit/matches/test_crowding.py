"""Who comes to live at an address, or leaves it, bears on the households of those who stay (D13)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.reconcile import Reconcile
from chalicelib.matching import Address, Basis, MatchKind, Parent
from tests.builders import make_signal, make_youth
from tests.unit.matches.world import World

pytestmark = pytest.mark.rule("D13")

HERE = Address(postal_code="3511AB", house_number=12)
ELSEWHERE = Address(postal_code="9712AB", house_number=1)
HOUSEHOLD = MatchKind.HOUSEHOLD


def of(number: int, surname: str, **changes: Any) -> Signal:
    """A signal about somebody of whom only a given name, a surname and an address are known."""
    unknown = dict.fromkeys(("bsn", "initials", "surname_prefix", "birth_date", "sex"))
    name = ("Noor", "Bram", "Eva", "Hugo", "Fleur", "Jan")[number - 1]
    known: dict[str, Any] = {"given_names": name, "surname": surname, "address": HERE, "parents": ()}
    youth = make_youth(**{**unknown, **known, **changes})
    return make_signal(f"lo-{number}", f"org-{number}", youth=youth)


@pytest.fixture
def world() -> World:
    """Two who share nothing but an address: a household match (D12)."""
    world = World()
    world.arrive(of(1, "Bakker"), of(2, "Öztürk"))
    assert world.active(HOUSEHOLD) == {("lo-1", "lo-2")}
    return world


def test_a_third_family_ends_what_only_the_address_said(world: World) -> None:
    """None of its own matches leads to theirs."""
    world.arrive(of(3, "Smit"))

    assert world.active(HOUSEHOLD) == set()
    assert world.storage.state.pending == {}


@pytest.mark.parametrize(
    "leaving",
    [
        {"state": SignalState.CLOSED},
        {"state": SignalState.RETRACTED, "youth": None},
        {"youth": of(3, "Smit", address=ELSEWHERE).youth},
        {"youth": of(3, "Bakker").youth},
    ],
    ids=["closed", "retracted", "moved", "renamed"],
)
def test_a_third_family_that_leaves_leaves_a_home(world: World, leaving: dict[str, Any]) -> None:
    """However it leaves; the match returns."""
    world.arrive(of(3, "Smit"))

    world.change("lo-3", lambda signal: replace(signal, **leaving))
    world.reconcile("lo-3")

    assert ("lo-1", "lo-2") in world.active(HOUSEHOLD)
    assert world.storage.state.pending == {}


def test_families_that_leave_at_once_are_missed_as_one_is(world: World) -> None:
    """The first to be reconciled finds few left, and does not know how many there were."""
    others = [of(3, "Smit"), of(4, "Prins"), of(5, "Groen"), of(6, "Vos")]
    world.arrive(*others)
    for one in others:
        world.change(one.id, lambda signal: replace(signal, state=SignalState.CLOSED))

    world.reconcile("lo-3")

    assert world.active(HOUSEHOLD) == {("lo-1", "lo-2")}


def test_brothers_are_a_household_again_when_the_fifth_family_leaves() -> None:
    """Among five an address says nothing, not even beside a surname; among four it does."""
    world = World()
    people = [of(1, "Bakker"), of(2, "Bakker"), of(3, "Smit"), of(4, "Prins"), of(5, "Groen")]
    world.arrive(*people)
    before = world.active(HOUSEHOLD)

    world.arrive(of(6, "Vos"))
    among_five = world.active(HOUSEHOLD)
    world.end("lo-6")

    assert (before, among_five) == ({("lo-1", "lo-2")}, set())
    assert world.active(HOUSEHOLD) == {("lo-1", "lo-2")}


def test_nobody_is_asked_again_for_one_more_of_a_family_that_is_known_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither when the brother comes nor when he goes: his family stays."""
    asked: list[str] = []
    settle = Reconcile._settle

    def counted(self: Reconcile, signal_id: str, *rest: Any) -> Any:
        asked.append(signal_id)
        return settle(self, signal_id, *rest)

    monkeypatch.setattr(Reconcile, "_settle", counted)

    world.arrive(of(3, "Bakker"))
    world.end("lo-3")

    assert asked == ["lo-3", "lo-3"]


def test_a_match_that_rests_on_more_than_the_address_says_so_when_the_fifth_family_comes() -> None:
    """It stays, on what is left, as if they had never shared an uncrowded address."""
    mother = (Parent(bsn="999994724"),)
    one, other = of(1, "Bakker", parents=mother), of(2, "Öztürk", parents=mother)
    others = [of(3, "Smit"), of(4, "Prins"), of(5, "Groen")]
    before, after = World(), World()
    before.arrive(one, other, *others)
    after.give(*others)
    after.arrive(one, other)

    match = before.match("lo-1", "lo-2")

    assert match.basis == {Basis.SHARED_PARENT}
    assert match.digest == after.match("lo-1", "lo-2").digest
    assert before.active(HOUSEHOLD) == {("lo-1", "lo-2")}
