"""Who has to be told of a signal, and by when: by the age on the day of telling (D30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.dates import birthday
from chalicelib.domain.informing import inform_by, still_to_inform, who_is_informed
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.signal import Informed, InformedHow, InformedPerson, NotYetGround
from chalicelib.matching import PartialDate

PARENT = frozenset({InformedPerson.LEGAL_REPRESENTATIVE})
YOUTH = frozenset({InformedPerson.YOUTH})
BOTH = PARENT | YOUTH
TODAY = date(2026, 11, 22)
days = st.dates(min_value=date(2004, 1, 1), max_value=date(2026, 11, 22))

pytestmark = pytest.mark.rule("D30")


def told(*, whom: frozenset[InformedPerson], on: date = TODAY) -> Informed:
    """That somebody was told in a conversation."""
    return Informed(whom=whom, on=on, how=InformedHow.CONVERSATION)


def whole(born: date) -> PartialDate:
    """A birth date that is wholly known."""
    return PartialDate(born.year, born.month, born.day)


@pytest.mark.parametrize(
    ("born", "whom"),
    [
        (PartialDate(2014, 11, 23), PARENT),
        (PartialDate(2014, 11, 22), BOTH),
        (PartialDate(2010, 11, 23), BOTH),
        (PartialDate(2010, 11, 22), YOUTH),
        (PartialDate(2026, 11, 22), PARENT),
    ],
)
def test_the_ages_of_the_law_change_on_the_birthday(born: PartialDate, whom: frozenset[object]) -> None:
    """Under 12 the representative, at 12 to 15 both, from 16 the youth alone."""
    assert who_is_informed(born, TODAY, DUTCH_DEFAULT) == whom


@pytest.mark.parametrize(
    ("born", "on", "whom"),
    [
        (PartialDate(2008, 2, 29), date(2020, 2, 28), PARENT),
        (PartialDate(2008, 2, 29), date(2020, 2, 29), BOTH),
        (PartialDate(2008, 2, 29), date(2024, 2, 28), BOTH),
        (PartialDate(2008, 2, 29), date(2024, 2, 29), YOUTH),
        (PartialDate(2007, 2, 28), date(2023, 2, 28), YOUTH),
    ],
)
def test_who_is_born_on_leap_day_is_told_from_the_day_itself(
    born: PartialDate, on: date, whom: frozenset[object]
) -> None:
    """Twelve and sixteen fall in leap years again."""
    assert who_is_informed(born, on, DUTCH_DEFAULT) == whom


@pytest.mark.parametrize(
    ("born", "whom"),
    [
        (None, BOTH),
        (PartialDate(2014), BOTH),
        (PartialDate(2014, 11), BOTH),
        (PartialDate(2014, 12), PARENT),
        (PartialDate(2010), BOTH),
        (PartialDate(2009), YOUTH),
        (PartialDate(2015), PARENT),
    ],
)
def test_of_an_incomplete_birth_date_the_widest_reading_counts(
    born: PartialDate | None, whom: frozenset[object]
) -> None:
    """Whoever would have to be told on any day that it can be."""
    assert who_is_informed(born, TODAY, DUTCH_DEFAULT) == whom


@given(born=days, on=days)
def test_less_knowledge_never_asks_for_fewer_people(born: date, on: date) -> None:
    """Whatever the dates are, somebody is always told."""
    known = who_is_informed(whole(born), on, DUTCH_DEFAULT)
    month = who_is_informed(PartialDate(born.year, born.month), on, DUTCH_DEFAULT)
    year = who_is_informed(PartialDate(born.year), on, DUTCH_DEFAULT)

    assert known
    assert known <= month <= year <= who_is_informed(None, on, DUTCH_DEFAULT)


@given(born=days)
def test_the_representative_is_told_until_the_day_before_sixteen(born: date) -> None:
    """And the youth from the twelfth birthday on."""
    person = whole(born)
    twelve, sixteen = birthday(person, 12), birthday(person, 16)
    day = timedelta(days=1)

    assert who_is_informed(person, twelve - day, DUTCH_DEFAULT) == PARENT
    assert who_is_informed(person, twelve, DUTCH_DEFAULT) == BOTH
    assert who_is_informed(person, sixteen - day, DUTCH_DEFAULT) == BOTH
    assert who_is_informed(person, sixteen, DUTCH_DEFAULT) == YOUTH


def test_a_region_may_have_other_ages() -> None:
    """They are in its legal profile."""
    law = replace(DUTCH_DEFAULT, informs_youth_from=10, informs_youth_alone_from=18)

    assert who_is_informed(PartialDate(2016, 11, 22), TODAY, law) == BOTH
    assert who_is_informed(PartialDate(2009, 1, 1), TODAY, law) == BOTH


def test_who_was_told_in_time_stays_told_when_the_youth_grows_older() -> None:
    """The age on the day of telling counts."""
    told_at_eleven = told(whom=PARENT, on=date(2026, 3, 8))

    assert not still_to_inform(told_at_eleven, PartialDate(2014, 3, 9), TODAY, DUTCH_DEFAULT)


def test_who_is_forgotten_still_has_to_be_told() -> None:
    """At twelve both, so that telling the parents alone is half of it."""
    missing = still_to_inform(told(whom=PARENT), PartialDate(2014, 3, 9), TODAY, DUTCH_DEFAULT)

    assert missing == YOUTH


def test_telling_more_people_than_the_law_asks_is_no_fault() -> None:
    """Parents of a seventeen-year-old, told beside them."""
    assert not still_to_inform(told(whom=BOTH), PartialDate(2009, 3, 9), TODAY, DUTCH_DEFAULT)


@pytest.mark.parametrize(
    "informed",
    [
        None,
        told(whom=PARENT),
        Informed(whom=frozenset(), on=None, how=None, not_yet=NotYetGround.SAFETY_OF_YOUTH),
    ],
)
def test_the_term_runs_from_the_day_of_giving(informed: Informed | None) -> None:
    """Whether nobody was told, half of them, or nobody yet on a lawful ground."""
    born, given_on = PartialDate(2014, 3, 9), date(2026, 11, 20)

    by = inform_by(informed, born, given=given_on, today=TODAY, legal=DUTCH_DEFAULT)

    assert by == date(2026, 12, 18)


def test_nothing_is_due_when_all_were_told() -> None:
    """There is no term any more."""
    by = inform_by(told(whom=BOTH), PartialDate(2014, 3, 9), given=TODAY, today=TODAY, legal=DUTCH_DEFAULT)

    assert by is None
