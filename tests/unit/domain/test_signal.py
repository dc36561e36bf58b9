"""What a signal knows of itself."""

from __future__ import annotations

from datetime import date

import pytest

from chalicelib.domain.signal import SignalState
from tests.builders import TODAY, make_signal


@pytest.mark.rule("D8")
@pytest.mark.parametrize("state", list(SignalState))
def test_only_an_active_signal_is_active(state: SignalState) -> None:
    """No other state matches."""
    assert make_signal(state=state).is_active(TODAY) is (state is SignalState.ACTIVE)


@pytest.mark.rule("D8")
@pytest.mark.parametrize(("last_day", "active"), [(TODAY, True), (date(2026, 11, 21), False)])
def test_a_signal_is_active_through_its_last_day(last_day: date, *, active: bool) -> None:
    """Whatever the expiry run has done."""
    assert make_signal(ends_on=last_day).is_active(TODAY) is active
