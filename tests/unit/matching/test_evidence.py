"""Evidence in part: what little is known of names and parents, and how common a name is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.matching import Parent, PartialDate, Youth, compare, fold
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.levels import Field, Level
from tests.unit.matching.people import MODEL, MOTHER, TIM

BORN = PartialDate(1985, 1, 2)


def level(field: Field, one: Youth, other: Youth) -> Level:
    """At what level the two agree on a field."""
    return pair_evidence(fold(one), fold(other))[field]


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        pytest.param("Tim Johannes", "Tim Johannes Willem", Level.EQUAL, id="one of them leaves a name out"),
        pytest.param("Tim Johannes", "Tom Willem", Level.DIFFERENT, id="other names"),
        pytest.param("Tim Johannes", "Tim", Level.MISSING, id="one name alone"),
        pytest.param("Tim Johannes", "Johannes Tim", Level.MISSING, id="another first initial"),
    ],
)
def test_initials_after_the_first_are_compared_where_both_know_them(
    one: str, other: str, agreement: Level
) -> None:
    """Twins may share the first initial, and seldom share the second."""
    assert level(Field.LATER_INITIALS, Youth(given_names=one), Youth(given_names=other)) is agreement


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        pytest.param("Gijsbertus", "Gijs", Level.VARIANT, id="an official name and its call name"),
        pytest.param("Lucas", "Lukas", Level.VARIANT, id="two spellings"),
        pytest.param(
            "Roos", "Rosalie", Level.COMMON_VARIANT, id="many bear either, one stands for the other"
        ),
        pytest.param("Daan", "Danny", Level.TWO_NAMES, id="many bear either, both stand for a third"),
        pytest.param("Johannes", "Tim Johannes", Level.LATER_NAME, id="only the second of his names"),
        pytest.param("Johannes Bram", "Tim Johannes", Level.DIFFERENT, id="brothers share a second name"),
    ],
)
def test_names_that_brothers_may_bear_both_are_told_from_one_name_in_two_forms(
    one: str, other: str, agreement: Level
) -> None:
    """Parents choose names that sound alike, or hand a grandfather's name to two children."""
    assert level(Field.GIVEN_NAMES, Youth(given_names=one), Youth(given_names=other)) is agreement


def test_a_parent_by_initial_says_less_than_one_by_name() -> None:
    """A mother and a father of one surname may share an initial."""
    named = Youth(parents=(Parent(given_names="Olga", surname="Vis"),))
    by_initial = Youth(parents=(Parent(initials="O.", surname="Vis"),))

    assert level(Field.PARENTS, named, named) is Level.NAME
    assert level(Field.PARENTS, named, by_initial) is Level.INITIAL


@pytest.mark.parametrize(
    ("parents", "agreement"),
    [
        pytest.param((Parent(surname="Meer", birth_date=BORN),), Level.DATE, id="birth date, married name"),
        pytest.param(
            (Parent(surname="Bakker"),), Level.OTHER_NAME, id="surname that the child does not bear"
        ),
        pytest.param((Parent(surname="van der Meer"),), Level.MISSING, id="the child's own surname"),
        pytest.param((Parent(given_names="Olga", surname="Vis"),), Level.DIFFERENT, id="somebody else"),
        pytest.param((), Level.MISSING, id="nobody"),
        pytest.param((MOTHER,), Level.MISSING, id="the same parent for certain, which says enough"),
    ],
)
def test_parents_of_whom_little_is_known_still_say_something(
    parents: tuple[Parent, ...], agreement: Level
) -> None:
    """A birth date or an own surname of a parent, where name and date together are not known."""
    assert level(Field.PARENTS_IN_PART, TIM, replace(TIM, parents=parents)) is agreement


@pytest.mark.parametrize(
    ("surname", "frequency"),
    [("de Jong", Level.VERY_COMMON), ("Hoogland", Level.COMMON), ("Uilenspiegel", Level.MISSING)],
)
def test_a_shared_surname_is_as_telling_as_it_is_rare(surname: str, frequency: Level) -> None:
    """Frequencies are known by order of magnitude."""
    assert level(Field.SURNAME_FREQUENCY, Youth(surname=surname), Youth(surname=surname)) is frequency


def test_a_surname_that_is_not_shared_has_no_frequency() -> None:
    """Two common names that differ are as different as any."""
    assert level(Field.SURNAME_FREQUENCY, Youth(surname="de Jong"), Youth(surname="Bakker")) is Level.MISSING


def test_a_common_name_weighs_less_and_its_explanation_says_by_how_much() -> None:
    """The share is part of the field's weight, not a line of its own (D22)."""
    lines = {
        surname: next(
            line
            for line in compare(
                fold(replace(TIM, surname=surname)), fold(replace(TIM, surname=surname)), MODEL
            ).explanation.evidence
            if line.field == Field.SURNAME
        )
        for surname in ("Jong", "Uilenspiegel")
    }

    assert lines["Jong"].term_frequency_share < lines["Uilenspiegel"].term_frequency_share == 0
    assert lines["Jong"].weight < lines["Uilenspiegel"].weight


@pytest.mark.parametrize(
    ("parent", "agreement"),
    [
        pytest.param("Vonk", Level.DIFFERENT, id="neither father's nor mother's"),
        pytest.param("Meer-Bakker", Level.OTHER_NAME, id="both, by marriage"),
        pytest.param("van der Meer", Level.MISSING, id="the child's"),
    ],
)
def test_a_parent_of_another_surname_than_both_known_parents_is_a_stranger(
    parent: str, agreement: Level
) -> None:
    """Namesakes have other parents."""
    both = replace(TIM, parents=(Parent(surname="van der Meer"), Parent(surname="Bakker")))

    assert level(Field.PARENTS_IN_PART, both, replace(TIM, parents=(Parent(surname=parent),))) is agreement
