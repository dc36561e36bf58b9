"""Reading one's own signals."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import CardMissing, CursorRefused, SignalNotFound
from chalicelib.domain.signal import SignalState
from chalicelib.matching import PartialDate
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals.request import OwnSignal, OwnSignals, SignalWithoutCard
from tests.builders import TODAY, make_organisation, make_youth
from tests.signal_requests import Region, make_caller, make_request


def page(
    region: Region,
    *,
    state: SignalState | None = None,
    reference: str | None = None,
    limit: int = 2,
    cursor: str | None = None,
    organisation: str = "school",
) -> OwnSignals:
    """A page as an organisation's system asks it."""
    caller = make_caller(make_organisation(organisation))
    return region.reading.page(caller, state=state, reference=reference, limit=limit, cursor=cursor)


def with_signals(*references: str) -> Region:
    """A region with signals of the school, one a minute."""
    region = Region()
    for reference in references:
        region.give(make_request(reference=reference))
        region.clock.advance(timedelta(minutes=1))
    return region


def references(answer: OwnSignals) -> list[str]:
    """What is on a page."""
    return [item.signal.reference for item in answer.items]


def test_one_shows_the_signal_with_its_professional() -> None:
    """As it is stored."""
    region = Region()
    given = region.give()

    assert region.reading.one(make_caller(), given.signal.id) == OwnSignal(
        signal=given.signal, professional=given.professional
    )


@pytest.mark.rule("D39")
def test_every_read_is_logged() -> None:
    """Who looked, at what."""
    region = Region()
    given = region.give()
    caller = make_caller(professional_id="staff-9")

    region.reading.one(caller, given.signal.id)
    region.reading.page(caller, state=None, reference=None, limit=10, cursor=None)

    entries = list(region.storage.state.audit.values())[1:]
    assert [(entry.act, entry.professional_id, entry.resource) for entry in entries] == [
        (Act.SIGNAL_READ, "staff-9", given.signal.id),
        (Act.SIGNALS_LISTED, "staff-9", "signals"),
    ]


@pytest.mark.rule("D39")
@pytest.mark.parametrize("what", ["one", "page"])
def test_what_cannot_be_logged_is_not_shown(what: str) -> None:
    """The entry is written before the answer."""
    region = Region()
    given = region.give()

    def audit_is_busy(operation: str) -> None:
        if operation == "audit.append":
            raise StorageBusy

    region.storage.state.before = audit_is_busy

    with pytest.raises(StorageBusy):
        _ = region.reading.one(make_caller(), given.signal.id) if what == "one" else page(region)


@pytest.mark.rule("D16")
def test_another_organisations_signal_is_not_there() -> None:
    """And the attempt is no read."""
    region = Region()
    given = region.give()

    with pytest.raises(SignalNotFound):
        region.reading.one(make_caller(make_organisation("care")), given.signal.id)

    assert [entry.act for entry in region.storage.state.audit.values()] == [Act.SIGNAL_GIVEN]


@pytest.mark.rule("D8")
def test_past_its_last_day_a_signal_shows_as_expired() -> None:
    """Before the expiry run just as after it."""
    region = Region()
    given = region.give(make_request(planned_end_date=TODAY))
    region.clock.advance(timedelta(days=1))

    before = region.reading.one(make_caller(), given.signal.id).signal
    region.expiry(budget=lambda: True)
    after = region.reading.one(make_caller(), given.signal.id).signal

    assert before == after
    assert before == replace(
        given.signal,
        state=SignalState.EXPIRED,
        revision=2,
        ended_at=datetime(2026, 11, 22, 23, 0, tzinfo=UTC),
        keys=frozenset(),
        inform_by=None,
        informed=None,
        youth=None,
    )


@pytest.mark.rule("D1")
def test_on_the_23rd_birthday_the_person_shows_no_more() -> None:
    """Run or no run."""
    region = Region()
    youth = make_youth(birth_date=PartialDate(2003, 11, 23))
    given = region.give(make_request(youth=youth))
    region.clock.advance(timedelta(days=1))

    assert region.reading.one(make_caller(), given.signal.id).signal.youth is None


def test_pages_go_from_new_to_old_until_there_is_no_next() -> None:
    """Each signal once."""
    region = with_signals("a", "b", "c")

    first = page(region)
    second = page(region, cursor=first.cursor)

    assert (references(first), references(second), second.cursor) == (["c", "b"], ["a"], None)
    assert second.items[0].professional.id == "staff-17"


def test_an_organisation_without_signals_sees_none() -> None:
    """Whatever others gave."""
    region = with_signals("a", "b", "c")

    assert page(region, organisation="care") == OwnSignals(items=(), without_card=(), cursor=None)


def test_a_card_that_got_lost_hides_no_signal() -> None:
    """The signal of who lacks one stands apart, with all that is known of it; the others are as they were."""
    region = with_signals("a", "b")
    card = replace(make_request().professional, id="staff-9", name="K. de Boer")
    lost = region.give(make_request(reference="c", professional=card))
    del region.storage.state.professionals["school#staff-9"]

    answer = page(region, limit=10)

    assert references(answer) == ["b", "a"]
    assert answer.without_card == (SignalWithoutCard(signal=replace(lost.signal, youth=None, informed=None)),)


def test_one_without_a_card_is_refused_plainly() -> None:
    """Its own organisation can store the card again."""
    region = Region()
    given = region.give()
    region.storage.state.professionals.clear()

    with pytest.raises(CardMissing):
        region.reading.one(make_caller(), given.signal.id)


def test_filters_hold() -> None:
    """By state and by reference."""
    region = with_signals("a", "b")
    region.ending.close(make_caller(), page(region, reference="a").items[0].signal.id)

    assert references(page(region, state=SignalState.ACTIVE)) == ["b"]
    assert references(page(region, state=SignalState.CLOSED)) == ["a"]
    assert references(page(region, reference="b")) == ["b"]


@pytest.mark.rule("D8")
def test_the_list_of_the_active_leaves_out_what_is_past_its_last_day() -> None:
    """Though the expiry run has yet to come."""
    region = Region()
    region.give(make_request(planned_end_date=TODAY))
    region.clock.advance(timedelta(days=1))

    assert references(page(region, state=SignalState.ACTIVE)) == []


def test_a_cursor_is_good_for_one_organisation_and_its_filters() -> None:
    """It is bound to both."""
    region = with_signals("a", "b", "c")
    cursor = page(region).cursor

    with pytest.raises(CursorRefused):
        page(region, cursor=cursor, organisation="care")
    with pytest.raises(CursorRefused):
        page(region, cursor=cursor, state=SignalState.ACTIVE)
    with pytest.raises(CursorRefused):
        page(region, cursor=cursor, reference="a")
    assert references(page(region, cursor=cursor, limit=10)) == ["a"]
