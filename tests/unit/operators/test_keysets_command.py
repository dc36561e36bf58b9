"""The operators' ``keysets``, from the words typed to what is printed."""

from __future__ import annotations

import pytest

from chalicelib.ports.errors import StorageBusy
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.upkeep.keysets import SETTLING
from infra.errors import InfraError
from tests.signal_requests import NEXT_KEYSET
from tests.unit.operators.counter import Counter


@pytest.fixture
def counter(capsys: pytest.CaptureFixture[str]) -> Counter:
    """An operator at a region with a signal."""
    found = Counter(capsys)
    found.region.give()
    return found


def test_a_secret_is_changed_step_by_step(counter: Counter) -> None:
    """Each step says what it did and what comes next."""
    advance = counter.region.clock.advance

    before = counter.type("keysets show local")
    begun = counter.type("keysets begin local v2")
    backfilled = counter.type("keysets backfill local")
    advance(SETTLING)
    verified = counter.type("keysets verify local")
    between = counter.type("keysets show local")
    switched = counter.type("keysets switch local")
    advance(SETTLING)
    dropped = counter.type("keysets drop local")

    assert before.splitlines() == [
        f"written: {FIRST_KEYSET}",
        f"read: {FIRST_KEYSET}",
        "versions of the secret: v1",
        "no change is under way",
    ]
    assert begun == f"{FIRST_KEYSET} and {NEXT_KEYSET} are written and read from now on; next: backfill\n"
    assert backfilled == "signals: 1; given new keys: 1; addresses: 0\nnext: verify\n"
    assert verified.endswith("everything is found under the new key set; next: switch\n")
    assert between.endswith(
        f"under way: from {FIRST_KEYSET} to {NEXT_KEYSET}, VERIFIED since 2026-11-22 09:30 UTC\n"
    )
    assert switched == f"only {NEXT_KEYSET} is written and read from now on; next: drop\n"
    assert dropped == (
        "signals: 1; rid of old keys: 1; addresses: 0\nthe old keys and their secret are gone\n"
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("keysets begin local two", "called v1, v2"),
        ("keysets begin local v1", "in use already"),
        ("keysets switch local", "begin one"),
    ],
)
def test_what_an_operator_can_put_right_is_said_plainly(counter: Counter, words: str, complaint: str) -> None:
    """And nothing is changed."""
    with pytest.raises(InfraError, match=complaint):
        counter.type(words)

    assert counter.type("keysets show local").endswith("no change is under way\n")


def test_verifying_too_little_sends_back_to_backfilling(counter: Counter) -> None:
    """It names what is lacking."""
    counter.type("keysets begin local v2")
    counter.region.clock.advance(SETTLING)

    with pytest.raises(InfraError, match="backfill, then verify again"):
        counter.type("keysets verify local")


def test_a_walk_that_left_signals_out_is_to_be_made_again(counter: Counter) -> None:
    """It names them."""
    counter.type("keysets begin local v2")

    def busy(operation: str) -> None:
        if operation == "census.rekey":
            raise StorageBusy

    counter.region.storage.state.before = busy

    with pytest.raises(InfraError, match="1 signals could not be written now; do this again:\n  lo-0"):
        counter.type("keysets backfill local")
