"""How records of the public sets are compared: names in either order, lines in either order."""

from __future__ import annotations

import pytest

from benchmarks.febrl.features import features
from benchmarks.febrl.keys import candidate_pairs
from benchmarks.febrl.measure import true_pairs
from benchmarks.febrl.rows import Row, row_of

_ROBIN = {
    "given_name": "robin",
    "surname": "marchant",
    "street_number": "14",
    "address_1": "markham street",
    "address_2": "balmain cove",
    "suburb": "broadwater",
    "postcode": "6169",
    "state": "vic",
    "date_of_birth": "19250124",
    "soc_sec_id": "1191533",
}


def _robin(name: str = "rec-1-dup-0", **changed: str) -> Row:
    return row_of(name, _ROBIN | changed)


def _levels(changed: dict[str, str]) -> dict[str, str]:
    return dict(features(_robin(), _robin(**changed)))


def test_an_equal_record_is_equal_in_every_field() -> None:
    """The names as they were written."""
    expected = {
        "givenNames": "EQUAL",
        "surname": "EQUAL",
        "order": "AS_WRITTEN",
        "birthDate": "EQUAL",
        "number": "EQUAL",
        "house": "EQUAL",
        "postcode": "EQUAL",
        "lines": "EQUAL+EQUAL",
        "suburb": "EQUAL",
        "state": "EQUAL",
    }

    assert expected == _levels({})


def test_names_in_each_other_s_place_are_read_in_the_order_that_fits() -> None:
    """And the order is a level of its own."""
    levels = _levels({"given_name": "marchant", "surname": "robin"})

    assert (levels["givenNames"], levels["surname"], levels["order"]) == ("EQUAL", "EQUAL", "EXCHANGED")


def test_address_lines_in_each_other_s_place_are_equal() -> None:
    """Whichever stands first."""
    assert _levels({"address_1": "balmain cove", "address_2": "markham street"})["lines"] == "EQUAL+EQUAL"


@pytest.mark.parametrize(
    ("number", "level"),
    [
        ("1191533", "EQUAL"),
        ("1911533", "SLIP"),
        ("1191433", "SLIP"),
        ("1291433", "SIMILAR"),
        ("42", "DIFFERENT"),
    ],
)
def test_digits_fit_by_their_slips(number: str, level: str) -> None:
    """Two swapped or one wrong is a slip, two wrong is less."""
    assert _levels({"soc_sec_id": number})["number"] == level


def test_what_is_missing_says_nothing() -> None:
    """Missing is not different."""
    sparse = row_of("rec-1-org", {"given_name": "robin", "soc_sec_id": "1191533"})

    assert {"surname", "birthDate", "house", "postcode", "suburb", "state"}.isdisjoint(
        dict(features(_robin(), sparse))
    )


def test_the_order_of_two_records_does_not_matter() -> None:
    """Symmetric, also when names and lines are exchanged and parts are missing."""
    one = _robin(given_name="marchant", surname="robyn", address_1="balmain cove", address_2="")
    other = _robin(address_2="", house="", soc_sec_id="1191534")

    assert features(one, other) == features(other, one)


def test_a_pair_that_shares_a_key_is_a_candidate_once() -> None:
    """Records of other people in another place are none."""
    stranger = row_of("rec-2-org", {"given_name": "ebony", "surname": "weller", "date_of_birth": "19700106"})
    first, second = _robin("rec-1-org"), _robin("rec-1-dup-0", date_of_birth="19520124")

    assert candidate_pairs([first, stranger, second]) == [(first, second)]


def test_true_pairs_are_those_about_one_person() -> None:
    """Three records of one person are three pairs."""
    rows = [_robin("rec-1-org"), _robin("rec-1-dup-0"), _robin("rec-1-dup-1"), _robin("rec-2-org")]

    assert true_pairs(rows) == 3
