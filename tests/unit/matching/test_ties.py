"""What ties two youths to one household, and how finely parents and addresses are told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from chalicelib.matching import Address, Parent, PartialDate, Youth, fold, household_keys
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.tie_levels import Tie, TieLevel
from chalicelib.matching.ties import Ties, counting, joined, may_be_tied, ties_between
from tests.unit.matching.people import HOME, MOTHER, TIM
from tests.unit.matching.strategies import youths

NO_NUMBER = replace(MOTHER, bsn=None)
UNDATED = replace(NO_NUMBER, birth_date=None)
FATHER = Parent(given_names="Kees", surname="van der Meer")
STREET = Address(house_number=12, street="Lange Nieuwstraat", city="Utrecht")


def ties(one: Youth, other: Youth) -> Ties:
    """The ties of two youths, every address counting."""
    mine, theirs = fold(one), fold(other)
    return ties_between(mine, theirs, pair_evidence(mine, theirs))


@pytest.mark.rule("D12")
@pytest.mark.parametrize(
    ("theirs", "level"),
    [
        pytest.param(MOTHER, TieLevel.PARENT_BSN, id="number"),
        pytest.param(NO_NUMBER, TieLevel.NAMES_AND_DATE, id="names and birth date"),
        pytest.param(
            replace(NO_NUMBER, given_names=None, initials="A."), TieLevel.INITIALS_AND_DATE, id="initials"
        ),
        pytest.param(replace(NO_NUMBER, surname="Visser"), TieLevel.GIVEN_AND_DATE, id="partner's name"),
        pytest.param(replace(NO_NUMBER, given_names=None), TieLevel.SURNAME_AND_DATE, id="no given name"),
        pytest.param(UNDATED, TieLevel.NAMES, id="no birth date"),
        pytest.param(
            replace(UNDATED, given_names=None, initials="A."), TieLevel.INITIALS, id="initials, no date"
        ),
        pytest.param(replace(UNDATED, given_names=None), TieLevel.SURNAME, id="surname alone"),
        pytest.param(
            replace(NO_NUMBER, birth_date=PartialDate(1985, 1, 3)), TieLevel.NAMES, id="date one slip away"
        ),
        pytest.param(
            replace(NO_NUMBER, birth_date=PartialDate(1979, 6, 30)),
            TieLevel.NAMES_OTHER_DATE,
            id="other date",
        ),
        pytest.param(FATHER, TieLevel.DIFFERENT, id="another parent"),
    ],
)
def test_a_parent_is_told_apart_by_what_is_known(theirs: Parent, level: TieLevel) -> None:
    """Less known is a lower level, never a difference."""
    found = ties(TIM, replace(TIM, parents=(theirs,)))

    assert found[Tie.PARENT] is level
    assert found[Tie.OTHER_PARENT] is TieLevel.MISSING


def test_two_parents_in_common_are_two_ties() -> None:
    """Each parent is counted once, whichever is named first."""
    both = replace(TIM, parents=(UNDATED, FATHER))

    found = ties(both, replace(both, parents=(FATHER, UNDATED)))

    assert (found[Tie.PARENT], found[Tie.OTHER_PARENT]) == (TieLevel.NAMES, TieLevel.NAMES)


def test_a_mothers_surname_ties_children_of_another_surname() -> None:
    """The children's own surname is no news among their parents."""
    one = replace(TIM, parents=(replace(UNDATED, given_names=None),))

    assert ties(one, one)[Tie.SURNAME_OF_PARENTS] is TieLevel.SHARED
    assert ties(replace(one, parents=(FATHER,)), one)[Tie.SURNAME_OF_PARENTS] is TieLevel.MISSING


@pytest.mark.parametrize(
    ("theirs", "level"),
    [
        pytest.param(HOME, TieLevel.EQUAL, id="the same door"),
        pytest.param(
            replace(HOME, house_letter=None, house_number_addition="a-2"), TieLevel.EQUAL, id="one field"
        ),
        pytest.param(
            replace(HOME, house_letter=None, house_number_addition=None), TieLevel.NUMBER, id="no addition"
        ),
        pytest.param(replace(HOME, house_number_addition="3"), TieLevel.OTHER_DOOR, id="next door"),
        pytest.param(replace(HOME, house_number=14), TieLevel.OTHER_NUMBER, id="other number"),
        pytest.param(replace(HOME, house_number=None), TieLevel.POSTAL_CODE, id="no number"),
        pytest.param(replace(HOME, postal_code="3511"), TieLevel.AREA_NUMBER, id="digits and number"),
        pytest.param(replace(HOME, postal_code="3511 AC"), TieLevel.AREA_NUMBER, id="one other letter"),
        pytest.param(Address(postal_code="3511"), TieLevel.AREA, id="digits only"),
        pytest.param(replace(HOME, postal_code="3511 XZ"), TieLevel.OTHER_POSTAL_CODE, id="other letters"),
        pytest.param(replace(HOME, postal_code="6211 CD"), TieLevel.DIFFERENT, id="elsewhere"),
        pytest.param(None, TieLevel.MISSING, id="unknown"),
    ],
)
def test_an_address_is_told_apart_by_what_is_known(theirs: Address | None, level: TieLevel) -> None:
    """Doors of one building are neighbours; a lost addition is not another door."""
    assert ties(TIM, replace(TIM, address=theirs))[Tie.ADDRESS] is level


