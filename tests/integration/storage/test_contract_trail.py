"""What every audit store does: entries are added, and found again by whom, what and whose they are (D39)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act, AuditEntry, Period
from chalicelib.domain.dates import latest_planned_end
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.storage import Storage
from tests.builders import NOW
from tests.integration.storage.conftest import Region
from tests.integration.storage.given import new_audit

YOUTH = "5a" * 16

pytestmark = pytest.mark.rule("D39")


def entry(
    minute: int, organisation: str = "school", resource: str = "lo-s1", youth: str | None = YOUTH
) -> AuditEntry:
    """An entry that was written so many minutes after the first."""
    return AuditEntry.of(
        Act.SIGNAL_READ,
        resource,
        organisation_id=organisation,
        professional_id="p1",
        at=NOW + timedelta(minutes=minute),
        token=f"t{minute}",
        request_id="r-1",
        token_id="jti-1",
        youth=youth,
    )


def write(storage: Storage, *entries: AuditEntry) -> None:
    """Have them in the trail."""
    for one in entries:
        storage.audit.append(one)


def test_an_entry_is_written_once(storage: Storage) -> None:
    """Under an id that is there nothing is written."""
    first = new_audit()
    storage.audit.append(first)

    with pytest.raises(AlreadyThere):
        storage.audit.append(replace(first, resource="lo-s2"))

    assert storage.audit.of_organisation("school", limit=10).items == (first,)


def test_entries_read_back_as_written(storage: Storage) -> None:
    """Every field, by organisation, by resource and by youth."""
    own, others = entry(1), entry(2, "ggd", resource="lo-s2")
    write(storage, own, others)

    assert storage.audit.of_organisation("school", limit=10).items == (own,)
    assert storage.audit.of_resource("lo-s2", limit=10).items == (others,)
    assert storage.audit.of_youth(YOUTH, limit=10).items == (own, others)


def test_entries_about_nobody_are_in_no_list_of_a_youth(storage: Storage) -> None:
    """What is about no youth has no pseudonym."""
    about_nobody = entry(1, youth=None)
    write(storage, about_nobody)

    assert storage.audit.of_youth(YOUTH, limit=10).items == ()
    assert storage.audit.of_resource("lo-s1", limit=10).items == (about_nobody,)


def test_entries_come_page_by_page(storage: Storage) -> None:
    """Oldest first, each once; the last page has no next."""
    written = [entry(minute) for minute in range(5)]
    write(storage, *reversed(written))

    first = storage.audit.of_resource("lo-s1", limit=2)
    second = storage.audit.of_resource("lo-s1", limit=2, after=first.next)
    third = storage.audit.of_resource("lo-s1", limit=2, after=second.next)

    assert [*first.items, *second.items, *third.items] == written
    assert third.next is None


def test_entries_of_a_period(storage: Storage) -> None:
    """From its first moment on, and before its last; one that ends before it begins holds nothing."""
    written = [entry(minute) for minute in range(5)]
    write(storage, *written)
    period = Period(since=written[1].at, until=written[3].at)

    assert storage.audit.of_organisation("school", limit=10, period=period).items == (written[1], written[2])
    assert storage.audit.of_youth(YOUTH, limit=1, period=period).next == written[1].id
    assert storage.audit.of_youth(YOUTH, limit=9, after=written[1].id, period=period).items == (written[2],)
    backwards = Period(since=written[3].at, until=written[1].at)
    assert storage.audit.of_organisation("school", limit=10, period=backwards).items == ()


def test_an_entry_is_shown_as_long_as_the_law_keeps_it(region: Region) -> None:
    """Five years to the moment, swept up or not."""
    written = entry(0)
    write(region.storage, written)
    end = region.clock.moment.replace(year=latest_planned_end(NOW.date(), 5).year)

    region.clock.moment = end - timedelta(seconds=1)
    assert region.storage.audit.of_organisation("school", limit=10).items == (written,)
    region.clock.moment = end
    assert region.storage.audit.of_organisation("school", limit=10).items == ()
