"""Finding the signals of a request: certain ones at once, doubtful ones with their evidence (D31)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.rights import Measure, RequestKind
from chalicelib.domain.signal import SignalState
from chalicelib.matching import Youth
from chalicelib.matching.records import Address, PartialDate, Sex
from chalicelib.ports.sealing import SealBroken
from chalicelib.rights.rulings import GivenMeasure
from tests.builders import make_signal, make_youth
from tests.unit.rights.office import NURSE, SCHOOL, Office, granted

pytestmark = pytest.mark.rule("D31")
STRANGER = make_signal(
    "lo-9",
    "ggd",
    youth=Youth(
        given_names="Anna",
        surname="Visser",
        birth_date=PartialDate(2012, 5, 6),
        sex=Sex.FEMALE,
        address=Address(postal_code="9711AB", house_number=3, city="Groningen"),
    ),
)
SISTER = make_signal(
    "lo-3",
    "ggd",
    youth=make_youth(given_names="Roos", initials="R.", sex=Sex.FEMALE, birth_date=PartialDate(2016, 8, 21)),
)


def found(office: Office, youth: Youth) -> dict[str, bool]:
    """Whether each signal that was found is certain."""
    return {each.signal.id: each.certain for each in office.find(youth)}


def test_every_signal_about_the_youth_is_found() -> None:
    """And nobody else's."""
    office = Office(SCHOOL, NURSE, STRANGER)

    assert found(office, make_youth()) == {"lo-1": True, "lo-2": True}
    assert found(office, STRANGER.youth or Youth()) == {"lo-9": True}


def test_nobody_is_found_who_is_not_there() -> None:
    """A request may be about somebody without any signal."""
    assert found(Office(), make_youth(bsn=None, surname="Smit", given_names="Tim", initials="T.")) == {}


def test_a_signal_that_says_little_is_found_through_another() -> None:
    """By the group: what the request alone could not tell, the signals together can."""
    undated = make_signal(
        "lo-4", "youth-help", youth=make_youth(birth_date=None, address=None, initials=None)
    )
    office = Office(SCHOOL, undated)

    assert found(office, replace(make_youth(), bsn=None)) == {"lo-1": True, "lo-4": True}


@pytest.mark.rule("D22")
def test_a_doubt_is_told_in_fields_and_levels() -> None:
    """One number on two children: a person has to say which the request is about."""
    office = Office(SISTER)

    (each,) = office.find(make_youth())

    assert (each.signal.id, each.certain) == ("lo-3", False)
    assert ("bsn", "EQUAL") in each.evidence
    assert ("givenNames", "DIFFERENT") in each.evidence


def test_what_is_hidden_by_another_request_is_found_too() -> None:
    """No key leads to it: but a request for access is about all there is."""
    office = Office()
    office.filed(hides=True)

    assert {office.signal(one).state for one in ("lo-1", "lo-2")} == {SignalState.RESTRICTED}
    assert found(office, make_youth()) == {"lo-1": True, "lo-2": True}


def test_nobody_elses_request_is_opened_to_find_what_it_hides() -> None:
    """So one whose record does not open holds up no other, and nobody's record is read for another's sake."""
    office = Office()
    office.filed(hides=True)

    def stay_sealed(operation: str) -> None:
        if operation == "rights.get":
            raise SealBroken(operation)

    office.state.before = stay_sealed

    assert found(office, make_youth()) == {"lo-1": True, "lo-2": True}


def test_what_is_past_its_last_day_is_found_until_it_is_ended() -> None:
    """The run that ends it has yet to come; it is held until then."""
    office = Office(replace(SCHOOL, ends_on=date(2026, 11, 1)), NURSE)

    assert found(office, make_youth()) == {"lo-1": True, "lo-2": True}


def test_a_request_joins_nobody() -> None:
    """It is no evidence: looking changes no match."""
    office = Office()
    before = dict(office.state.matches)

    office.find(make_youth())

    assert office.state.matches == before
    assert office.state.pending == {}


@pytest.mark.rule("D35")
def test_what_is_in_the_archive_is_found_too() -> None:
    """It is held about the youth until it goes; an active signal is not needed for that."""
    office = Office()
    office.decided(
        office.filed(RequestKind.OBJECTION, signal_ids=("lo-1",)),
        granted(GivenMeasure(signal_id="lo-1", measure=Measure.CLOSED)),
    )
    office.decided(office.filed(signal_ids=("lo-2",)), granted())

    assert office.signal("lo-1").archived is not None
    assert found(office, make_youth()) == {"lo-1": True}
