"""What every store of work items and leases does."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from chalicelib.ports.storage import PendingWork, Recheck, Storage
from tests.builders import NOW, TODAY
from tests.integration.storage.given import key

SOON = NOW + timedelta(minutes=1)
LATER = NOW + timedelta(minutes=5)


def test_pending_work_is_read_back(storage: Storage) -> None:
    """A reconcile can be asked for without a change."""
    storage.work.add_pending("lo-s1", 3, NOW)

    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=3, since=NOW)
    assert storage.work.pending("lo-s2") is None


def test_later_revision_stays_pending(storage: Storage) -> None:
    """Who asks for an older revision does not hide that a newer one waits."""
    storage.work.add_pending("lo-s1", 3, NOW)
    storage.work.add_pending("lo-s1", 2, LATER)

    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=3, since=NOW)


def test_work_that_is_done_is_gone(storage: Storage) -> None:
    """Doing it twice is harmless."""
    storage.work.add_pending("lo-s1", 1, NOW)
    work = PendingWork(signal_id="lo-s1", revision=1, since=NOW)
    storage.work.done(work)
    storage.work.done(work)

    assert storage.work.pending("lo-s1") is None


def test_work_asked_for_meanwhile_stays(storage: Storage) -> None:
    """Neither a later revision nor a later request of the same one is done by an earlier reconcile."""
    storage.work.add_pending("lo-s1", 1, NOW)
    storage.work.add_pending("lo-s2", 1, NOW)
    storage.work.add_pending("lo-s1", 2, NOW)
    storage.work.add_pending("lo-s2", 1, SOON)
    for signal_id in ("lo-s1", "lo-s2"):
        storage.work.done(PendingWork(signal_id=signal_id, revision=1, since=NOW))

    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=2, since=NOW)
    assert storage.work.pending("lo-s2") == PendingWork(signal_id="lo-s2", revision=1, since=SOON)


def test_pending_before_a_moment(storage: Storage) -> None:
    """Only what has waited; the moment itself does not count."""
    storage.work.add_pending("lo-s1", 1, NOW)
    storage.work.add_pending("lo-s2", 1, SOON)

    assert storage.work.pending_before(SOON, limit=10) == (
        PendingWork(signal_id="lo-s1", revision=1, since=NOW),
    )
    assert storage.work.pending_before(NOW, limit=10) == ()


def test_buckets_take_turns(storage: Storage) -> None:
    """Oldest first in a bucket, and no bucket waits until another is empty."""
    ids = [f"lo-s{number}" for number in range(200)]
    low, high = ([one for one in ids if bucket_of(one, WORK_BUCKETS) == bucket][:2] for bucket in (3, 9))
    for signal_id, since in ((low[0], SOON), (low[1], NOW), (high[0], NOW), (high[1], SOON)):
        storage.work.add_pending(signal_id, 1, since)

    found = storage.work.pending_before(LATER, limit=3)

    assert [work.signal_id for work in found] == [low[1], high[0], low[0]]


def test_lease_is_one_owners(storage: Storage) -> None:
    """Until it runs out."""
    assert storage.leases.acquire("delivery#a", "one", now=NOW, until=SOON)
    assert not storage.leases.acquire("delivery#a", "two", now=NOW, until=LATER)
    assert storage.leases.acquire("delivery#b", "two", now=NOW, until=LATER)
    assert storage.leases.acquire("delivery#a", "two", now=SOON, until=LATER)
    assert not storage.leases.acquire("delivery#a", "one", now=SOON, until=LATER)


def test_lease_is_extended_by_its_owner(storage: Storage) -> None:
    """Who holds it may hold it longer."""
    assert storage.leases.acquire("delivery#a", "one", now=NOW, until=SOON)
    assert storage.leases.acquire("delivery#a", "one", now=NOW, until=LATER)
    assert not storage.leases.acquire("delivery#a", "two", now=SOON, until=LATER)


def test_released_lease_is_free(storage: Storage) -> None:
    """Only its owner can release it."""
    storage.leases.acquire("delivery#a", "one", now=NOW, until=LATER)
    storage.leases.release("delivery#a", "two")
    assert not storage.leases.acquire("delivery#a", "two", now=NOW, until=LATER)
    storage.leases.release("delivery#a", "one")
    storage.leases.release("delivery#a", "one")

    assert storage.leases.acquire("delivery#a", "two", now=NOW, until=LATER)


def test_work_put_off_waits_for_its_time(storage: Storage) -> None:
    """It keeps since when it waits, how often it was tried, and the class of the last error."""
    storage.work.add_pending("lo-s1", 1, NOW)
    first = PendingWork(signal_id="lo-s1", revision=1, since=NOW)
    storage.work.put_off(first, "SealBroken", SOON)
    (second,) = storage.work.pending_before(LATER, limit=10)
    storage.work.put_off(second, "StorageBusy", LATER)

    assert second == PendingWork(
        signal_id="lo-s1", revision=1, since=NOW, attempts=1, error="SealBroken", not_before=SOON
    )
    assert storage.work.pending("lo-s1") == PendingWork(
        signal_id="lo-s1", revision=1, since=NOW, attempts=2, error="StorageBusy", not_before=LATER
    )
    assert storage.work.pending_before(LATER, limit=10) == ()


def test_work_asked_for_anew_is_not_put_off(storage: Storage) -> None:
    """An attempt at an earlier request says nothing of a later one, and brings back nothing done."""
    storage.work.add_pending("lo-s1", 1, NOW)
    storage.work.add_pending("lo-s1", 2, SOON)
    for signal_id in ("lo-s1", "lo-s2"):
        earlier = PendingWork(signal_id=signal_id, revision=1, since=NOW)
        storage.work.put_off(earlier, "SealBroken", LATER)

    assert storage.work.pending("lo-s1") == PendingWork(signal_id="lo-s1", revision=2, since=SOON)
    assert storage.work.pending("lo-s2") is None


def test_work_that_failed_is_done_as_any_other(storage: Storage) -> None:
    """Whoever read it before the attempt was noted may still finish it."""
    storage.work.add_pending("lo-s1", 1, NOW)
    work = PendingWork(signal_id="lo-s1", revision=1, since=NOW)
    storage.work.put_off(work, "SealBroken", LATER)
    storage.work.done(work)

    assert storage.work.pending("lo-s1") is None


def test_a_new_look_is_asked_for_a_day(storage: Storage) -> None:
    """It is there from that day on until it is done; asking twice is asking once."""
    later = [Recheck(TODAY + timedelta(days=day), key("a")) for day in (3, 1)]
    for recheck in (*later, *later):
        storage.work.recheck(recheck)

    assert storage.work.rechecks_until(TODAY, limit=10) == ()
    assert storage.work.rechecks_until(later[1].day, limit=10) == (later[1],)
    assert storage.work.rechecks_until(later[0].day, limit=10) == (later[1], later[0])
    assert storage.work.rechecks_until(later[0].day, limit=1) == (later[1],)
    for _ in range(2):
        storage.work.recheck_done(later[1])
    assert storage.work.rechecks_until(later[0].day, limit=10) == (later[0],)
