"""What every store of repeats does with a request under a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.ports.errors import NameTaken, Stale, StillRunning
from chalicelib.ports.repeats import Run
from chalicelib.ports.storage import Storage
from tests.builders import NOW, make_organisation
from tests.integration.storage.given import new_audit

RUN = Run(
    name="idempotency#school#1",
    digest="d1",
    owner="run#1",
    until=NOW + timedelta(seconds=30),
    expires_at=NOW + timedelta(hours=24),
)
SECOND = replace(RUN, owner="run#2", until=NOW + timedelta(seconds=60))


def test_a_key_is_taken_once_and_tells_what_was_made(storage: Storage) -> None:
    """The first run goes ahead; after it every repeat is told."""
    assert storage.repeats.begin(RUN, NOW) is None

    storage.repeats.finish(RUN, "lo-1")

    assert storage.repeats.begin(SECOND, NOW) == "lo-1"
    assert storage.repeats.begin(replace(RUN, owner="run#3"), NOW + timedelta(hours=23)) == "lo-1"


def test_an_organisation_and_the_run_that_made_it_are_one_write(storage: Storage) -> None:
    """A repeat is told which one; a run whose key is another's by now makes none."""
    school, ggd = make_organisation("school"), make_organisation("ggd")
    storage.repeats.begin(RUN, NOW)
    storage.organisations.put(school, previous_revision=None, audit=new_audit(), run=RUN)

    with pytest.raises(Stale):
        storage.organisations.put(ggd, previous_revision=None, audit=new_audit(), run=SECOND)

    assert storage.repeats.begin(SECOND, NOW) == "school"
    assert storage.organisations.get("ggd") is None


def test_two_runs_at_once_are_refused(storage: Storage) -> None:
    """Until the first is done, or lost."""
    storage.repeats.begin(RUN, NOW)

    with pytest.raises(StillRunning):
        storage.repeats.begin(SECOND, NOW + timedelta(seconds=29))

    assert storage.repeats.begin(SECOND, NOW + timedelta(seconds=30)) is None


def test_a_run_that_was_lost_decides_nothing_any_more(storage: Storage) -> None:
    """Its key is another's: neither its end nor its giving up is heard."""
    storage.repeats.begin(RUN, NOW)
    storage.repeats.begin(SECOND, NOW + timedelta(seconds=31))

    storage.repeats.finish(RUN, "lo-1")
    storage.repeats.abandon(RUN)

    with pytest.raises(StillRunning):
        storage.repeats.begin(RUN, NOW + timedelta(seconds=32))
    storage.repeats.finish(SECOND, "lo-2")
    assert storage.repeats.begin(RUN, NOW + timedelta(seconds=33)) == "lo-2"


@pytest.mark.parametrize("done", [False, True])
def test_a_key_that_was_used_for_something_else_is_taken(storage: Storage, done: bool) -> None:  # noqa: FBT001
    """Whether that is done or not, and though it may be lost."""
    storage.repeats.begin(RUN, NOW)
    if done:
        storage.repeats.finish(RUN, "lo-1")

    with pytest.raises(NameTaken):
        storage.repeats.begin(replace(SECOND, digest="d2"), NOW + timedelta(minutes=5))


def test_after_its_time_a_key_is_free(storage: Storage) -> None:
    """For anything; the row's own time is judged, whether it was swept up or not."""
    storage.repeats.begin(RUN, NOW)
    storage.repeats.finish(RUN, "lo-1")
    other = replace(SECOND, digest="d2", expires_at=NOW + timedelta(hours=48))

    assert storage.repeats.begin(other, NOW + timedelta(hours=24)) is None


def test_a_run_that_made_nothing_frees_its_key(storage: Storage) -> None:
    """For what was meant."""
    storage.repeats.begin(RUN, NOW)

    storage.repeats.abandon(RUN)

    assert storage.repeats.begin(replace(SECOND, digest="d2"), NOW) is None