def test_street_number_and_city_stand_in_for_a_postal_code() -> None:
    """Also when one of the two has it."""
    with_code = replace(STREET, postal_code="3511AB")

    assert ties(Youth(address=STREET), Youth(address=with_code))[Tie.ADDRESS] is TieLevel.STREET


@pytest.mark.rule("D13")
def test_who_lived_there_before_is_not_tied_by_the_address() -> None:
    """Other people live there now."""
    moved = replace(TIM, address=Address(postal_code="6211CD", house_number=1), previous_address=HOME)

    assert ties(TIM, moved)[Tie.ADDRESS] is TieLevel.OTHER_POSTAL_CODE


@pytest.mark.rule("D13")
@pytest.mark.parametrize("form", ["3511AB|12", "3511AB|12|A2"])
@pytest.mark.parametrize("theirs", [HOME, replace(HOME, house_number=None)])
def test_an_excluded_address_does_not_count_nor_does_its_postal_code(form: str, theirs: Address) -> None:
    """Who leaves out the number may live in the institution too."""
    one, other = fold(TIM), fold(replace(TIM, address=theirs))

    between = ties_between(one, other, pair_evidence(one, other))
    found = counting(between, one, other, excluded=frozenset({form}))

    assert found[Tie.ADDRESS] is TieLevel.MISSING


def test_groups_are_tied_by_the_best_of_their_signals_and_the_parents_of_one_pair() -> None:
    """One father here and another there are not two parents in common."""
    unlike = dict.fromkeys(Tie, TieLevel.MISSING)
    one = {**unlike, Tie.PARENT: TieLevel.NAMES, Tie.SURNAME: TieLevel.SLIP, Tie.ADDRESS: TieLevel.CITY}
    other = {
        **unlike,
        Tie.PARENT: TieLevel.SURNAME,
        Tie.OTHER_PARENT: TieLevel.NAMES,
        Tie.SURNAME: TieLevel.EQUAL,
    }

    assert joined([one, other]) == {**one, Tie.SURNAME: TieLevel.EQUAL}


@given(youths, youths)
def test_ties_are_symmetric(one: Youth, other: Youth) -> None:
    """Whoever is asked first."""
    assert ties(one, other) == ties(other, one)


@given(youths, youths)
def test_who_shares_nothing_worth_a_look_shares_no_home(one: Youth, other: Youth) -> None:
    """The quick look refuses none that the closer one would take for one home."""
    mine, theirs = fold(one), fold(other)
    if not may_be_tied(mine, theirs):
        assert ties(one, other)[Tie.ADDRESS] not in {TieLevel.EQUAL, TieLevel.NUMBER, TieLevel.STREET}
        assert ties(one, other)[Tie.PARENT] is not TieLevel.PARENT_BSN


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Youth(surname="Meer", address=replace(STREET, postal_code="9712")), id="digits only"),
        pytest.param(
            Youth(surname="Meer", address=Address(postal_code="3511", house_number=12)),
            id="digits and number",
        ),
        pytest.param(Youth(surname="v.d. Meer", address=STREET), id="no postal code"),
        pytest.param(Youth(surname="Meer", address=Address(postal_code="3511AB")), id="no number"),
        pytest.param(Youth(surname="Meer", parents=(Parent(initials="A.", surname="Bakker"),)), id="initial"),
        pytest.param(
            Youth(surname="Smit", parents=(replace(NO_NUMBER, surname="Smit"),)), id="partner's name"
        ),
    ],
)
def test_families_find_each_other_by_what_is_left_of_an_address_or_a_parent(other: Youth) -> None:
    """A sibling's record often lacks what the other's has."""
    tim = replace(TIM, address=replace(STREET, postal_code="3511AB"))

    assert household_keys(fold(tim)) & household_keys(fold(other))
