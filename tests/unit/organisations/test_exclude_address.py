"""Excluding an address from household matches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import AddressRefused, ExclusionNotFound
from chalicelib.matching import Address, PartialDate
from chalicelib.organisations.exclude_address import RESOURCE, ExcludeAddress, Exclusion, Level
from chalicelib.ports.errors import StorageBusy
from chalicelib.upkeep.recheck import RecheckAddresses
from tests.builders import TODAY, make_youth
from tests.signal_requests import Region, make_caller, make_request
from tests.unit.organisations.operators import OPERATOR, acts_of, trail_of

SHELTER = Address(postal_code="3511AB", house_number=12)


def make_exclusion(**changes: Any) -> Exclusion:
    """A shelter, from today."""
    exclusion = Exclusion(
        address=SHELTER, level=Level.NUMBER, kind="SHELTER", source="municipality", valid_from=TODAY
    )
    return replace(exclusion, **changes)


def exclude(region: Region, **changes: Any) -> int:
    """Exclude it."""
    return use_case_of(region)(make_exclusion(**changes), operator=OPERATOR)


def use_case_of(region: Region) -> ExcludeAddress:
    """The register's keeper."""
    return ExcludeAddress(
        storage=region.storage, hasher=region.hasher, trail=trail_of(region), clock=region.clock
    )


def settled(region: Region) -> None:
    """All reconciles are done."""
    region.storage.state.pending.clear()


@pytest.mark.rule("D13")
@pytest.mark.parametrize(("level", "form"), [(Level.NUMBER, "3511AB|12"), (Level.EXACT, "3511AB|12|")])
def test_an_excluded_address_is_found_in_the_form_of_its_level(level: Level, form: str) -> None:
    """From its first day to its last."""
    region = Region()

    exclude(region, level=level, valid_until=date(2026, 12, 1))

    find = region.storage.exclusions.excluded
    assert find([form], TODAY) == {form}
    assert find([form], date(2026, 12, 1)) == {form}
    assert find([form], date(2026, 11, 21)) == frozenset()
    assert find([form], date(2026, 12, 2)) == frozenset()


@pytest.mark.rule("D13")
def test_active_signals_at_the_address_are_matched_anew() -> None:
    """Whatever letter and addition they have; the others are left alone."""
    region = Region()
    here = region.give(make_request(reference="here")).signal
    suffix = make_youth(address=replace(SHELTER, house_number_addition="bis"))
    near = region.give(make_request(reference="suffix", youth=suffix)).signal
    elsewhere = make_youth(address=replace(SHELTER, house_number=14))
    region.give(make_request(reference="elsewhere", youth=elsewhere))
    closed = region.give(make_request(reference="closed")).signal
    region.ending.close(make_caller(), closed.id)
    settled(region)

    assert exclude(region) == 2

    pending = region.storage.state.pending.values()
    assert {(work.signal_id, work.revision, work.since) for work in pending} == {
        (here.id, 1, region.clock.now()),
        (near.id, 1, region.clock.now()),
    }


@pytest.mark.rule("D8")
def test_a_signal_past_its_last_day_is_not_matched_anew() -> None:
    """It matches nothing any more."""
    region = Region()
    region.give(make_request(planned_end_date=TODAY, youth=make_youth(birth_date=PartialDate(2014))))
    settled(region)
    region.clock.advance(timedelta(days=1))

    assert exclude(region) == 0


@pytest.mark.rule("D39")
def test_the_trail_says_who_and_not_where() -> None:
    """The register is named, the address is not."""
    region = Region()

    exclude(region)

    assert [(entry.act, entry.resource) for entry in region.storage.state.audit.values()] == [
        (Act.ADDRESS_EXCLUDED, "excluded-addresses")
    ]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"address": Address(postal_code="3511AB")}, ("/address", "address-incomplete")),
        ({"address": Address(house_number=12)}, ("/address", "address-incomplete")),
        ({"valid_until": date(2026, 11, 21)}, ("/validUntil", "before-valid-from")),
    ],
)
def test_what_cannot_be_found_again_is_refused(changes: dict[str, Any], problem: tuple[str, str]) -> None:
    """And nothing is stored."""
    region = Region()

    with pytest.raises(AddressRefused) as refused:
        exclude(region, **changes)

    assert [(found.pointer, found.code) for found in refused.value.problems] == [problem]
    assert region.storage.state.excluded == {}
    assert region.storage.state.audit == {}


