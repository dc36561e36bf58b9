"""The steps of a change of key set: their order, what breaks off, and what is found astray."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.signal import Archived, IndexKey
from chalicelib.matching import Address
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import ExcludedAddress
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.index_keys import keys_for_archive
from chalicelib.upkeep import progress
from chalicelib.upkeep.keysets import SETTLING, KeysetRefused, Step
from chalicelib.upkeep.rekeying import Findings
from tests.builders import TODAY, keysets_in_use, make_youth
from tests.signal_requests import NEXT_KEYSET, make_caller
from tests.unit.organisations.operators import OPERATOR, acts_of
from tests.unit.upkeep.rotating import Operator

SHELTER = ExcludedAddress(
    id="lo-e1",
    form="3511AB|12",
    level="NUMBER",
    kind="SHELTER",
    source="gemeente",
    valid_from=TODAY,
    valid_until=None,
    address=Address(postal_code="3511AB", house_number=12),
)
STRAY = IndexKey("bsn", FIRST_KEYSET, b"stray")


@pytest.fixture
def operator() -> Operator:
    """An operator."""
    return Operator()


@pytest.mark.rule("D39")
def test_each_step_that_changes_what_is_read_is_in_the_trail(operator: Operator) -> None:
    """With who did it."""
    operator.switch()
    operator.rekeying.drop(operator=OPERATOR)

    assert acts_of(operator.region) == [
        (Act.KEYSETS_CHANGED, f"keysets/{NEXT_KEYSET}"),
        (Act.KEYSETS_CHANGED, f"keysets/{NEXT_KEYSET}"),
        (Act.KEYSETS_CHANGED, f"keysets/{FIRST_KEYSET}"),
    ]


@pytest.mark.parametrize(
    "step",
    [
        lambda operator: operator.rekeying.backfill(),
        lambda operator: operator.rekeying.verify(),
        lambda operator: operator.keysets.switch(operator=OPERATOR),
        lambda operator: operator.rekeying.drop(operator=OPERATOR),
    ],
)
def test_nothing_comes_before_begin(operator: Operator, step: Callable[[Operator], object]) -> None:
    """And it says so."""
    with pytest.raises(KeysetRefused, match="begin one"):
        step(operator)


def test_nothing_is_dropped_before_the_switch_nor_right_after_it(operator: Operator) -> None:
    """A function that reads as before may still be running."""
    operator.begin()
    with pytest.raises(KeysetRefused, match="needs SWITCHED"):
        operator.rekeying.drop(operator=OPERATOR)
    operator.rekeying.backfill()
    operator.rekeying.verify()
    operator.keysets.switch(operator=OPERATOR)

    with pytest.raises(KeysetRefused, match="10:10:00 UTC"):
        operator.rekeying.drop(operator=OPERATOR)


def test_the_key_set_in_use_is_not_begun(operator: Operator) -> None:
    """It would change nothing."""
    with pytest.raises(KeysetRefused, match="in use already"):
        operator.keysets.begin("v1", operator=OPERATOR)


def test_the_name_of_a_secret_that_went_is_free_once_no_function_remembers_it(operator: Operator) -> None:
    """Another secret of that name hashes otherwise: who still had the first would write keys nobody finds."""
    operator.switch()
    operator.rekeying.drop(operator=OPERATOR)

    with pytest.raises(KeysetRefused, match="another name"):
        operator.keysets.begin("v1", operator=OPERATOR)
    operator.region.clock.advance(SETTLING)

    assert operator.keysets.begin("v1", operator=OPERATOR).new == FIRST_KEYSET


def test_one_change_at_a_time(operator: Operator) -> None:
    """The next begins when the last has ended."""
    operator.begin()

    with pytest.raises(KeysetRefused, match="under way already"):
        operator.keysets.begin("v3", operator=OPERATOR)


def test_another_fold_is_not_brought_in_by_this_code(operator: Operator) -> None:
    """It could not write both."""
    operator.region.storage.state.keysets = keysets_in_use("0.v1")

    with pytest.raises(KeysetRefused, match="folds"):
        operator.keysets.begin("v2", operator=OPERATOR)


def test_a_begin_that_broke_off_is_begun_again(operator: Operator) -> None:
    """After the key sets were written and before the change was noted down."""

    def broken(operation: str) -> None:
        if operation == "settings.put_report":
            raise StorageBusy

    operator.region.storage.state.before = broken
    with pytest.raises(StorageBusy):
        operator.keysets.begin("v2", operator=OPERATOR)
    operator.region.storage.state.before = lambda _: None

    change = operator.keysets.begin("v2", operator=OPERATOR)

    assert (change.old, change.new, change.step) == (FIRST_KEYSET, NEXT_KEYSET, Step.BEGUN)
    assert operator.versions.names() == {"v1", "v2"}


@pytest.mark.rule("D13")
def test_a_backfill_that_broke_off_forgets_no_day_of_the_register(operator: Operator) -> None:
    """Who lives at an address that is excluded from a day on is looked for by the new keys then."""
    entry = replace(SHELTER, valid_from=TODAY + timedelta(days=9))
    operator.region.storage.exclusions.put(entry)
    operator.begin()
    state = operator.region.storage.state

    def broken(operation: str) -> None:
        if operation == "work.recheck":
            raise StorageBusy

    state.before = broken
    with pytest.raises(StorageBusy):
        operator.rekeying.backfill()
    state.before = lambda _: None
    operator.rekeying.backfill()

    assert {(one.day, one.key.keyset) for one in state.rechecks} >= {(entry.valid_from, NEXT_KEYSET)}


def test_a_switch_that_broke_off_is_made_again(operator: Operator) -> None:
    """The key sets are as they should be already."""
    operator.switch()
    operator.keysets.verified(operator.keysets.required(Step.SWITCHED))

    assert operator.keysets.switch(operator=OPERATOR).step is Step.SWITCHED


def test_keys_that_no_signal_lists_are_found(operator: Operator) -> None:
    """As are items that a signal lists and that are not there."""
    operator.begin()
    operator.rekeying.backfill()
    state = operator.region.storage.state
    first, second, _ = state.signals
    state.keys[STRAY].add(first)
    state.keys[STRAY].add("lo-gone")
    state.keys[min(state.signals[second].keys)].discard(second)

    findings = operator.rekeying.verify()

    assert findings == Findings(signals=3, lacking=(second,), strays=(first, "lo-gone"), addresses=0)


def test_a_walk_that_was_stopped_goes_on(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last page that was done, with what it had counted."""
    monkeypatch.setattr(progress, "PAGE", 1)
    operator.begin()
    left = iter([None, None, StorageBusy("away")])

    def away(operation: str) -> None:
        fault = next(left, None) if operation == "census.found" else None
        if fault is not None:
            raise fault

    operator.region.storage.state.before = away
    with pytest.raises(StorageBusy):
        operator.rekeying.backfill()

    report = operator.rekeying.backfill()

    assert (report.signals, report.rewritten, report.failed) == (3, 3, ())
    assert operator.rekeying.backfill().rewritten == 0


