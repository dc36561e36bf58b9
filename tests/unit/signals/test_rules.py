"""The rules a signal's content must keep."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import SignalRefused
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.matching import Address, Parent, PartialDate, Youth
from chalicelib.signals.request import SignalRequest
from chalicelib.signals.rules import check_signal
from tests.builders import TODAY, make_organisation, make_youth
from tests.signal_requests import make_card, make_request

WITHOUT_RIGHT = make_organisation(may_use_bsn=False)


def problems_of(request: SignalRequest, **organisation: Any) -> list[tuple[str, str]]:
    """Where and which rules a request breaks on :data:`TODAY`; none when it is taken."""
    try:
        check_signal(request, make_organisation(**organisation), TODAY, DUTCH_DEFAULT)
    except SignalRefused as refused:
        return [(problem.pointer, problem.code) for problem in refused.problems]
    return []


def about(**changes: Any) -> SignalRequest:
    """A request about a youth with other particulars."""
    return make_request(youth=make_youth(**changes))


def test_a_complete_request_is_taken() -> None:
    """The example of the interface breaks no rule."""
    assert problems_of(make_request()) == []


@pytest.mark.rule("D1")
@pytest.mark.parametrize(
    ("born", "problems"),
    [
        (PartialDate(2003, 11, 23), []),
        (PartialDate(2003, 11, 22), [("/youth/birthDate", "too-old")]),
        (PartialDate(2003, 12), []),
        (PartialDate(2003, 11), [("/youth/birthDate", "too-old")]),
        (PartialDate(2003), [("/youth/birthDate", "too-old")]),
        (PartialDate(2004), []),
        (PartialDate(2026, 11, 22), []),
        (PartialDate(2026, 11, 23), [("/youth/birthDate", "birth-date-in-future")]),
        (PartialDate(2026, 12), [("/youth/birthDate", "birth-date-in-future")]),
        (PartialDate(2026), []),
        (None, []),
    ],
)
def test_a_youth_is_born_and_under_23(born: PartialDate | None, problems: list[tuple[str, str]]) -> None:
    """On the 23rd birthday it is too late; of an incomplete date the first possible day counts."""
    assert problems_of(about(birth_date=born)) == problems


@pytest.mark.rule("D4")
def test_an_organisation_that_may_use_the_bsn_sends_it() -> None:
    """However well the youth is described without."""
    assert problems_of(about(bsn=None)) == [("/youth/bsn", "bsn-required")]


@pytest.mark.rule("D4")
def test_an_organisation_that_may_not_use_the_bsn_sends_none() -> None:
    """Not the youth's, and not a parent's either."""
    request = about(parents=(Parent(surname="Bakker"), Parent(bsn="999990032")))

    assert problems_of(request, may_use_bsn=False) == [
        ("/youth/bsn", "bsn-not-allowed"),
        ("/youth/parents/1/bsn", "bsn-not-allowed"),
    ]


@pytest.mark.rule("D4")
def test_an_organisation_without_the_right_can_signal() -> None:
    """Without ever learning a BSN."""
    assert problems_of(about(bsn=None), may_use_bsn=False) == []


@pytest.mark.rule("D5")
@pytest.mark.parametrize(
    "youth",
    [
        Youth(surname="Meer", birth_date=PartialDate(2014, 3, 9)),
        Youth(surname="Meer", given_names="Sebastiaan", birth_date=PartialDate(2014)),
        Youth(surname="Meer", given_names="Sebastiaan", address=Address(postal_code="3511AB")),
        Youth(surname="Meer", initials="S.", address=Address(postal_code="3511AB")),
    ],
)
def test_a_surname_with_enough_beside_it_identifies_a_youth(youth: Youth) -> None:
    """A youth without BSN is identified by name, birth date and what else is known."""
    assert problems_of(make_request(youth=youth), may_use_bsn=False) == []


@pytest.mark.rule("D5")
@pytest.mark.parametrize(
    "youth",
    [
        Youth(),
        Youth(surname="Meer"),
        Youth(given_names="Sebastiaan", birth_date=PartialDate(2014, 3, 9)),
        Youth(surname="Meer", birth_date=PartialDate(2014)),
        Youth(surname="Meer", address=Address(postal_code="3511AB")),
        Youth(parents=(Parent(surname="Meer", birth_date=PartialDate(1985, 1, 2)),)),
    ],
)
def test_a_youth_whom_nobody_could_find_is_refused(youth: Youth) -> None:
    """A signal that can never match is no signal."""
    assert problems_of(make_request(youth=youth), may_use_bsn=False) == [("/youth", "youth-not-identified")]


def test_a_dummy_number_alone_identifies_nobody() -> None:
    """Numbers that systems fill in to get past a form are no numbers."""
    request = make_request(youth=Youth(bsn="123456782"))

    assert problems_of(request) == [("/youth", "youth-not-identified")]


@pytest.mark.rule("D7")
@pytest.mark.parametrize(
    ("day", "problems"),
    [
        (date(2026, 11, 21), [("/plannedEndDate", "end-in-past")]),
        (date(2026, 11, 22), []),
        (date(2028, 11, 22), []),
        (date(2028, 11, 23), [("/plannedEndDate", "end-too-late")]),
    ],
)
def test_the_planned_end_lies_within_two_years(day: date, problems: list[tuple[str, str]]) -> None:
    """Today counts, and so does the same day two years on."""
    assert problems_of(make_request(planned_end_date=day)) == problems


@pytest.mark.rule("D30")
def test_the_family_has_been_informed_before() -> None:
    """Not tomorrow."""
    informed = make_request().informed
    assert informed is not None

    late = replace(informed, on=date(2026, 11, 23))

    assert problems_of(make_request(informed=late)) == [("/informed/on", "informed-in-future")]


@pytest.mark.parametrize("email", ["J.Jansen@School.Example", "j@school.example"])
def test_an_address_in_a_registered_domain_is_taken(email: str) -> None:
    """However its letters are written."""
    assert problems_of(make_request(professional=make_card(email=email))) == []


@pytest.mark.parametrize(
    "email",
    ["j@gmail.example", "j@sub.school.example", "j@myschool.example", "j@school.example@evil.example"],
)
def test_an_address_elsewhere_is_refused(email: str) -> None:
    """No notice leaves for a private or mistyped address, a subdomain's neither."""
    assert problems_of(make_request(professional=make_card(email=email))) == [
        ("/professional/email", "email-domain-not-registered")
    ]


