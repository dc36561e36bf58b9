"""What every signal store answers when it lists signals: per organisation, and by last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.signal import SignalState
from chalicelib.ports.storage import Storage
from tests.builders import NOW
from tests.integration.storage.given import close, give

TODAY = date(2026, 11, 22)


def listed(
    storage: Storage,
    organisation: str = "school",
    *,
    limit: int = 10,
    state: SignalState | None = None,
    reference: str | None = None,
) -> list[tuple[str, ...]]:
    """The ids on every page."""
    pages, after = [], None
    while True:
        page = storage.signals.page(
            organisation,
            states=() if state is None else (state,),
            reference=reference,
            limit=limit,
            after=after,
        )
        pages.append(tuple(signal.id for signal in page.items))
        after = page.next
        if after is None:
            return pages


def overdue(storage: Storage, *, limit: int = 10) -> list[str]:
    """The ids on every page, sorted."""
    found: list[str] = []
    after = None
    while True:
        page = storage.signals.overdue(TODAY, limit=limit, after=after)
        found.extend(page.items)
        after = page.next
        if after is None:
            return sorted(found)


def test_organisation_lists_its_own_newest_first(storage: Storage) -> None:
    """Others' signals are not among them."""
    give(storage, "lo-s1", created_at=NOW)
    give(storage, "lo-s2", created_at=NOW + timedelta(seconds=2))
    give(storage, "lo-s3", created_at=NOW + timedelta(seconds=1))
    give(storage, "lo-s4", organisation="ggd")

    assert listed(storage) == [("lo-s2", "lo-s3", "lo-s1")]


@pytest.mark.rule("D20")
def test_listed_signals_stay_sealed(storage: Storage) -> None:
    """A list shows nobody; so no record is opened for it, and one that does not open hides no other."""
    given = give(storage)

    page = storage.signals.page("school", states=(), reference=None, limit=10, after=None)

    assert page.items == (replace(given, youth=None, informed=None),)


def test_pages_hold_every_signal_once(storage: Storage) -> None:
    """Signals of one moment are told apart by id."""
    for number in range(5):
        give(storage, f"lo-s{number}")

    assert listed(storage, limit=2) == [("lo-s4", "lo-s3"), ("lo-s2", "lo-s1"), ("lo-s0",)]


def test_full_last_page_has_no_next(storage: Storage) -> None:
    """There is no empty page at the end."""
    for number in range(4):
        give(storage, f"lo-s{number}")

    assert listed(storage, limit=2) == [("lo-s3", "lo-s2"), ("lo-s1", "lo-s0")]


def test_list_by_state(storage: Storage) -> None:
    """Only signals that are in the state now."""
    close(storage, give(storage, "lo-s1"))
    give(storage, "lo-s2")
    close(storage, give(storage, "lo-s3"))

    assert listed(storage, state=SignalState.CLOSED, limit=1) == [("lo-s3",), ("lo-s1",)]
    assert listed(storage, state=SignalState.ACTIVE, limit=1) == [("lo-s2",)]


def test_list_by_reference(storage: Storage) -> None:
    """An organisation finds its own signals by its own reference."""
    give(storage, "lo-s1", reference="A-1")
    give(storage, "lo-s2", reference="A-2")
    give(storage, "lo-s3", reference="A-1")

    assert listed(storage, reference="A-1") == [("lo-s3", "lo-s1")]


def test_nothing_to_list(storage: Storage) -> None:
    """One empty page."""
    assert listed(storage) == [()]


def test_overdue_are_those_past_their_last_day(storage: Storage) -> None:
    """The last day itself still counts as active."""
    give(storage, "lo-s1", ends_on=TODAY - timedelta(days=1))
    give(storage, "lo-s2", ends_on=TODAY)
    give(storage, "lo-s3", ends_on=TODAY + timedelta(days=1))
    give(storage, "lo-s4", ends_on=date(2025, 12, 31))

    assert overdue(storage) == ["lo-s1", "lo-s4"]


def test_ended_signals_are_not_overdue(storage: Storage) -> None:
    """A signal leaves the list with its end; a restricted one stays on it."""
    late = TODAY - timedelta(days=1)
    close(storage, give(storage, "lo-s1", ends_on=late))
    give(storage, "lo-s2", ends_on=late, state=SignalState.RESTRICTED)

    assert overdue(storage) == ["lo-s2"]


def test_overdue_pages_hold_every_signal_once(storage: Storage) -> None:
    """Over months and buckets, in pages of two."""
    for number in range(7):
        give(storage, f"lo-s{number}", ends_on=TODAY - timedelta(days=1 + 20 * number))

    assert overdue(storage, limit=2) == [f"lo-s{number}" for number in range(7)]


def ending(storage: Storage, first: date, last: date, *, limit: int = 10) -> list[str]:
    """The ids of signals that end in between, over all pages."""
    found: list[str] = []
    after = None
    while True:
        page = storage.signals.ending(first, last, limit=limit, after=after)
        found += page.items
        if page.next is None:
            return sorted(found)
        after = page.next


def test_what_ends_between_two_days_is_found_with_both(storage: Storage) -> None:
    """Over the turn of a year, in pages of two; what has ended is not there."""
    for number, day in enumerate((30, 31)):
        give(storage, f"lo-s{number}", ends_on=date(2026, 12, day))
    for number, day in enumerate((1, 13, 14), start=2):
        give(storage, f"lo-s{number}", ends_on=date(2027, 1, day))
    close(storage, give(storage, "lo-s9", ends_on=date(2027, 1, 2)))

    assert ending(storage, date(2026, 12, 31), date(2027, 1, 13), limit=2) == ["lo-s1", "lo-s2", "lo-s3"]