@pytest.mark.rule("D36")
def test_the_archive_gets_new_keys_too(operator: Operator) -> None:
    """And loses the old ones; in between its signals are found under both, and never as active ones."""
    region = operator.region
    closed = region.ending.close(make_caller(), min(region.storage.state.signals)).signal
    operator.begin()
    assert operator.rekeying.verify().lacking == tuple(sorted(region.storage.state.signals))

    report = operator.rekeying.backfill()
    both = region.storage.state.signals[closed.id]
    assert operator.rekeying.verify().clean
    operator.keysets.switch(operator=OPERATOR)
    region.clock.advance(SETTLING)
    operator.rekeying.drop(operator=OPERATOR)

    assert (report.signals, report.rewritten) == (3, 3)
    expected = [keys_for_archive(make_youth(), region.hasher, (one,)) for one in (FIRST_KEYSET, NEXT_KEYSET)]
    assert both == replace(closed, archived=Archived(expected[0] | expected[1], date(2031, 11, 22)))
    state = region.storage.state
    assert {key for key, held in state.archive_keys.items() if held} == expected[1]
    assert not any(closed.id in held for held in state.keys.values())


@pytest.mark.rule("D36")
def test_a_stray_key_of_the_archive_is_found(operator: Operator) -> None:
    """As one of the active is."""
    operator.begin()
    operator.rekeying.backfill()
    stray = IndexKey("archive-bsn", FIRST_KEYSET, b"stray")
    operator.region.storage.state.archive_keys[stray].add("lo-gone")

    assert operator.rekeying.verify().strays == ("lo-gone",)


@pytest.mark.parametrize("fault", [StorageBusy, Stale])
def test_a_signal_that_cannot_be_written_is_named_and_the_old_secret_stays(
    operator: Operator, fault: type[Exception]
) -> None:
    """The walk is made again."""
    operator.switch()
    first = min(operator.region.storage.state.signals)

    def refused(operation: str) -> None:
        if operation == "census.rekey":
            raise fault

    operator.region.storage.state.before = refused
    report = operator.rekeying.drop(operator=OPERATOR)
    operator.region.storage.state.before = lambda _: None

    assert first in report.failed
    assert operator.versions.names() == {"v1", "v2"}
    assert operator.rekeying.drop(operator=OPERATOR).rewritten == 3
    assert operator.versions.names() == {"v2"}


def test_the_old_secret_stays_while_a_run_that_stopped_had_missed_a_signal(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that goes on does not see it: the walk is made again before anything is taken away for good."""
    monkeypatch.setattr(progress, "PAGE", 1)
    operator.switch()
    faults = {
        "census.rekey": iter([StorageBusy("missed")]),
        "census.found": iter([None, StorageBusy("away")]),
    }

    def fail(operation: str) -> None:
        fault = next(faults.get(operation, iter(())), None)
        if fault is not None:
            raise fault

    operator.region.storage.state.before = fail
    with pytest.raises(StorageBusy, match="away"):
        operator.rekeying.drop(operator=OPERATOR)

    went_on = operator.rekeying.drop(operator=OPERATOR)
    held = operator.versions.names()
    anew = operator.rekeying.drop(operator=OPERATOR)

    assert (went_on.rewritten, len(went_on.failed), went_on.missed) == (2, 0, 1)
    assert (anew.rewritten, anew.missed) == (1, 0)
    assert held == {"v1", "v2"}
    assert operator.versions.names() == {"v2"}


def test_a_signal_that_ends_while_it_is_rekeyed_is_left_alone(operator: Operator) -> None:
    """It has no keys any more."""
    operator.begin()
    state = operator.region.storage.state
    gone = iter([min(state.signals)])

    def ends(operation: str) -> None:
        if operation == "census.rekey":
            for one in gone:
                del state.signals[one]

    state.before = ends

    report = operator.rekeying.backfill()

    assert (report.signals, report.rewritten, report.failed) == (3, 2, ())


def test_functions_are_given_time_before_verifying(operator: Operator) -> None:
    """One that wrote just before the change was read may still be writing."""
    operator.keysets.begin("v2", operator=OPERATOR)
    operator.region.clock.advance(SETTLING - timedelta(seconds=1))

    with pytest.raises(KeysetRefused, match="09:50:00 UTC"):
        operator.rekeying.verify()
