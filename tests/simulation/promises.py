"""What must be true once the dust has settled, checked from the rows alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.match import Match, MatchState
from chalicelib.domain.notice import OF_MEASURE, REMINDERS, Notice, NoticeState
from chalicelib.domain.review import ReviewState
from chalicelib.domain.signal import SignalState
from chalicelib.matching import MatchKind, Outcome, Youth, default_model
from chalicelib.matching.weigh import Rule
from chalicelib.signals.ending import has_ended
from tests.simulation.clients import keys_of, overdue
from tests.simulation.handover import Handovers
from tests.simulation.history import broken_history, looks_into_archive, over_in_archive
from tests.simulation.oracle import Truth, truth_of
from tests.simulation.quickly import quick_compare, quick_fold
from tests.simulation.region import Region
from tests.simulation.rights import broken_rights, unfinished
from tests.simulation.scheduling import OUT_OF_TIME
from tests.simulation.stores import SteppedState
from tests.simulation.told import OF_A_REQUEST, broken_words

FINAL = {NoticeState.SENT, NoticeState.CANCELLED, NoticeState.OVERTAKEN}


def broken_promises(region: Region, handovers: Handovers) -> list[str]:
    """Every promise that does not hold, in words."""
    truth = truth_of(region)
    return [
        *_matches(region, truth),
        *_match_keys(region, truth),
        *_reviews(region, truth),
        *_index(region),
        *_renewals(region),
        *_deaths(region),
        *_notices(region, handovers),
        *broken_words(region, truth, handovers),
        *broken_rights(region),
        *handovers.forgotten(),
        *broken_history(region, handovers),
    ]


def unsettled(region: Region) -> list[str]:
    """Work that is still to be done."""
    state = region.state
    return [
        *(f"signal {one} is still pending" for one in sorted(state.pending)),
        *(f"notice {one} is still due" for _, one in sorted(state.due)),
        *(f"signal {one} is overdue" for one in sorted(overdue(region))),
        *(f"signal {one} is in the archive too long" for one in sorted(over_in_archive(region))),
        *(f"request {one} still wants a step" for one in unfinished(region)),
        *(f"a look at an address was due on {one}" for one in due_looks(region)),
    ]


def due_looks(region: Region) -> list[date]:
    """Days on which the register began or ceased to hold an address, and on which nobody looked."""
    today = amsterdam_day(region.clock.now())
    return sorted(one.day for one in region.state.rechecks if one.day <= today)


def never_taken_up(region: Region) -> list[str]:
    """Work that streams did not bring about, though nothing failed; what is held waits for its own time.

    Nothing is asked where a function ran out of time, as all others took turns: the sweep does the rest.
    """
    state = region.state
    if OUT_OF_TIME in region.scheduler.counts:
        return []
    return [
        *(f"signal {one} waits for the sweep" for one in sorted(state.pending)),
        *(
            f"notice {one} waits for the sweep"
            for _, one in sorted(state.due)
            if state.notices[one].due_at is None
        ),
    ]


def untrue(state: SteppedState, match: Match) -> Iterator[str]:
    """What is not so at the very moment a match is written as active."""
    if match.state is not MatchState.ACTIVE:
        return
    signals = [state.signals[one] for one in sorted(match.rests_on)]
    for signal in signals:
        if signal.state is not SignalState.ACTIVE:
            yield f"a match was written on the evidence of {signal.id}, which is {signal.state}"
            return
    by_itself = match.explanation is not None and match.explanation.rule != Rule.VERDICT
    if match.kind is MatchKind.PERSON and len(signals) == 2 and by_itself:
        one, other = (quick_fold(signal.youth or Youth()) for signal in signals)
        if quick_compare(one, other, default_model()).person is Outcome.NO:
            yield f"a match was written of {signals[0].id} and {signals[1].id}, which do not match"


def held_up(region: Region) -> list[str]:
    """Work that waits for a record which has nothing to do with it.

    No key, match, renewal or look into the archive leads there.
    """
    state = region.state
    touched, looks = set(state.broken), looks_into_archive(region)
    while True:
        sides = [
            *(one.sides for one in state.matches.values()),
            *(one.sides for one in state.reviews.values()),
        ]
        pairs = [{side.signal_id for side in both} for both in sides]
        pairs += [{one.id, one.renewed_by} for one in state.signals.values() if one.renewed_by is not None]
        near: set[str] = set().union(
            *(one for one in (*pairs, *looks, *state.keys.values()) if one & touched)
        )
        if near <= touched:
            break
        touched |= near
    return [f"a poisoned record holds up {one}" for one in sorted(state.pending) if one not in touched]


def _matches(region: Region, truth: Truth) -> Iterator[str]:
    active = {match.id: match for match in region.state.matches.values() if match.state is MatchState.ACTIVE}
    for missing in sorted(truth.matches.keys() - active.keys()):
        yield f"there is no {truth.matches[missing].shown}"
    for excess in sorted(active.keys() - truth.matches.keys()):
        yield f"{_shown(active[excess])} should not be"
    for one in sorted(active.keys() & truth.matches.keys()):
        if not truth.matches[one].is_like(active[one]):
            yield f"{_shown(active[one])} is not as it should be: {truth.matches[one]}"
    for match in region.state.matches.values():
        for side in match.sides:
            if side.signal_id not in region.state.signals:
                yield f"{_shown(match)} is an orphan"


def _match_keys(region: Region, truth: Truth) -> Iterator[str]:
    for group in truth.persons:
        keys = {
            match.match_key
            for match in region.state.matches.values()
            if match.state is MatchState.ACTIVE
            and match.kind is MatchKind.PERSON
            and match.sides[0].signal_id in group
        }
        if len(keys) > 1:
            yield f"the matches of {sorted(group)} have several keys: {sorted(keys)}"
        for key in keys:
            if f"match-key#{key}" not in region.state.names:
                yield f"nothing is found under the match key {key}"


def _reviews(region: Region, truth: Truth) -> Iterator[str]:
    stored = region.state.reviews
    wanted = truth.doubts()
    open_ones = {one for one, review in stored.items() if review.state is ReviewState.OPEN}
    decided = {one for one, review in stored.items() if review.state is ReviewState.DECIDED}
    for missing in sorted(wanted.keys() - open_ones - decided):
        yield f"there is no review of {wanted[missing]}"
    for excess in sorted(open_ones - wanted.keys()):
        yield f"the review of {stored[excess].signal_ids} should not be open"


def _index(region: Region) -> Iterator[str]:
    state = region.state
    held = {(key, one) for key, holders in state.keys.items() for one in holders}
    wanted = {(key, one) for one, signal in state.signals.items() for key in keys_of(signal, region.in_use)}
    for key, one in sorted(held - wanted):
        yield f"key item {key.family} of {one} is an orphan"
    for key, one in sorted(wanted - held):
        yield f"key item {key.family} of {one} is missing"
    for one, signal in state.signals.items():
        if keys_of(signal, region.in_use) != signal.keys:
            yield f"the keys of {one} do not fit it"
        name = state.names.get(f"reference#{signal.organisation_id}#{signal.reference}")
        if has_ended(signal) is (name is not None and name.target == one):
            yield f"the reference of {one} is not as its state {signal.state}"
    references = [
        (one.organisation_id, one.reference) for one in state.signals.values() if not has_ended(one)
    ]
    if len(references) != len(set(references)):
        yield "a signal was stored twice"


def _renewals(region: Region) -> Iterator[str]:
    """Who took whose place is said on both, and nothing of the youth stays behind (D7, D35)."""
    stored = region.state.signals
    for one, signal in stored.items():
        if signal.renews is not None and stored[signal.renews].renewed_by != one:
            yield f"{one} took the place of {signal.renews}, which does not know"
        if signal.renewed_by is None:
            continue
        if stored[signal.renewed_by].renews != one:
            yield f"{one} was renewed by {signal.renewed_by}, which does not know"
        if signal.youth is not None or signal.state not in {SignalState.CLOSED, SignalState.ERASED}:
            yield f"{one} was renewed, and is {signal.state}, or keeps its record"


def _deaths(region: Region) -> Iterator[str]:
    """Of whom died nothing stays, once it was confirmed: no signal that was known to be about them (D34)."""
    stored = region.state.signals
    for name, report in region.state.reports.items():
        if name.startswith("death#") and report["confirmedAt"]:
            for one in (name.removeprefix("death#"), *str(report["others"]).split()):
                if stored[one].state is not SignalState.ERASED or stored[one].youth is not None:
                    yield f"{one} is about a youth who died, and is {stored[one].state}"


def _notices(region: Region, handovers: Handovers) -> Iterator[str]:
    state = region.state
    for notice in state.notices.values():
        match = state.matches.get(notice.match_id)
        if _is_orphan(state, notice):
            yield f"notice {notice.id} is an orphan"
        if notice.state not in FINAL and notice.receiver not in region.post.rejected:
            yield f"notice {notice.id} ended as {notice.state}"
        if _is_handed_on(region, notice):
            continue
        left = len(region.post.left.get(notice.id, ()))
        over = match is None or match.state is MatchState.ENDED or match.episode > notice.episode
        hears_it = not over and notice.receiver not in handovers.takers
        if notice.state is NoticeState.SENT and not left and (hears_it or notice.kind in OF_MEASURE):
            yield f"notice {notice.id} counts as sent and never was"
        topic = state.organisations[notice.receiver.partition("#")[0]].topic_arn
        if notice.state is NoticeState.SENT and topic and not _published(region, notice):
            yield f"the event of notice {notice.id} was never published"


def _is_orphan(state: SteppedState, notice: Notice) -> bool:
    """Whether what it is about is not there: a request, an own signal, or a match at that episode."""
    if notice.kind in OF_A_REQUEST:
        return notice.match_id not in state.requests
    if notice.kind in REMINDERS | OF_MEASURE:
        return notice.match_id not in state.signals
    match = state.matches.get(notice.match_id)
    return match is None or match.episode < notice.episode


def _is_handed_on(region: Region, notice: Notice) -> bool:
    """Whether it says what a mail told by another notice, of a signal that was erased since."""
    told_by = region.post.mails.get(notice.message_id or "", (notice.id,))
    return notice.state is NoticeState.SENT and notice.id not in told_by


def _published(region: Region, notice: Notice) -> bool:
    """Events may be refused for good while post fails; without failures each is published."""
    return bool(region.post.published.get(notice.id)) or "post" in region.scheduler.counts


def _shown(match: Match) -> str:
    first, second = (side.signal_id for side in match.sides)
    return f"{match.kind} match {first}-{second} ({match.audience}, episode {match.episode})"
