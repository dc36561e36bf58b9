"""Telephone numbers as people read them aloud."""

import pytest

from chalicelib.notices.telephone import readable


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+31612345678", "+31 6 12 34 56 78"),
        ("+31307654321", "+31 30 765 43 21"),
        ("+31881234567", "+31 88 123 45 67"),
        ("+31346123456", "+31 346 12 34 56"),
        ("+3214123456", "+3214123456"),
        ("030-7654321", "030-7654321"),
    ],
)
def test_a_dutch_number_is_grouped_and_another_left_alone(number: str, shown: str) -> None:
    """Area codes have two or three digits, mobile numbers one."""
    assert readable(number) == shown
