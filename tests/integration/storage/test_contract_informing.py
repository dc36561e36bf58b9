"""What every store answers about signals whose family has not been told yet (D30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.signal import Informed, NotYetGround
from chalicelib.ports.storage import InformingCounts, Storage
from tests.builders import NOW
from tests.integration.storage.given import change, close, give

TODAY = date(2026, 11, 22)
POSTPONED = Informed(whom=frozenset(), on=None, how=None, not_yet=NotYetGround.SAFETY_OF_YOUTH)


def by(days: int) -> date:
    """A term that ends so many days from today."""
    return TODAY + timedelta(days=days)


def listed(storage: Storage, organisation: str = "school", *, limit: int = 10) -> list[list[str]]:
    """The ids on every page."""
    pages, after = [], None
    while True:
        page = storage.informing.page(organisation, limit=limit, after=after)
        pages.append(list(page.items))
        after = page.next
        if after is None:
            return pages


def due(storage: Storage, first: date, last: date, *, limit: int = 10) -> list[tuple[str, ...]]:
    """The ids on every page of those whose term ends between two days."""
    pages, after = [], None
    while True:
        page = storage.informing.due("school", first, last, limit=limit, after=after)
        pages.append(page.items)
        after = page.next
        if after is None:
            return pages


@pytest.mark.rule("D30")
def test_the_oldest_term_is_first_and_postponed_ones_are_last(storage: Storage) -> None:
    """Others' signals, and those of whose families all were told, are not among them."""
    give(storage, "lo-s1", inform_by=by(3))
    give(storage, "lo-s2", inform_by=by(-40), informed=POSTPONED)
    give(storage, "lo-s3", inform_by=by(-3))
    give(storage, "lo-s4", inform_by=None)
    give(storage, "lo-s5", organisation="ggd", inform_by=by(0))

    assert listed(storage) == [["lo-s3", "lo-s1", "lo-s2"]]


def test_pages_hold_every_signal_once(storage: Storage) -> None:
    """Signals of one day are told apart by id."""
    for number in range(5):
        give(storage, f"lo-s{number}", inform_by=by(1))

    assert listed(storage, limit=2) == [["lo-s0", "lo-s1"], ["lo-s2", "lo-s3"], ["lo-s4"]]


def test_a_signal_is_listed_as_it_is_stored(storage: Storage) -> None:
    """With its term, which is read without opening it, and the ground, which is sealed."""
    signal = give(storage, inform_by=by(3), informed=POSTPONED)

    assert storage.informing.page("school", limit=1, after=None).items == (signal.id,)
    assert storage.signals.get(signal.id) == signal
    assert storage.signals.sealed(["lo-s1"])["lo-s1"] == replace(signal, youth=None, informed=None)


def test_who_was_told_and_what_ended_leave_the_list(storage: Storage) -> None:
    """Whichever comes first."""
    told = give(storage, "lo-s1", inform_by=by(3))
    over = give(storage, "lo-s2", inform_by=by(3))

    change(storage, told, inform_by=None)
    close(storage, over)

    assert listed(storage) == [[]]


@pytest.mark.rule("D30")
def test_an_organisations_signals_are_counted_by_where_they_stand(storage: Storage) -> None:
    """The last day of the term still counts as in time."""
    for signal_id, days in {"lo-s1": -1, "lo-s2": -400, "lo-s3": 0, "lo-s4": 28}.items():
        give(storage, signal_id, inform_by=by(days))
    give(storage, "lo-s5", inform_by=by(-1), informed=POSTPONED)
    give(storage, "lo-s6", organisation="ggd", inform_by=by(-1))

    assert storage.informing.counts("school", TODAY) == InformingCounts(overdue=2, open=2, postponed=1)


def test_terms_between_two_days_are_found_page_by_page(storage: Storage) -> None:
    """Both days included; postponed ones are left in peace."""
    for number, days in enumerate((-1, 0, 3, 7, 8)):
        give(storage, f"lo-s{number}", inform_by=by(days))
    give(storage, "lo-s9", inform_by=by(3), informed=POSTPONED)

    assert due(storage, by(0), by(7), limit=2) == [("lo-s1", "lo-s2"), ("lo-s3",)]
    assert due(storage, by(9), by(10)) == [()]


def test_a_later_ground_moves_a_signal_to_the_postponed(storage: Storage) -> None:
    """Within one change."""
    signal = give(storage, inform_by=by(3))

    change(storage, signal, at=NOW, informed=POSTPONED)

    assert storage.informing.counts("school", TODAY) == InformingCounts(overdue=0, open=0, postponed=1)
