"""Handing over all running signals of who leaves (D28)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import (
    CursorRefused,
    OrganisationSuspended,
    ProfessionalNotFound,
    SignalRefused,
)
from chalicelib.domain.organisation import OrganisationState, Professional
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.signals import transfer
from chalicelib.signals.request import ProfessionalCard, as_asked
from tests.builders import NOW, make_organisation, make_professional, make_signal
from tests.signal_requests import Region, make_caller, make_card, make_request

LEAVER, TAKER = "p1", "p2"


def with_signals(*signals: Signal) -> Region:
    """A school of two, with these signals."""
    region = Region()
    region.storage.state.organisations["school"] = make_organisation()
    for who in (LEAVER, TAKER):
        card = make_professional("school", who)
        region.storage.state.professionals[card.receiver] = card
    region.storage.state.signals.update({signal.id: signal for signal in signals})
    return region


def holders(region: Region) -> dict[str, str]:
    """Who holds each signal."""
    return {one.id: one.professional_id for one in region.storage.state.signals.values()}


def codes(refused: pytest.ExceptionInfo[SignalRefused]) -> list[tuple[str, str]]:
    """Where, and which rule."""
    return [(problem.pointer, problem.code) for problem in refused.value.problems]


@pytest.mark.rule("D28")
def test_all_running_signals_of_who_leaves_go_to_another() -> None:
    """Also one about which a right is being decided; what has ended stays whose it was."""
    region = with_signals(
        make_signal("lo-1"),
        make_signal("lo-2", state=SignalState.RESTRICTED),
        make_signal("lo-3", state=SignalState.CLOSED),
        make_signal("lo-4", "school", "p3"),
        make_signal("lo-5", "ggd"),
    )

    done = region.transferring(make_caller(), LEAVER, TAKER, None)

    assert (done.handed_over, done.cursor) == (2, None)
    assert holders(region) == {"lo-1": "p2", "lo-2": "p2", "lo-3": "p1", "lo-4": "p3", "lo-5": "p1"}


@pytest.mark.rule("D28")
def test_the_card_of_who_left_names_who_took_over() -> None:
    """So that what was told of the one goes for the other."""
    region = with_signals(make_signal("lo-1"))

    region.transferring(make_caller(), LEAVER, TAKER, None)

    assert region.storage.state.professionals["school#p1"].left_to == TAKER


def test_each_handover_is_a_revision_that_is_reconciled_and_written_down() -> None:
    """Nothing of the signal changes but who holds it."""
    before = make_signal("lo-1")
    region = with_signals(before)

    region.transferring(make_caller(professional_id="admin"), LEAVER, TAKER, None)

    state = region.storage.state
    assert state.signals["lo-1"] == replace(before, professional_id="p2", revision=2)
    assert set(state.pending) == {"lo-1"}
    assert [(one.act, one.resource, one.professional_id) for one in state.audit.values()] == [
        (Act.PROFESSIONAL_LEFT, "p1", "admin"),
        (Act.SIGNAL_TRANSFERRED, "lo-1", "admin"),
    ]


@pytest.mark.rule("D28")
def test_nobody_gives_a_signal_in_the_name_of_who_left() -> None:
    """Nor changes one to them; until the card is stored anew."""
    region = with_signals(make_signal("lo-1"))
    card = as_asked(region.storage.state.professionals["school#p1"])
    region.transferring(make_caller(), LEAVER, TAKER, None)

    with pytest.raises(SignalRefused) as refused:
        region.give(make_request(professional=card))

    assert codes(refused) == [("/professional/id", "professional-left")]
    region.cards.create(make_caller(), card)
    assert region.give(make_request(professional=card)).signal.professional_id == LEAVER


def test_who_takes_over_can_be_somebody_new() -> None:
    """The card is stored with the first signal."""
    region = with_signals(make_signal("lo-1"), make_signal("lo-2"))
    new = make_card(id="staff-new")

    region.transferring(make_caller(), LEAVER, new, None)

    assert holders(region) == {"lo-1": "staff-new", "lo-2": "staff-new"}
    assert region.storage.state.professionals["school#staff-new"].name == new.name


def test_repeating_it_is_harmless_and_finds_what_is_left() -> None:
    """A signal that was being given while the card was closed."""
    region = with_signals(make_signal("lo-1"))
    region.transferring(make_caller(), LEAVER, TAKER, None)
    late = make_signal("lo-late")
    region.storage.state.signals[late.id] = late

    again = region.transferring(make_caller(), LEAVER, TAKER, None)
    third = region.transferring(make_caller(), LEAVER, TAKER, None)

    assert (again.handed_over, third.handed_over) == (1, 0)
    acts = [one.act for one in region.storage.state.audit.values()]
    assert acts.count(Act.PROFESSIONAL_LEFT) == 1


def test_what_time_does_not_allow_for_is_handed_over_by_the_next_request(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the page where it stopped, until there is no cursor."""
    monkeypatch.setattr(transfer, "PAGE", 2)
    region = with_signals(*(make_signal(f"lo-{number}") for number in range(7)))

    def take_six_seconds(operation: str) -> None:
        if operation == "signals.hand_over":
            region.clock.advance(timedelta(seconds=6))

    region.storage.state.before = take_six_seconds
    cursor: str | None = None
    handed_over: list[int] = []
    while not handed_over or cursor is not None:
        done = region.transferring(make_caller(), LEAVER, TAKER, cursor)
        cursor = done.cursor
        handed_over.append(done.handed_over)

    assert handed_over == [3, 3, 1]
    assert set(holders(region).values()) == {TAKER}


