"""Changing a signal: what is written, and what a race makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import SignalAlreadyEnded, SignalNotFound, SignalRefused, SignalRevised
from chalicelib.domain.signal import SignalState
from chalicelib.matching import Address, AddressKind, PartialDate, fold, match_keys
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import PendingWork
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.moving import with_move
from chalicelib.signals.request import KeptContent, SignalRequest
from tests.builders import make_organisation, make_youth
from tests.signal_requests import Region, make_caller, make_card, make_request

HOME = Address(postal_code="3511AB", house_number=12)
ELSEWHERE = Address(postal_code="3512JE", house_number=4)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that is a function."""

    wish: Callable[[SignalRequest], SignalRequest]
    professional_id: str | None = None
    gives_previous_address: bool = False

    def applied_to(self, kept: KeptContent) -> SignalRequest:
        """The content as it is to be."""
        card = kept.professional or make_card(id=self.professional_id)
        return self.wish(
            SignalRequest(
                reference=kept.reference,
                youth=kept.youth,
                professional=card,
                planned_end_date=kept.planned_end_date,
                informed=kept.informed,
            )
        )


def youth_with(**changes: Any) -> Edit:
    """A change of the youth."""
    return Edit(lambda request: replace(request, youth=replace(request.youth, **changes)))


NOTHING = Edit(lambda request: request)


@pytest.mark.rule("D23")
def test_a_change_is_the_next_revision_with_its_new_keys_and_work_to_do() -> None:
    """Old key items go, new ones come, and a reconcile is asked for; who did it is written down."""
    region = Region()
    given = region.give().signal
    region.clock.advance(timedelta(hours=1))

    changed = region.changing(
        make_caller(professional_id="staff-9"), given.id, youth_with(surname="Bakker"), {1}
    ).signal

    state = region.storage.state
    expected = region.hasher.hashed(match_keys(fold(make_youth(surname="Bakker"))), [FIRST_KEYSET])
    assert changed == replace(given, revision=2, keys=expected, youth=make_youth(surname="Bakker"))
    assert state.signals[given.id] == changed
    assert {key for key, holders in state.keys.items() if holders} == expected
    assert state.pending[given.id] == PendingWork(signal_id=given.id, revision=2, since=region.clock.now())
    assert [(entry.act, entry.professional_id) for entry in state.audit.values()][1:] == [
        (Act.SIGNAL_CHANGED, "staff-9")
    ]


def test_a_change_that_says_nothing_new_writes_nothing() -> None:
    """It is logged as the reading that it is."""
    region = Region()
    given = region.give()
    del region.storage.state.pending[given.signal.id]

    same = region.changing(make_caller(), given.signal.id, NOTHING, None)

    assert same.signal == given.signal
    assert not region.storage.state.pending
    assert [entry.act for entry in region.storage.state.audit.values()][1:] == [Act.SIGNAL_READ]


def test_a_card_that_changes_is_written_with_the_signal() -> None:
    """For it shows in the answer."""
    region = Region()
    given = region.give()
    edit = Edit(lambda request: replace(request, professional=replace(request.professional, site="Zuid")))

    changed = region.changing(make_caller(), given.signal.id, edit, None)

    assert changed.professional == replace(given.professional, site="Zuid")
    assert region.storage.state.professionals == {changed.professional.receiver: changed.professional}


def test_a_signal_goes_to_a_professional_whose_card_is_new() -> None:
    """The card comes with the change."""
    region = Region()
    given = region.give()

    changed = region.changing(
        make_caller(), given.signal.id, replace(NOTHING, professional_id="staff-9"), None
    )

    assert changed.signal.professional_id == changed.professional.id == "staff-9"
    assert set(region.storage.state.professionals) == {"school#staff-17", "school#staff-9"}


@pytest.mark.rule("D1")
def test_the_last_day_follows_a_birth_date_that_is_corrected() -> None:
    """The day before the 23rd birthday comes first."""
    region = Region()
    given = region.give().signal

    changed = region.changing(
        make_caller(), given.id, youth_with(birth_date=PartialDate(2004, 2, 1)), {1}
    ).signal

    assert (given.ends_on, changed.ends_on) == (date(2027, 7, 31), date(2027, 1, 31))


