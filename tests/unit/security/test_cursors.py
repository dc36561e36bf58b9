"""Cursors of lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import CursorRefused
from chalicelib.security.cursors import Cursors
from tests.fakes import FakePseudonyms

CURSORS = Cursors(FakePseudonyms())
BOUND_TO = ("signals", "school", "", "")


@given(position=st.text(), bound_to=st.lists(st.text(), max_size=4))
def test_what_was_signed_opens_again(position: str, bound_to: list[str]) -> None:
    """For the same list, whatever the position holds."""
    assert CURSORS.opened(CURSORS.signed(position, bound_to), bound_to) == position


def test_a_cursor_fits_a_query_unescaped() -> None:
    """Letters, digits, hyphen, underscore and one point."""
    cursor = CURSORS.signed("2026-11-22T09:30:00.000Z#lo-s1?&é", BOUND_TO)

    assert cursor.replace("-", "").replace("_", "").replace(".", "", 1).isalnum()
    assert cursor.isascii()


@given(cursor=st.text())
def test_anything_else_is_refused(cursor: str) -> None:
    """Garbage, other letters, or nothing."""
    with pytest.raises(CursorRefused):
        CURSORS.opened(cursor, BOUND_TO)


@given(at=st.integers(min_value=0, max_value=90), symbol=st.sampled_from("Aa0-_."))
def test_a_cursor_with_one_symbol_changed_is_refused(at: int, symbol: str) -> None:
    """In its position as in its signature."""
    cursor = CURSORS.signed("2026-11-22T09:30", BOUND_TO)
    changed = cursor[: at % len(cursor)] + symbol + cursor[at % len(cursor) + 1 :]
    if changed == cursor:
        return

    with pytest.raises(CursorRefused):
        CURSORS.opened(changed, BOUND_TO)


@pytest.mark.parametrize(
    "other", [("signals", "care", "", ""), ("signals", "school", "ACTIVE", ""), ("signals", "schoo", "l", "")]
)
def test_a_cursor_of_another_list_is_refused(other: tuple[str, ...]) -> None:
    """Parts that only look alike when put together do not pass either."""
    with pytest.raises(CursorRefused):
        CURSORS.opened(CURSORS.signed("here", BOUND_TO), other)


def test_a_cursor_too_long_to_be_ours_is_refused() -> None:
    """Unread."""
    with pytest.raises(CursorRefused):
        CURSORS.opened(CURSORS.signed("x" * 5000, BOUND_TO), BOUND_TO)
