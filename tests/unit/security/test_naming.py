"""Ids and references are unique, well-formed and safe to say on the phone."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.security.naming import ALPHABET, RandomNames, check_symbol, match_key, signal_number

NAMES = RandomNames("lo")
BODIES = st.text(alphabet=ALPHABET, min_size=8, max_size=8)


def test_alphabet_has_no_look_alikes() -> None:
    """31 symbols, none of which is taken for another."""
    assert len(set(ALPHABET)) == 31
    assert not set(ALPHABET) & set("01ILO")


def test_names_are_well_formed() -> None:
    """Each kind in its own form."""
    symbol = f"[{ALPHABET}]"

    assert re.fullmatch(r"lo-[0-9a-f]{32}", NAMES.new_id())
    assert re.fullmatch(rf"S-{symbol}{{4}}-{symbol}{{4}}", NAMES.signal_number())
    assert re.fullmatch(rf"M-{symbol}{{4}}-{symbol}{{4}}-{symbol}", NAMES.match_key())
    assert re.fullmatch(r"[0-9a-f]{12}", NAMES.token())


def test_names_do_not_repeat() -> None:
    """Not in a thousand."""
    for make in (NAMES.new_id, NAMES.signal_number, NAMES.match_key, NAMES.token):
        assert len({make() for _ in range(1_000)}) == 1_000


def test_names_are_written_in_groups() -> None:
    """Four symbols at a time."""
    assert signal_number("7KQ4M2XD") == "S-7KQ4-M2XD"
    assert match_key("4TZ9K3WD") == f"M-4TZ9-K3WD-{check_symbol('4TZ9K3WD')}"


@given(body=BODIES, place=st.integers(0, 7), symbol=st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_caught(body: str, place: int, symbol: str) -> None:
    """The check symbol of what was misheard is another."""
    misheard = body[:place] + symbol + body[place + 1 :]

    assert (check_symbol(misheard) == check_symbol(body)) is (misheard == body)


@given(body=BODIES)
def test_any_swap_is_caught(body: str) -> None:
    """Of two neighbours, of two that stand apart, and with the check symbol itself."""
    whole = body + check_symbol(body)
    for one, other in combinations(range(9), 2):
        symbols = list(whole)
        symbols[one], symbols[other] = symbols[other], symbols[one]
        swapped = "".join(symbols)

        assert (check_symbol(swapped[:8]) == swapped[8]) is (swapped == whole)


def test_foreign_symbol_has_no_check() -> None:
    """A symbol outside the alphabet is refused."""
    with pytest.raises(ValueError, match="not found"):
        check_symbol("0TZ9K3WD")