@pytest.mark.rule("D7")
def test_a_signal_is_not_extended() -> None:
    """Not by a day; an earlier end is taken."""
    region = Region()
    given = region.give().signal

    def until(day: date) -> Edit:
        return Edit(lambda request: replace(request, planned_end_date=day))

    with pytest.raises(SignalRefused) as refused:
        region.changing(make_caller(), given.id, until(date(2027, 8, 1)), None)
    shorter = region.changing(make_caller(), given.id, until(date(2027, 6, 30)), None).signal

    assert [problem.code for problem in refused.value.problems] == ["no-extension"]
    assert (shorter.planned_end_date, shorter.ends_on) == (date(2027, 6, 30), date(2027, 6, 30))


@pytest.mark.rule("D10")
def test_a_late_repeat_of_the_first_request_is_still_known_as_one() -> None:
    """It answers the signal that is there, as it is now."""
    region = Region()
    given = region.give().signal
    region.changing(make_caller(), given.id, youth_with(surname="Bakker"), None)

    again = region.give()

    assert (again.created, again.signal.revision) == (False, 2)


def test_a_change_made_on_an_older_revision_is_refused() -> None:
    """Nothing is written."""
    region = Region()
    given = region.give().signal

    with pytest.raises(SignalRevised):
        region.changing(make_caller(), given.id, youth_with(surname="Bakker"), {2, 3})

    assert region.storage.state.signals[given.id] == given


def test_of_two_changes_at_once_the_later_is_refused() -> None:
    """It rests on a revision that is no more."""
    region = Region()
    given = region.give().signal
    once = iter(["the other comes in between"])

    def changed_elsewhere(operation: str) -> None:
        if operation == "signals.change" and next(once, None):
            region.changing(make_caller(), given.id, youth_with(surname="Bakker"), {1})

    region.storage.state.before = changed_elsewhere

    with pytest.raises(SignalRevised):
        region.changing(make_caller(), given.id, youth_with(surname="Visser"), {1})


def test_a_signal_that_keeps_changing_makes_the_store_busy() -> None:
    """After some attempts the caller is asked to come back."""
    region = Region()
    given = region.give().signal

    def always_stale(operation: str) -> None:
        if operation == "signals.change":
            raise Stale

    region.storage.state.before = always_stale

    with pytest.raises(StorageBusy):
        region.changing(make_caller(), given.id, youth_with(surname="Bakker"), None)


@pytest.mark.rule("D8")
def test_what_has_ended_is_not_changed() -> None:
    """However it ended, run or no run."""
    region = Region()
    closed = region.give().signal
    over = region.give(make_request(reference="R-2", planned_end_date=date(2026, 11, 22))).signal
    region.ending.close(make_caller(), closed.id)
    region.clock.advance(timedelta(days=1))

    states = []
    for signal in (closed, over):
        with pytest.raises(SignalAlreadyEnded) as refused:
            region.changing(make_caller(), signal.id, NOTHING, None)
        states.append(refused.value.state)

    assert states == [SignalState.CLOSED, SignalState.EXPIRED]


@pytest.mark.rule("D16")
def test_another_organisations_signal_is_not_there() -> None:
    """Not even to be refused."""
    region = Region()
    given = region.give().signal

    with pytest.raises(SignalNotFound):
        region.changing(make_caller(make_organisation("care")), given.id, NOTHING, None)


@pytest.mark.rule("D23")
@pytest.mark.parametrize(
    ("before", "after", "previous"),
    [
        (HOME, ELSEWHERE, HOME),
        (HOME, None, HOME),
        (None, ELSEWHERE, None),
        (HOME, HOME, None),
        (HOME, replace(HOME, street="Lange Nieuwstraat", secret=True), None),
        (HOME, replace(HOME, kind=AddressKind.POSTAL), None),
        (HOME, replace(HOME, house_letter="A"), HOME),
        (Address(city="Utrecht"), Address(city="Utrecht"), None),
        (Address(city="Utrecht"), Address(city="Zeist"), Address(city="Utrecht")),
    ],
)
def test_what_is_left_behind_by_a_move_is_the_previous_address(
    before: Address | None, after: Address | None, previous: Address | None
) -> None:
    """Another spelling of the same place is no move."""
    moved = with_move(make_youth(address=before), make_youth(address=after))

    assert moved == make_youth(address=after, previous_address=previous)


@pytest.mark.rule("D23")
def test_a_previous_address_that_is_given_stands() -> None:
    """Whatever was left."""
    region = Region()
    given = region.give().signal
    edit = replace(youth_with(address=ELSEWHERE, previous_address=HOME), gives_previous_address=True)

    changed = region.changing(make_caller(), given.id, edit, None).signal

    assert changed.youth == make_youth(address=ELSEWHERE, previous_address=HOME)
