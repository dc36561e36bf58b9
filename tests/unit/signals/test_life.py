"""The one table of what can happen to a signal."""

from __future__ import annotations

import pytest

from chalicelib.domain.errors import SignalAlreadyEnded, SignalRestricted
from chalicelib.domain.signal import SignalState
from chalicelib.signals.ending import ended
from chalicelib.signals.life import LIFE, OPEN_STATES, Keeps, Step, has_ended, require
from docs.life.page import PAGE, page
from tests.builders import NOW, make_signal

FINAL = frozenset(SignalState) - OPEN_STATES
ENDING = [row for row in LIFE if row.target in FINAL]


@pytest.mark.rule("D8")
def test_the_table_is_the_life_that_the_rules_describe() -> None:
    """Each step once, with the state it leads to and what stays."""
    found = {row.step: (row.target, row.keeps) for row in LIFE}

    assert len(LIFE) == len(found) == len(Step)
    assert found == {
        Step.GIVE: (SignalState.ACTIVE, Keeps.RECORD),
        Step.CHANGE: (None, Keeps.RECORD),
        Step.RENEW: (SignalState.CLOSED, Keeps.NOTHING),
        Step.OPEN_HISTORY: (None, Keeps.RECORD),
        Step.RESTRICT: (SignalState.RESTRICTED, Keeps.RECORD),
        Step.RELEASE: (SignalState.ACTIVE, Keeps.RECORD),
        Step.CLOSE: (SignalState.CLOSED, Keeps.HISTORY),
        Step.RETRACT: (SignalState.RETRACTED, Keeps.NOTHING),
        Step.EXPIRE: (SignalState.EXPIRED, Keeps.HISTORY),
        Step.COME_OF_AGE: (SignalState.ERASED, Keeps.NOTHING),
        Step.LEAVE_ARCHIVE: (SignalState.ERASED, Keeps.NOTHING),
        Step.DIE: (SignalState.ERASED, Keeps.NOTHING),
        Step.ERASE: (SignalState.ERASED, Keeps.NOTHING),
    }


@pytest.mark.rule("D8")
def test_nothing_comes_back_to_life() -> None:
    """From a final state nothing leads but to having it erased, also by the end of the archive."""
    leading = {(row.step, row.target) for row in LIFE if row.sources & FINAL}

    assert leading == {
        (Step.LEAVE_ARCHIVE, SignalState.ERASED),
        (Step.DIE, SignalState.ERASED),
        (Step.ERASE, SignalState.ERASED),
    }
    assert {state for state in SignalState if has_ended(state)} == FINAL


@pytest.mark.rule("D33")
def test_while_a_right_is_decided_a_signal_is_not_renewed_but_can_be_ended() -> None:
    """Else the renewal would match what must not."""
    with pytest.raises(SignalRestricted):
        require(SignalState.RESTRICTED, Step.RENEW)

    assert require(SignalState.RESTRICTED, Step.CLOSE).target is SignalState.CLOSED
    assert require(SignalState.RESTRICTED, Step.RETRACT).target is SignalState.RETRACTED


@pytest.mark.rule("D34")
@pytest.mark.parametrize("state", sorted(FINAL))
def test_what_has_ended_is_not_closed_again(state: SignalState) -> None:
    """It says how it ended."""
    with pytest.raises(SignalAlreadyEnded) as raised:
        require(state, Step.CLOSE)

    assert raised.value.state is state


@pytest.mark.rule("D35")
@pytest.mark.parametrize("step", [row.step for row in ENDING])
def test_an_end_leaves_what_the_table_says(step: Step) -> None:
    """No keys in any case; a record only where there is a history to keep."""
    (row,) = (row for row in LIFE if row.step is step)

    over = ended(make_signal(state=min(row.sources)), step, NOW)

    assert over.keys == frozenset()
    assert (over.youth is not None, over.digest != "") == (row.keeps is Keeps.HISTORY,) * 2


def test_a_step_that_ends_nothing_is_no_end() -> None:
    """A mistake of ours, not of a caller."""
    with pytest.raises(ValueError, match="RESTRICT ends no signal"):
        ended(make_signal(), Step.RESTRICT, NOW)


def test_the_committed_page_is_what_the_table_says() -> None:
    """When this fails: ``python -m docs.life``."""
    assert PAGE.read_text(encoding="utf-8") == page()
