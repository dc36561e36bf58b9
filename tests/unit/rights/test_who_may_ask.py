"""Who may ask, by the age of the youth on the day it was received (D30, D31)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.rights import RequesterRole
from chalicelib.matching.records import PartialDate
from chalicelib.rights.who_may_ask import may_ask

YOUTH, PARENT = RequesterRole.YOUTH, RequesterRole.LEGAL_REPRESENTATIVE
TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.rule("D31")


def who(born: PartialDate | None, on: date = TODAY) -> set[RequesterRole]:
    """Everybody who may ask."""
    return {role for role in RequesterRole if may_ask(role, born, on, DUTCH_DEFAULT)}


@pytest.mark.parametrize(
    ("born", "entitled"),
    [
        (PartialDate(2014, 11, 23), {PARENT}),  # twelve tomorrow
        (PartialDate(2014, 11, 22), {YOUTH, PARENT}),  # twelve today
        (PartialDate(2010, 11, 23), {YOUTH, PARENT}),  # sixteen tomorrow
        (PartialDate(2010, 11, 22), {YOUTH}),  # sixteen today
        (PartialDate(2014), {YOUTH, PARENT}),  # eleven or twelve
        (PartialDate(2010), {YOUTH, PARENT}),  # fifteen or sixteen
        (PartialDate(2010, 11), {YOUTH, PARENT}),
        (PartialDate(2010, 10), {YOUTH}),
        (PartialDate(2014, 12), {PARENT}),
        (None, {YOUTH, PARENT}),
    ],
)
def test_the_age_decides_who_may_ask(born: PartialDate | None, entitled: set[RequesterRole]) -> None:
    """Under twelve the representative, to fifteen both, from sixteen the youth alone; widely read."""
    assert who(born) == entitled


def test_who_is_born_on_a_leap_day_has_a_birthday_on_the_first_of_march() -> None:
    """In years without one."""
    born = PartialDate(2012, 2, 29)

    assert who(born, date(2028, 2, 28)) == {YOUTH, PARENT}
    assert who(born, date(2028, 2, 29)) == {YOUTH}
    assert YOUTH in who(PartialDate(2016, 2, 29), date(2028, 2, 29))


def test_a_region_may_have_other_ages() -> None:
    """They are of its legal profile."""
    legal = LegalProfile(informs_youth_from=14, informs_youth_alone_from=18)

    assert not may_ask(YOUTH, PartialDate(2013, 1, 1), TODAY, legal)
    assert may_ask(PARENT, PartialDate(2009, 1, 1), TODAY, legal)


@given(st.dates(date(2000, 1, 1), date(2026, 11, 22)))
def test_somebody_may_always_ask(born: date) -> None:
    """No youth is without anybody, and a less precise date bars nobody whom the whole one lets in."""
    exact = who(PartialDate(born.year, born.month, born.day))

    assert exact
    assert exact <= who(PartialDate(born.year, born.month)) <= who(PartialDate(born.year))


@given(st.dates(date(2003, 11, 23), date(2026, 11, 21)), st.integers(1, 4000))
def test_a_right_of_the_youth_never_goes_and_one_of_the_parent_never_comes_back(
    born: date, days: int
) -> None:
    """As time passes."""
    exact = PartialDate(born.year, born.month, born.day)
    later = TODAY + timedelta(days=days)

    assert (YOUTH in who(exact)) <= (YOUTH in who(exact, later))
    assert (PARENT in who(exact, later)) <= (PARENT in who(exact))
