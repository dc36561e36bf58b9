"""What must be true of the archive: who is in it, by which keys, until when, and what it told (D35, D36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chalicelib.domain.dates import amsterdam_day, birthday, latest_planned_end
from chalicelib.domain.history import History
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matching import (
    FoldedYouth,
    MatchRecord,
    Outcome,
    Verdict,
    archive_keys,
    archive_lookup_keys,
    default_model,
    earlier_in_archive,
    lookup_keys,
)
from chalicelib.signals.ending import has_ended
from tests.simulation.clients import receiver
from tests.simulation.handover import Handovers
from tests.simulation.oracle import truth_of
from tests.simulation.quickly import QuickHasher, quick_compare, quick_fold
from tests.simulation.region import Region

_KEPT = {SignalState.CLOSED, SignalState.EXPIRED}


def broken_history(region: Region, handovers: Handovers) -> Iterator[str]:
    """Every promise about the archive that does not hold once the dust has settled."""
    yield from _kept(region)
    yield from _keys(region)
    yield from _told(region, handovers)


def over_in_archive(region: Region) -> list[str]:
    """Signals that are in the archive too long."""
    today = amsterdam_day(region.clock.now())
    held = region.state.signals.values()
    return [one.id for one in held if one.archived is not None and one.archived.until < today]


def looks_into_archive(region: Region) -> list[set[str]]:
    """For each record who is found in the archive by it, and beside whom of the active it is weighed."""
    state, hasher = region.state, QuickHasher()

    def found(youth: FoldedYouth) -> Iterator[set[str]]:
        for wanted, held in (
            (archive_lookup_keys(youth), state.archive_keys),
            (lookup_keys(youth), state.keys),
        ):
            yield from (held[key] for key in hasher.hashed(wanted, region.in_use) & held.keys())

    return [
        {one.id}.union(*found(quick_fold(one.youth)))
        for one in state.signals.values()
        if one.youth is not None
    ]


def untold(region: Region, history: History) -> Iterator[str]:
    """What is not so of what the archive tells, at the very moment it does; where nothing else goes on."""
    state, today = region.state, amsterdam_day(region.clock.now())
    subject = state.signals[history.signal_id]
    truth = truth_of(region)
    active = [
        MatchRecord(one, quick_fold(youth))
        for group in truth.persons
        for one in sorted(group)
        if (youth := state.signals[one].youth) is not None
    ]
    archived = {one.id: one for one in state.signals.values() if one.is_archived(today) and one.youth}
    near = _near({one.youth for one in active if one.signal_id in truth.person_of(subject.id)}, archived)
    same = earlier_in_archive(
        subject.id,
        [tuple(sorted(group)) for group in truth.persons],
        active,
        near,
        verdicts=[
            Verdict(one, word.other_id, word.same) for one in archived for word in archived[one].verdicts
        ],
        model=default_model(),
        largest_group=region.profile.largest_group,
    )
    earlier = {one for one in same if _is_anothers_earlier(archived[one], subject)}
    if history.earlier is not bool(earlier):
        yield f"{subject.id} was told {history.earlier} of the archive, which holds {sorted(earlier)}"


def _near(youths: set[FoldedYouth], archived: dict[str, Signal]) -> list[MatchRecord]:
    """Those that a chain of shared archive keys and of likeness leads to."""
    found: dict[str, MatchRecord] = {}
    reached = set(youths)
    while True:
        more = {
            one: MatchRecord(one, theirs)
            for one, signal in archived.items()
            if one not in found and signal.youth is not None
            for theirs in (quick_fold(signal.youth),)
            if any(
                archive_lookup_keys(mine) & archive_keys(theirs)
                and quick_compare(mine, theirs, default_model()).person is not Outcome.NO
                for mine in reached
            )
        }
        if not more:
            return list(found.values())
        found |= more
        reached |= {record.youth for record in more.values()}


def _words(archived: dict[str, Signal]) -> list[Verdict]:
    return [
        Verdict(one, word.other_id, word.same)
        for one, signal in archived.items()
        for word in sorted(signal.verdicts)
    ]


def _kept(region: Region) -> Iterator[str]:
    today = amsterdam_day(region.clock.now())
    for one in region.state.signals.values():
        has_record = has_ended(one) and one.youth is not None
        goes_on_a_day = one.state in _KEPT and one.renewed_by is None
        if (one.archived is not None) is not goes_on_a_day or (has_record and not goes_on_a_day):
            yield f"{one.id}, {one.state}, has its record {has_record} and is in the archive {one.archived}"
        if one.archived is None:
            continue
        if one.archived.until < today or one.archived.until > _latest(one, region.legal):
            yield f"{one.id} is in the archive until {one.archived.until}"


def _latest(signal: Signal, legal: LegalProfile) -> date:
    """Five years after the end and the day before the 23rd birthday, in words of our own; or what is law.

    One of which nothing is kept but that it ended shows that for four weeks.
    """
    if signal.youth is None:
        return amsterdam_day(signal.ended_at or signal.created_at) + timedelta(days=legal.shown_ended_days)
    ended = latest_planned_end(amsterdam_day(signal.ended_at or signal.created_at), legal.archive_years)
    born = signal.youth.birth_date
    return ended if born is None else min(ended, birthday(born, legal.age_limit) - timedelta(days=1))


def _keys(region: Region) -> Iterator[str]:
    state = region.state
    held = {(key, one) for key, holders in state.archive_keys.items() for one in holders}
    wanted = {(key, one) for one, signal in state.signals.items() for key in _keys_of(signal, region)}
    for key, one in sorted(held - wanted):
        yield f"archive key {key.family} of {one} is an orphan"
    for key, one in sorted(wanted - held):
        yield f"archive key {key.family} of {one} is missing"
    if {key.hashed for key, holders in state.keys.items() if holders} & {key.hashed for key, _ in held}:
        yield "a key of the archive is a key of an active signal too"


def _keys_of(signal: Signal, region: Region) -> frozenset[IndexKey]:
    if signal.archived is None or signal.youth is None:
        return frozenset()
    return QuickHasher().hashed(archive_keys(quick_fold(signal.youth)), region.in_use)


def _told(region: Region, handovers: Handovers) -> Iterator[str]:
    signals = region.state.signals
    for one in region.state.histories:
        if has_ended(signals[one]):
            yield f"what the archive told of {one} outlives it"
    for one, signal in signals.items():
        if signal.state is SignalState.ACTIVE and one not in region.state.histories:
            yield f"the archive told {one} nothing"
    for history in region.state.histories.values():
        subject = signals[history.signal_id]
        if history.earlier and not any(
            has_ended(other)
            and (_is_anothers_earlier(other, subject) or _may_have_been(other, subject, handovers))
            for other in signals.values()
        ):
            yield f"{history.signal_id} was told of earlier signals, and nobody else's ever ended"


def _may_have_been(signal: Signal, subject: Signal, handovers: Handovers) -> bool:
    """Whether it may have been another's when that was told: somebody took signals over since (D28)."""
    took_over = receiver(subject) in {*handovers.takers, *map(handovers.now, handovers.takers)}
    return took_over and signal.created_at < subject.created_at


def _is_anothers_earlier(signal: Signal, subject: Signal) -> bool:
    own = (subject.organisation_id, subject.professional_id)
    return signal.created_at < subject.created_at and (signal.organisation_id, signal.professional_id) != own
