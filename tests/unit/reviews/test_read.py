"""What the region administrator sees: that two organisations' records are in doubt, and in which fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import CursorRefused, ReviewNotFound
from chalicelib.domain.review import ReviewState, ReviewVerdict
from chalicelib.reviews.seen import SeenSide
from tests.builders import make_organisation
from tests.unit.matches.world import ADMINISTRATOR
from tests.unit.reviews.desk import Desk


def test_a_review_shows_organisations_fields_and_levels() -> None:
    """No value, no weight, no reference, no professional."""
    desk = Desk()

    seen = desk.read.one(ADMINISTRATOR, desk.review.id)

    assert seen.sides == (
        SeenSide(signal_id="lo-1", organisation_id="school", organisation_name="Organisation school"),
        SeenSide(signal_id="lo-2", organisation_id="ggd", organisation_name="Organisation ggd"),
    )
    assert seen.rule == "SAME_NUMBER_OTHER_PERSON"
    assert {line.field: line.level for line in seen.evidence}["bsn"] == "EQUAL"
    told = repr(seen)
    assert not [value for value in ("Meer", "Roos", "999990342", "ref-lo", "p1", "weight") if value in told]


@pytest.mark.rule("D9")
def test_a_review_shows_the_name_an_organisation_has_now() -> None:
    """A rename follows everywhere."""
    desk = Desk()
    desk.state.organisations["ggd"] = make_organisation("ggd", name="GGD Midden")

    assert desk.read.one(ADMINISTRATOR, desk.review.id).sides[1].organisation_name == "GGD Midden"


def test_an_unknown_review_is_not_there() -> None:
    """Nor is the id of a match."""
    with pytest.raises(ReviewNotFound):
        Desk().read.one(ADMINISTRATOR, "lo-none")


def test_reviews_are_listed_oldest_first_page_by_page() -> None:
    """What waits longest comes first."""
    desk = Desk()
    for number in (1, 2):
        later = replace(desk.review, id=f"lo-r{number}", since=desk.review.since + timedelta(minutes=number))
        desk.state.reviews[later.id] = later

    first = desk.read.page(ADMINISTRATOR, state=ReviewState.OPEN, limit=2, cursor=None)
    second = desk.read.page(ADMINISTRATOR, state=ReviewState.OPEN, limit=2, cursor=first.cursor)

    assert [one.id for one in (*first.items, *second.items)] == [desk.review.id, "lo-r1", "lo-r2"]
    assert second.cursor is None


def test_a_decided_review_is_in_the_list_of_those_decided() -> None:
    """So that a verdict can be found and undone."""
    desk = Desk()
    desk.give(ReviewVerdict.SAME)

    pages = {
        state: desk.read.page(ADMINISTRATOR, state=state, limit=9, cursor=None).items
        for state in (ReviewState.OPEN, ReviewState.DECIDED)
    }

    assert [len(items) for items in pages.values()] == [0, 1]


def test_a_cursor_is_good_for_its_own_list_alone() -> None:
    """Another state is another list."""
    desk = Desk()
    desk.state.reviews["lo-r1"] = replace(desk.review, id="lo-r1")
    cursor = desk.read.page(ADMINISTRATOR, state=ReviewState.OPEN, limit=1, cursor=None).cursor

    with pytest.raises(CursorRefused):
        desk.read.page(ADMINISTRATOR, state=ReviewState.DECIDED, limit=1, cursor=cursor)


@pytest.mark.rule("D39")
def test_who_looked_is_recorded() -> None:
    """The list and each review."""
    desk = Desk()

    desk.read.page(ADMINISTRATOR, state=ReviewState.OPEN, limit=1, cursor=None)
    desk.read.one(ADMINISTRATOR, desk.review.id)

    assert desk.acts() == [Act.REVIEWS_LISTED, Act.REVIEW_READ]
