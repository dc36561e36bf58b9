"""What must still be as it was read when something is written."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.matches.closure import Closure
from chalicelib.matches.guards import guarded, guards_of
from chalicelib.matches.match_keys import KeyedSettlement
from chalicelib.matches.settle import Settlement
from chalicelib.ports.storage import Guard
from tests.builders import make_match, make_signal

SUBJECT, OWN, OTHER = make_signal("lo-1"), make_signal("lo-2"), make_signal("lo-3", "ggd")
READ = Closure("lo-1", signals={one.id: one for one in (replace(SUBJECT, revision=4), OWN, OTHER)})


def rewritten(read: Closure) -> tuple[KeyedSettlement, ...]:
    """A match of two signals that gets another key, if it may be written."""
    match = make_match(OWN, OTHER)
    change = Settlement(match=replace(match, match_key="M-2222-2223-4"), previous=match)
    return guarded(read, [KeyedSettlement(settlement=change, name=None)])


def test_the_signal_a_reconcile_was_begun_for_is_guarded_too() -> None:
    """Whether it is active or not: what it bore on is written before its next revision, or not at all."""
    assert guards_of(READ, {"lo-2", "lo-3"}, active=True) == (
        Guard(signal_id="lo-1", revision=4, active=False),
        Guard(signal_id="lo-2", revision=1, active=True),
        Guard(signal_id="lo-3", revision=1, active=True),
    )


def test_a_subject_that_is_gone_guards_nothing() -> None:
    """It is reconciled from its stored matches."""
    gone = Closure("lo-9", signals=READ.signals)

    assert [one.signal_id for one in guards_of(gone, {"lo-2"}, active=True)] == ["lo-2"]


def test_a_match_of_which_a_side_was_not_read_keeps_the_key_it_has() -> None:
    """Nobody could say whether it still holds."""
    rim = Closure("lo-1", signals={"lo-1": SUBJECT, "lo-2": OWN})

    assert len(rewritten(READ)) == 1
    assert rewritten(rim) == ()
