"""The operators' ``rematch``, from the words typed to what is printed and done."""

from __future__ import annotations

import pytest

from chalicelib.ports.errors import StorageBusy
from infra.errors import InfraError
from tests.builders import make_organisation
from tests.signal_requests import make_caller, make_card, make_request
from tests.unit.operators.counter import Counter

GGD = make_caller(make_organisation("ggd"))


@pytest.fixture
def counter(capsys: pytest.CaptureFixture[str]) -> Counter:
    """An operator at a region with a pair that nobody has matched yet."""
    found = Counter(capsys)
    found.region.give()
    found.region.give(make_request(professional=make_card(email="x@ggd.example")), caller=GGD)
    found.region.storage.state.pending.clear()
    return found


@pytest.mark.parametrize(
    "words", ["", "--since 2026-11-22", "--signal lo-00000000000000000000000000000001",
              "--postal-code 3511AB --house-number 12"]
)  # fmt: skip
def test_what_would_change_is_shown_and_not_done(counter: Counter, words: str) -> None:
    """A line each, then counts."""
    printed = counter.type(f"rematch local {words}")

    first, *rest = printed.splitlines()
    assert first.startswith("PERSON\tarises\t")
    assert rest[-1] == "nothing was written; --apply has it done"
    assert "arises" in rest[1]
    assert (counter.region.storage.state.matches, counter.region.storage.state.pending) == ({}, {})


def test_the_functions_are_asked_to_do_it(counter: Counter) -> None:
    """By work items that the minute function takes up."""
    printed = counter.type("rematch local --apply")

    assert "signals: 2; with something to change: 2" in printed
    assert len(counter.region.storage.state.pending) == 2


def test_it_is_done_here_at_once(counter: Counter) -> None:
    """After which nothing is left to change."""
    counter.type("rematch local --apply --here")

    assert len(counter.region.storage.state.matches) == 1
    assert counter.type("rematch local --since 2020-01-01").startswith(
        "signals: 2; with something to change: 0"
    )


def test_what_cannot_be_read_is_named(counter: Counter) -> None:
    """So that it can be looked at."""

    def busy(operation: str) -> None:
        if operation == "signals.holders":
            raise StorageBusy

    counter.region.storage.state.before = busy

    assert "  not read: lo-00000000000000000000000000000001\n" in counter.type("rematch local")


@pytest.mark.parametrize(
    ("words", "complaint"), [("--here", "add --apply"), ("--postal-code 3511AB", "a house number")]
)
def test_half_an_order_is_refused_plainly(counter: Counter, words: str, complaint: str) -> None:
    """Before anything is read."""
    with pytest.raises(InfraError, match=complaint):
        counter.type(f"rematch local {words}")
