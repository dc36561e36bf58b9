"""A BSN hidden in a text is found, and numbers that only look long are left alone."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.matching import Parent, eleven_test
from chalicelib.signals.hidden_bsn import holds_bsn, known_numbers
from tests.builders import make_youth

BSN = "999990342"
EIGHT_DIGIT_BSN = "10000008"
numbers = st.integers(min_value=10_000_000, max_value=999_999_999).map(lambda number: f"{number:09}")
valid_numbers = numbers.map(lambda number: _with_check_digit(number[:8])).filter(eleven_test)
letters = st.text(alphabet="XYZ._-", max_size=12)


@pytest.mark.parametrize(
    "text",
    [BSN, f"LVS-{BSN}", f"{BSN}.2026", f"a{BSN}b", f"LVS{BSN}", "9999.90.342", "999.990.342", "x10000008"],
)
def test_a_valid_number_is_found_however_it_is_wrapped(text: str) -> None:
    """Alone, between letters or signs, in points, or without its leading zero."""
    assert holds_bsn(text)


@pytest.mark.parametrize(
    "text",
    ["", "LVS-2026-00017", "999990343", "20261122", "22112026", "2026-11-22.0001", "zaak_123", "9999-90-342"],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Dates, serial numbers and numbers that fail the eleven-test are what references are made of."""
    assert not holds_bsn(text)


@pytest.mark.parametrize("text", ["20261122093000", f"1{BSN}", f"A-{BSN}01", "1795319957000123456"])
def test_longer_numbers_are_no_citizen_service_numbers(text: str) -> None:
    """Of moments and long serial numbers every other one would hold nine digits that pass by chance."""
    assert not holds_bsn(text)


@pytest.mark.parametrize("text", [f"R-{BSN}ab0", f"{BSN}FFE", f"3f{BSN}-b"])
def test_hexadecimal_ids_are_told_from_numbers_by_their_length(text: str) -> None:
    """From twelve symbols with a letter on it is an id made by a machine; below that, a number in letters."""
    assert holds_bsn(text) is (text == f"3f{BSN}-b")


@given(drawn=st.uuids(version=4), upper=st.booleans())
def test_what_systems_make_their_ids_of_is_never_refused(drawn: uuid.UUID, *, upper: bool) -> None:
    """Hyphenated or not, in either case; four in a hundred hold nine digits that pass by chance."""
    forms = [str(drawn), f"LVS-{drawn.hex}a"]

    assert [holds_bsn(form.upper() if upper else form) for form in forms] == [False, False]


def test_eight_digits_that_are_no_date_of_these_centuries_count_as_a_number() -> None:
    """A run of eight that would be a date of the year 1000 is no date in a reference."""
    assert eleven_test(f"0{EIGHT_DIGIT_BSN}")

    assert holds_bsn(EIGHT_DIGIT_BSN)


@given(before=letters, number=valid_numbers, after=letters)
def test_no_letters_or_signs_around_it_hide_a_valid_number(before: str, number: str, after: str) -> None:
    """Whatever words stand before and after it."""
    assert holds_bsn(f"{before}{number}{after}")


@given(number=numbers, separators=st.lists(st.sampled_from(["", "-", ".", "_", "x"]), min_size=9, max_size=9))
def test_a_number_of_the_request_itself_is_found_however_it_is_punctuated(
    number: str, separators: list[str]
) -> None:
    """Known numbers are searched for with everything between the digits left out."""
    text = "".join(digit + separator for digit, separator in zip(number, separators, strict=True))

    assert holds_bsn(text, [number])


def test_the_numbers_of_a_request_are_the_youths_and_the_parents() -> None:
    """Those that are there."""
    youth = make_youth(parents=(Parent(bsn="999990032"), Parent(surname="Bakker")))

    assert known_numbers(youth) == {"999990342", "999990032"}


def _with_check_digit(eight: str) -> str:
    """The number that begins so and passes; one beginning in eleven has none."""
    total = sum(int(digit) * weight for digit, weight in zip(eight, range(9, 1, -1), strict=True))
    return f"{eight}{total % 11}"
