"""Audit entries."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from chalicelib.domain.audit import Act, AuditEntry
from tests.builders import NOW
from tests.signal_requests import make_caller


def test_an_entry_is_named_after_its_moment_in_utc() -> None:
    """So that the trail of an organisation is in order of time, to the millisecond."""
    moment = datetime(2026, 11, 22, 10, 30, 0, 5000, tzinfo=timezone(timedelta(hours=1)))

    entry = AuditEntry.of(
        Act.SIGNAL_READ, "lo-s1", organisation_id="school", professional_id=None, at=moment, token="a1"
    )

    assert entry.id == "2026-11-22T09:30:00.005Z#a1"


def test_a_caller_makes_entries_in_its_own_name() -> None:
    """Organisation and acting professional."""
    caller = make_caller(professional_id="staff-9")

    assert caller.entry(Act.SIGNALS_LISTED, "signals", at=NOW, token="a1") == AuditEntry(
        id="2026-11-22T09:30:00.000Z#a1",
        organisation_id="school",
        professional_id="staff-9",
        act=Act.SIGNALS_LISTED,
        resource="signals",
        at=NOW,
    )
