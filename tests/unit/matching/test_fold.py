"""Folding: what organisations write differently becomes the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.matching import (
    Address,
    AddressForms,
    AddressKind,
    Sex,
    Youth,
    address_forms,
    eleven_test,
    fold,
)
from chalicelib.matching.names import fold_given, fold_surname
from chalicelib.matching.text import base_letters, skeleton, sound


@pytest.mark.parametrize(
    ("bsn", "valid"),
    [
        ("999990342", True),
        ("999990343", False),
        ("000000000", False),
        ("99999034", False),
        ("99999034²", False),
    ],
)
def test_eleven_test_accepts_only_nine_digits_whose_weighted_sum_divides_by_eleven(
    bsn: str,
    *,
    valid: bool,
) -> None:
    """The check of the citizen service number."""
    assert eleven_test(bsn) is valid


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Çağlar", "caglar"),
        ("Ștefănescu", "stefanescu"),
        ("Łukasz", "lukasz"),
        ("İrem", "irem"),
        ("Zoë", "zoe"),
    ],
)
def test_marks_on_letters_fall_away(written: str, folded: str) -> None:
    """Half of the source systems drop them."""
    assert base_letters(written) == folded


@pytest.mark.parametrize(
    "written",
    ["van der Meer", "Meer, van der", "v.d. Meer", "vanderMeer", "VAN DER MEER", "Meer", "van den Meer"],
)
def test_prefixes_stand_apart_wherever_they_were_written(written: str) -> None:
    """In the surname, behind a comma, shortened, glued to it, changed or dropped."""
    surname = fold_surname(written)

    assert surname is not None
    assert surname.whole == "meer"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kuijper", "Cuyper"),
        ("Jansen", "Janssen"),
        ("Schmidt", "Schmitt"),
        ("Visser", "Fisser"),
        ("Wijk", "Wyk"),
    ],
)
def test_spellings_that_sound_alike_share_a_sound(one: str, other: str) -> None:
    """Ij is y, c is k, d is t, v is f, doubled letters count once."""
    assert sound(one.lower()) == sound(other.lower())


def test_a_digit_that_a_scanner_saw_in_a_name_is_a_letter() -> None:
    """Erd0gan is Erdogan, 0livia is Olivia."""
    assert fold_surname("Erd0ğan") == fold_surname("Erdoğan")
    assert fold_given("0livia", None) == fold_given("Olivia", None)


def test_the_skeleton_forgets_vowels() -> None:
    """A slip in a vowel keeps the key."""
    assert skeleton("kuijpers") == skeleton("koipers")


def test_a_double_name_has_its_halves() -> None:
    """Organisations often file one half alone."""
    surname = fold_surname("Jansen-de Vries")

    assert surname is not None
    assert surname.parts == ("jansen", "vries")


@pytest.mark.parametrize(
    ("written", "initials"), [("S.J.", "sj"), ("S J", "sj"), ("Sebastiaan Johannes", "sj")]
)
def test_names_written_as_initials_are_initials(written: str, initials: str) -> None:
    """Initials come from names, and from names that are no more than initials."""
    given_names = fold_given(written, None)

    assert given_names is not None
    assert given_names.initials == initials


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Th.A.", "ta"),
        ("Chr. J.", "cj"),
        ("IJ.M.", "im"),
        ("sj.t.", "st"),
        ("SJ", "sj"),
        ("s.j.", "sj"),
        ("Ç.Ö.", "co"),
        ("J-P.", "jp"),
        ("Johannes", "j"),
    ],
)
def test_an_initial_of_two_letters_is_one(written: str, read: str) -> None:
    """As Theodorus, Christiaan and IJsbrand write theirs."""
    given_names = fold_given(None, written)

    assert given_names is not None
    assert given_names.initials == read


def test_a_call_name_stands_for_official_names() -> None:
    """Bas may be Sebastiaan."""
    bas = fold_given("Bas", None)

    assert bas is not None
    assert {"bas", "sebastiaan", "bastiaan"} <= bas.classes


@pytest.mark.parametrize(
    ("letter", "addition"), [("A", "2"), (None, "A2"), (None, "A-2"), ("a", "2"), (None, "12-A2")]
)
def test_letter_and_addition_are_read_from_each_others_fields(letter: str | None, addition: str) -> None:
    """One door, however its parts were divided over the fields."""
    address = Address(
        postal_code="3511 ab", house_number=12, house_letter=letter, house_number_addition=addition
    )

    assert address_forms(address) == AddressForms(number="3511AB|12", exact="3511AB|12|A2")


def test_an_address_without_a_number_has_no_forms() -> None:
    """A postal code alone is no address."""
    assert address_forms(Address(postal_code="3511AB")) is None


@pytest.mark.rule("D13")
def test_a_postal_address_is_not_where_people_live() -> None:
    """It never makes a match."""
    postal = Address(kind=AddressKind.POSTAL, postal_code="3511AB", house_number=12)

    assert fold(Youth(address=postal)) == fold(Youth())


@pytest.mark.parametrize("bsn", ["123456782", "999999990", "12345", "none"])
def test_a_dummy_number_is_missing(bsn: str) -> None:
    """Known dummies pass the eleven-test and say nothing."""
    assert fold(Youth(bsn=bsn)) == fold(Youth())


def test_a_number_that_fails_the_eleven_test_is_kept_apart() -> None:
    """It is no number to match on, but shows how a slip came about."""
    folded = fold(Youth(bsn="999990343", sex=Sex.OTHER))

    assert (folded.bsn, folded.bsn_as_written, folded.sex) == (None, "999990343", None)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=12))
def test_whatever_is_written_can_be_folded(given_names: str, surname: str, postal_code: str) -> None:
    """What cannot be read is missing; nothing raises, and folding is repeatable."""
    youth = Youth(
        given_names=given_names, surname=surname, address=Address(postal_code=postal_code, house_number=1)
    )

    assert fold(youth) == fold(youth)
