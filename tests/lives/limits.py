"""The limits of the law on a life, in words of our own, and what may be left (D1, D7, D30, D34 to D38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.signal import InformedPerson, Signal, SignalState
from chalicelib.matching import PartialDate
from chalicelib.signals.ending import has_ended
from tests.lives.laws import Laws, turns
from tests.simulation.region import Region

_GONE = {SignalState.ERASED, SignalState.RETRACTED}
"""Of these nothing is left, and what names them goes too (D35)."""


def broken_limits(region: Region, laws: Laws) -> Iterator[str]:
    """What must hold at any moment, whether the hourly run has been or not."""
    today = amsterdam_day(region.clock.now())
    for one in region.state.signals.values():
        if one.state is not SignalState.ERASED and one.ends_on > laws.latest_end(one):
            yield f"{one.id} lasts until {one.ends_on}, given at {one.created_at}"
        longer = laws.lengthened(one)
        if longer is not None:
            yield longer
        born = one.youth.birth_date if one.youth is not None else None
        of_age = born is not None and turns(born, region.legal.age_limit) <= today
        if one.is_active(today) and of_age:
            yield f"{one.id} is active, and its youth came of age, born {born}"
        if one.is_archived(today) and of_age:
            yield f"{one.id} is in the archive, and its youth came of age, born {born}"
        if one.archived is not None and one.ended_at is not None:
            latest = laws.latest_in_archive(one, one.ended_at)
            if one.archived.until > latest:
                yield f"{one.id} is in the archive until {one.archived.until}, and not {latest}"
        if one.state in _GONE and (_holds_something(one) or one.reference):
            yield f"{one.id} is {one.state} and holds something still"
        yield from _told(one, laws)
    yield from _opened_too_late(region, laws)
    yield from _free_names(region)


def left_of_erased(region: Region, *, grown_up: bool) -> Iterator[str]:
    """What is left of signals of which nothing may be; of all of them once everybody is of age."""
    state = region.state
    over = {one.id for one in state.signals.values() if grown_up or one.state in _GONE}
    for one in sorted(over):
        if _holds_something(state.signals[one]):
            yield f"{one} holds something still"
    for name, keys in (("key", state.keys), ("archive key", state.archive_keys)):
        yield from (f"{name} {key.family} is left" for key, held in keys.items() if held & over)
    yield from (f"what the archive told {one} is left" for one in sorted(over & state.histories.keys()))
    yield from (f"{one} has work to do still" for one in sorted(over & state.pending.keys()))
    if grown_up:
        yield from (f"the notice {one} is due still" for _, one in sorted(state.due))
        yield from (f"request {one} is left" for one in sorted(state.requests))
    erased = {one.id for one in state.signals.values() if one.state in _GONE}
    yield from _names_erased(region, erased)
    for one in sorted(erased):
        certificate = state.erasures.get(one)
        if certificate is None or certificate.completed_at is None:
            yield f"{one} is gone without a complete certificate"


def _names_erased(region: Region, erased: set[str]) -> Iterator[str]:
    state = region.state
    pairs = {one.id: one.sides for one in state.matches.values()}
    pairs |= {one.id: one.sides for one in state.reviews.values()}
    for pair, both in pairs.items():
        sides = {side.signal_id for side in both}
        if sides & erased:
            yield f"{pair} names an erased signal still"
        if not sides <= state.signals.keys():
            yield f"{pair} is an orphan"
    for notice in state.notices.values():
        request = state.requests.get(notice.match_id)
        asked = request is not None and request.is_open
        if notice.signal_id in erased and not asked:
            yield f"notice {notice.id} is to the giver of an erased signal"
    for one in state.signals.values():
        for word in one.verdicts:
            if word.other_id in erased:
                yield f"{one.id} remembers a verdict about {word.other_id}, which is erased"


def _told(one: Signal, laws: Laws) -> Iterator[str]:
    """Whether the family was told of a running signal, else by when; anew of a renewed one (D30)."""
    if has_ended(one):
        if one.inform_by is not None:
            yield f"{one.id} has ended, and its family has to be told"
        return
    day = amsterdam_day(one.created_at) + timedelta(days=laws.informing_days(one))
    if (one.inform_by is None) is not _is_told(one):
        yield f"{one.id} has its family told by {one.inform_by}; that it was: {_is_told(one)}"
    if one.inform_by is not None and one.inform_by > day:
        yield f"{one.id} has its family told by {one.inform_by}, given at {one.created_at}"


def _is_told(one: Signal) -> bool:
    """Whether everybody was who may have had to be on that day: of a birth date that is not whole, both."""
    told, born = one.informed, one.youth.birth_date if one.youth is not None else None
    if told is None or told.on is None:
        return False
    whom = set(InformedPerson)
    if born is not None and turns(born, 12) > told.on:
        whom.remove(InformedPerson.YOUTH)
    if born is not None and turns(_last(born), 16) <= told.on:
        whom.remove(InformedPerson.LEGAL_REPRESENTATIVE)
    return whom <= told.whom


def _last(born: PartialDate) -> PartialDate:
    """The last day that it can be, in a story that knows all of a birth date or the year alone."""
    return born if born.day is not None else PartialDate(born.year, 12, 31)


def _opened_too_late(region: Region, laws: Laws) -> Iterator[str]:
    for history in region.state.histories.values():
        given = region.state.signals[history.signal_id].created_at
        if history.opened_at is None:
            continue
        if history.opened_at >= given + timedelta(days=laws.at(history.opened_at).opening_within_days):
            yield f"the archive was opened for {history.signal_id} at {history.opened_at}, given at {given}"


def _free_names(region: Region) -> Iterator[str]:
    """A reference is taken by a signal that runs, and by nothing else (D34)."""
    for name, held in region.state.names.items():
        if not name.startswith("reference#"):
            continue
        signal = region.state.signals.get(held.target)
        if signal is None or has_ended(signal):
            yield f"{name} is taken by {held.target}, which has ended"


def _holds_something(signal: Signal) -> bool:
    return any((signal.youth, signal.informed, signal.digest, signal.keys, signal.archived, signal.pseudonym))