@pytest.mark.rule("D28", "D33")
def test_a_signal_that_matches_again_meanwhile_is_not_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was hidden when the walk began, and is not when the walk comes to it."""
    monkeypatch.setattr(transfer, "PAGE", 1)
    hidden = make_signal("lo-1", state=SignalState.RESTRICTED)
    region = with_signals(hidden, make_signal("lo-2"))
    pages = iter(range(9))

    def bring_back(operation: str) -> None:
        if operation == "signals.page" and next(pages) == 1:
            region.storage.state.signals["lo-1"] = replace(hidden, state=SignalState.ACTIVE, revision=2)

    region.storage.state.before = bring_back

    region.transferring(make_caller(), LEAVER, TAKER, None)

    assert holders(region) == {"lo-1": TAKER, "lo-2": TAKER}


def test_a_cursor_of_another_list_is_refused() -> None:
    """Each belongs to one leaver of one organisation."""
    region = with_signals(make_signal("lo-1"))

    with pytest.raises(CursorRefused):
        region.transferring(make_caller(), LEAVER, TAKER, "forged")


def test_a_signal_that_changed_meanwhile_is_read_again() -> None:
    """What was changed stays changed; what ended needs no handing over."""
    region = with_signals(make_signal("lo-1"), make_signal("lo-2"))
    state = region.storage.state
    once = iter(["lo-1", "lo-2"])

    def somebody_else_writes(operation: str) -> None:
        if operation == "signals.hand_over" and (one := next(once, None)) is not None:
            held = state.signals[one]
            changed = replace(held, revision=held.revision + 1, reference="NEW")
            state.signals[one] = changed if one == "lo-2" else replace(changed, state=SignalState.CLOSED)

    state.before = somebody_else_writes

    done = region.transferring(make_caller(), LEAVER, TAKER, None)

    assert done.handed_over == 1
    assert (state.signals["lo-2"].professional_id, state.signals["lo-2"].reference) == ("p2", "NEW")


def test_a_signal_that_keeps_changing_stops_it_and_it_can_be_repeated() -> None:
    """What was handed over stays so."""
    region = with_signals(make_signal("lo-1"))

    def always_stale(operation: str) -> None:
        if operation == "signals.hand_over":
            raise Stale("somebody else")

    region.storage.state.before = always_stale

    with pytest.raises(StorageBusy):
        region.transferring(make_caller(), LEAVER, TAKER, None)


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (LEAVER, ("/to", "same-professional")),
        ("nobody", ("/to", "unknown-professional")),
        (
            make_card(id="staff-new", email="x@elsewhere.example"),
            ("/to/email", "email-domain-not-registered"),
        ),
        (make_card(id="999990342"), ("/to/id", "holds-bsn")),
    ],
    ids=["themselves", "nobody", "a private address", "a number"],
)
def test_who_cannot_take_over_is_refused_and_nothing_is_written(
    to: str | ProfessionalCard, code: tuple[str, str]
) -> None:
    """The leaver's card stays open too."""
    region = with_signals(make_signal("lo-1"))

    with pytest.raises(SignalRefused) as refused:
        region.transferring(make_caller(), LEAVER, to, None)

    assert codes(refused) == [code]
    assert region.storage.state.professionals["school#p1"].left_at is None


