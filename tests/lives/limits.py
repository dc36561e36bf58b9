"""The limits of the law on a life, in words of our own, and what may be left of it (D1, D7, D34 to D38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import PartialDate
from tests.simulation.region import Region

_GONE = {SignalState.ERASED, SignalState.RETRACTED}


def broken_limits(region: Region) -> Iterator[str]:
    """What must hold at any moment, whether the hourly run has been or not."""
    today = amsterdam_day(region.clock.now())
    for one in region.state.signals.values():
        given = amsterdam_day(one.created_at)
        born = one.youth.birth_date if one.youth is not None else None
        if one.state is not SignalState.ERASED and one.ends_on > _years_after(given, 2):
            yield f"{one.id} lasts until {one.ends_on}, given on {given}"
        if one.is_active(today) and born is not None and _turns(born, 23) <= today:
            yield f"{one.id} is active, and its youth turned 23 on {_turns(born, 23)}"
        if one.is_archived(today) and born is not None and _turns(born, 23) <= today:
            yield f"{one.id} is in the archive, and its youth turned 23 on {_turns(born, 23)}"
        if one.state in _GONE and _holds_something(one):
            yield f"{one.id} is {one.state} and holds something still"
    yield from _opened_too_late(region)


def left_of_erased(region: Region, *, grown_up: bool) -> Iterator[str]:
    """What is left of signals of which nothing may be; of all of them once everybody is of age."""
    state = region.state
    over = {one.id for one in state.signals.values() if grown_up or one.state is SignalState.ERASED}
    for one in sorted(over):
        if _holds_something(state.signals[one]):
            yield f"{one} holds something still"
    for name, keys in (("key", state.keys), ("archive key", state.archive_keys)):
        yield from (f"{name} {key.family} is left" for key, held in keys.items() if held & over)
    yield from (f"what the archive told {one} is left" for one in sorted(over & state.histories.keys()))
    yield from (f"{one} has work to do still" for one in sorted(over & state.pending.keys()))
    erased = {one.id for one in state.signals.values() if one.state is SignalState.ERASED}
    pairs = {one.id: one.sides for one in state.matches.values()}
    pairs |= {one.id: one.sides for one in state.reviews.values()}
    for pair, both in pairs.items():
        sides = {side.signal_id for side in both}
        if sides & erased:
            yield f"{pair} names an erased signal still"
        if not sides <= state.signals.keys():
            yield f"{pair} is an orphan"
    for one in sorted(erased):
        certificate = state.erasures.get(one)
        if certificate is None or certificate.completed_at is None:
            yield f"{one} was erased without a complete certificate"


def _opened_too_late(region: Region) -> Iterator[str]:
    for history in region.state.histories.values():
        given = region.state.signals[history.signal_id].created_at
        if history.opened_at is not None and history.opened_at >= given + timedelta(days=1):
            yield f"the archive was opened for {history.signal_id} at {history.opened_at}, given at {given}"


def _holds_something(signal: Signal) -> bool:
    return any((signal.youth, signal.informed, signal.digest, signal.keys, signal.archived, signal.pseudonym))


def _turns(born: PartialDate, age: int) -> date:
    """The earliest day on which somebody can turn so old; 1 March for who was born on a leap day."""
    day = date(born.year, born.month or 1, born.day or 1)
    turned = _years_after(day, age)
    return turned if turned.day == day.day else turned + timedelta(days=1)


def _years_after(day: date, years: int) -> date:
    leap_day = (day.month, day.day) == (2, 29) and not _is_leap(day.year + years)
    return date(day.year + years, day.month, 28 if leap_day else day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