@pytest.mark.rule("D18")
def test_no_bsn_is_shown_by_way_of_reference_or_card() -> None:
    """Everything that may reach a mail is searched."""
    card = make_card(
        id="999990032",
        name="999990032",
        function="999990032",
        site="999990032",
        email="b999990342@school.example",
    )

    assert problems_of(make_request(reference="LVS-999990032", professional=card)) == [
        ("/professional/email", "holds-bsn"),
        ("/professional/function", "holds-bsn"),
        ("/professional/id", "holds-bsn"),
        ("/professional/name", "holds-bsn"),
        ("/professional/site", "holds-bsn"),
        ("/reference", "holds-bsn"),
    ]


def test_all_broken_rules_come_at_once_and_without_values() -> None:
    """Who sends a signal mends it in one go, and no log learns what was in it."""
    request = make_request(
        youth=make_youth(bsn=None, birth_date=PartialDate(1990, 1, 1)),
        planned_end_date=date(2020, 1, 1),
        professional=make_card(email="j@elsewhere.example"),
    )

    with pytest.raises(SignalRefused) as refused:
        check_signal(request, make_organisation(), TODAY, DUTCH_DEFAULT)

    assert str(refused.value) == "too-old, bsn-required, end-in-past, email-domain-not-registered"
    assert all("1990" not in problem.detail for problem in refused.value.problems)
    assert len(refused.value.problems) == 4