def test_who_left_too_cannot_take_over() -> None:
    """Somebody who is there has to."""
    region = with_signals()
    region.transferring(make_caller(), TAKER, LEAVER, None)

    with pytest.raises(SignalRefused) as refused:
        region.transferring(make_caller(), LEAVER, TAKER, None)

    assert codes(refused) == [("/to", "professional-left")]


def test_another_organisations_professional_is_not_there() -> None:
    """Nor is one who never was."""
    region = with_signals()

    with pytest.raises(ProfessionalNotFound):
        region.transferring(make_caller(), "somebody", TAKER, None)


@pytest.mark.rule("D28")
@pytest.mark.parametrize("known", [True, False])
def test_who_leaves_meanwhile_takes_nothing_over(*, known: bool) -> None:
    """What was handed over before stays so; the rest stays with who left first, and can be handed on."""
    region = with_signals(make_signal("lo-1"), make_signal("lo-2"))
    card = region.storage.state.professionals["school#p2"]
    taker = TAKER if known else replace(as_asked(card), name="P. Jansen")

    def leave_after_the_first(operation: str) -> None:
        if operation == "signals.hand_over" and TAKER in holders(region).values():
            held = region.storage.state.professionals["school#p2"]
            region.storage.state.professionals["school#p2"] = replace(held, left_at=NOW, left_to="p3")

    region.storage.state.before = leave_after_the_first

    with pytest.raises(SignalRefused) as refused:
        region.transferring(make_caller(), LEAVER, taker, None)

    assert codes(refused) == [("/to", "professional-left")]
    assert sorted(holders(region).values()) == [LEAVER, TAKER]


def test_an_organisation_that_is_suspended_meanwhile_hands_nothing_over() -> None:
    """A suspension holds at once, also for a request that was let in before."""
    region = with_signals(make_signal("lo-1"))

    def suspend(operation: str) -> None:
        if operation == "signals.hand_over":
            suspended = make_organisation(state=OrganisationState.SUSPENDED)
            region.storage.state.organisations["school"] = suspended

    region.storage.state.before = suspend

    with pytest.raises(OrganisationSuspended):
        region.transferring(make_caller(), LEAVER, TAKER, None)

    assert holders(region) == {"lo-1": LEAVER}


def test_a_card_that_gets_lost_meanwhile_is_written_again() -> None:
    """Nobody holds a signal without one."""
    region = with_signals(make_signal("lo-1"))
    lost: list[Professional] = []

    def lose(operation: str) -> None:
        if operation == "signals.hand_over" and not lost:
            lost.append(region.storage.state.professionals.pop("school#p2"))

    region.storage.state.before = lose

    region.transferring(make_caller(), LEAVER, TAKER, None)

    assert holders(region) == {"lo-1": TAKER}
    assert region.storage.state.professionals["school#p2"] == lost[0]
