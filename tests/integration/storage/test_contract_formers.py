"""What every store of work items keeps of what a signal said before (decision 14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.signal import SignalState
from chalicelib.matching import Youth
from chalicelib.ports.storage import PendingWork, Storage
from tests.builders import NOW, make_youth
from tests.integration.storage.given import change, give

FIRST, SECOND, THIRD = (make_youth(given_names=name) for name in ("Sebastiaan", "Bas", "Sebas"))
LATER = NOW + timedelta(minutes=5)


def test_a_new_signal_said_nothing_before(storage: Storage) -> None:
    """Its work item holds no record."""
    give(storage, youth=FIRST)

    assert _formers(storage) == frozenset()


def test_what_a_change_takes_away_gathers_with_the_work_item(storage: Storage) -> None:
    """However many changes come before the reconcile, and whatever else is asked meanwhile."""
    signal = give(storage, youth=FIRST)
    signal = change(storage, signal, youth=SECOND)
    storage.work.add_pending("lo-s1", signal.revision, LATER)
    storage.work.put_off(_pending(storage), "StorageBusy", LATER)
    change(storage, signal, youth=THIRD)

    assert _formers(storage) == {FIRST, SECOND}


@pytest.mark.rule("D35")
def test_what_a_retraction_takes_away_goes_with_the_work(storage: Storage) -> None:
    """It is there while the others have yet to be told, and no longer."""
    signal = give(storage, youth=FIRST)
    change(storage, signal, youth=None, state=SignalState.RETRACTED)
    before = _formers(storage)
    storage.work.done(_pending(storage))

    assert before == {FIRST}
    assert storage.work.pending("lo-s1") is None


def test_what_the_signal_still_says_is_not_kept_twice(storage: Storage) -> None:
    """A closed signal keeps its record for the archive."""
    signal = give(storage, youth=FIRST)
    change(storage, signal, state=SignalState.CLOSED)

    assert _formers(storage) == frozenset()


def _pending(storage: Storage) -> PendingWork:
    work = storage.work.pending("lo-s1")
    assert work is not None
    return work


def _formers(storage: Storage) -> frozenset[Youth]:
    return storage.work.formers(_pending(storage))
