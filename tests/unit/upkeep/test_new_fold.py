"""A region moves from the fold it is kept by to the next one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.signal import SignalState
from chalicelib.ports.sealing import SealBroken
from chalicelib.upkeep.keysets import SETTLING, KeysetRefused
from tests.signal_requests import FORMER_KEYSET, NEXT_KEYSET, make_caller
from tests.unit.organisations.operators import OPERATOR
from tests.unit.upkeep.rotating import Operator


def test_a_new_fold_brings_a_new_secret() -> None:
    """For at the end of the change the old version of the secret goes."""
    operator = Operator(kept_by=FORMER_KEYSET)

    with pytest.raises(KeysetRefused, match="new version of the secret"):
        operator.keysets.begin("v1", operator=OPERATOR)
    assert operator.versions.names() == {"v1"}


def test_a_region_moves_to_a_new_fold() -> None:
    """Its signals get the families of the new fold and lose those of the old, in the archive too."""
    operator = Operator(kept_by=FORMER_KEYSET)
    state = operator.region.storage.state
    operator.region.ending.close(make_caller(), min(state.signals))
    before = {key.family for key in (*state.keys, *state.archive_keys)}

    operator.begin()
    found_before = operator.rekeying.verify()
    report = operator.rekeying.backfill()
    found = operator.rekeying.verify()
    operator.keysets.switch(operator=OPERATOR)
    operator.region.clock.advance(SETTLING)
    operator.rekeying.drop(operator=OPERATOR)

    assert found_before.lacking == tuple(sorted(state.signals))
    assert (report.signals, report.rewritten, found.clean) == (3, 3, True)
    after = {key for held in (state.keys, state.archive_keys) for key, ids in held.items() if ids}
    assert {key.keyset for key in after} == {NEXT_KEYSET}
    assert {"birthday-surname", "archive-birthday-surname"} <= before
    assert {"birthday-names", "archive-birthday-names"} <= {key.family for key in after}
    assert not {key.family for key in after} & {"birthday-surname", "archive-birthday-surname"}


def test_of_a_new_fold_a_key_that_is_missing_is_found_out() -> None:
    """Numbers of keys do not tell, so each record is opened."""
    operator = Operator(kept_by=FORMER_KEYSET)
    state = operator.region.storage.state
    operator.begin()
    operator.rekeying.backfill()
    first = min(state.signals)
    lost = next(key for key in state.signals[first].keys if key.family == "birthday-names")
    state.signals[first] = replace(state.signals[first], keys=state.signals[first].keys - {lost})
    state.keys[lost].discard(first)

    assert operator.rekeying.verify().lacking == (first,)
    assert operator.rekeying.backfill().rewritten == 1
    assert operator.rekeying.verify().clean


def test_of_a_new_fold_a_record_that_does_not_open_is_named() -> None:
    """Nobody can say which keys it should have."""
    operator = Operator(kept_by=FORMER_KEYSET)
    operator.begin()
    operator.rekeying.backfill()

    def broken(operation: str) -> None:
        if operation == "signals.get":
            raise SealBroken("a record")

    operator.region.storage.state.before = broken

    assert operator.rekeying.verify().lacking == tuple(sorted(operator.region.storage.state.signals))


def test_of_a_new_fold_a_signal_that_is_written_meanwhile_is_left_to_its_writer() -> None:
    """Who writes it now writes all its keys."""
    operator = Operator(kept_by=FORMER_KEYSET)
    operator.begin()
    operator.rekeying.backfill()
    state = operator.region.storage.state

    def written(operation: str) -> None:
        if operation == "signals.get":
            state.signals.update(
                {one: replace(signal, revision=signal.revision + 1) for one, signal in state.signals.items()}
            )

    state.before = written

    assert operator.rekeying.verify().lacking == ()


def test_of_a_new_fold_a_signal_that_is_hidden_gets_no_keys() -> None:
    """Nobody may find it while a right is being decided (D33)."""
    operator = Operator(kept_by=FORMER_KEYSET)
    state = operator.region.storage.state
    first = min(state.signals)
    for key in state.signals[first].keys:
        state.keys[key].discard(first)
    state.signals[first] = replace(state.signals[first], state=SignalState.RESTRICTED, keys=frozenset())
    operator.begin()

    assert operator.rekeying.backfill().rewritten == 2
    assert operator.rekeying.verify().clean
    assert not state.signals[first].keys