@pytest.mark.rule("D13")
def test_an_address_that_leaves_the_register_is_matched_anew() -> None:
    """People live there again; who took it out is in the trail."""
    region = Region()
    region.give(make_request())
    exclude(region)
    settled(region)
    region.storage.state.audit.clear()

    signals = use_case_of(region).remove(SHELTER, Level.NUMBER, operator=OPERATOR)

    assert signals == len(region.storage.state.pending) == 1
    assert region.storage.exclusions.excluded(["3511AB|12"], TODAY) == frozenset()
    assert acts_of(region) == [(Act.ADDRESS_INCLUDED, RESOURCE)]


@pytest.mark.rule("D13")
def test_who_lives_there_is_matched_anew_whatever_stops_the_removal() -> None:
    """Repeated, it finds nothing in the register any more, and would ask for nobody."""
    region = Region()
    signal = region.give(make_request()).signal
    exclude(region)
    settled(region)
    removed: list[str] = []

    def dies_after_it(operation: str) -> None:
        if removed:
            raise StorageBusy(operation)
        removed.extend([operation] if operation == "exclusions.remove" else [])

    region.storage.state.before = dies_after_it
    with pytest.raises(StorageBusy):
        use_case_of(region).remove(SHELTER, Level.NUMBER, operator=OPERATOR)

    assert region.storage.state.excluded == {}
    assert set(region.storage.state.pending) == {signal.id}


@pytest.mark.parametrize(
    ("address", "code"), [(SHELTER, "address-not-excluded"), (Address(), "address-incomplete")]
)
def test_what_is_not_in_the_register_cannot_leave_it(address: Address, code: str) -> None:
    """At the level that was named."""
    region = Region()
    exclude(region)

    with pytest.raises(AddressRefused) as refused:
        use_case_of(region).remove(address, Level.EXACT, operator=OPERATOR)

    assert [problem.code for problem in refused.value.problems] == [code]


def test_an_entry_that_somebody_else_just_took_out_is_not_found() -> None:
    """Between reading it and removing it; the caller gave no address that could be wrong."""
    region = Region()
    entry = use_case_of(region).enter(make_exclusion(), operator=OPERATOR)
    state = region.storage.state

    def taken_out_before(operation: str) -> None:
        if operation == "exclusions.remove":
            state.excluded.clear()

    state.before = taken_out_before

    with pytest.raises(ExclusionNotFound):
        use_case_of(region).withdraw(entry.id, operator=OPERATOR)


@pytest.mark.rule("D13")
def test_an_address_is_matched_anew_when_its_first_day_comes_and_when_its_last_has_passed() -> None:
    """Once on each of these days, by the scheduled run."""
    region = Region()
    region.give(make_request())
    exclude(region, valid_from=TODAY + timedelta(days=2), valid_until=TODAY + timedelta(days=9))
    run = RecheckAddresses(storage=region.storage, clock=region.clock)

    matched_on: list[int] = []
    for day in range(12):
        settled(region)
        matched_on.extend(day for _ in range(2) if run(budget=lambda: True))
        region.clock.advance(timedelta(days=1))

    assert matched_on == [2, 10]


def test_what_a_run_has_no_time_for_is_left_to_the_next() -> None:
    """Nothing is forgotten."""
    region = Region()
    region.give(make_request())
    exclude(region, valid_until=TODAY)
    region.clock.advance(timedelta(days=1))
    run = RecheckAddresses(storage=region.storage, clock=region.clock)

    assert (run(budget=lambda: False), run(budget=lambda: True)) == (0, 1)
