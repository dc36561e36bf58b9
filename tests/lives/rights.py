"""What must hold of requests of families in a life, in words of our own (D31, D33, D38)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.match import MatchState
from chalicelib.domain.rights import Measure, RequestState, RightsRequest
from chalicelib.domain.signal import SignalState
from chalicelib.signals.ending import has_ended
from tests.lives.laws import years_after
from tests.simulation.oracle import standing_for
from tests.simulation.region import Region

_WEEK = timedelta(days=7)


def broken_rights(region: Region, filed: Mapping[str, int]) -> Iterator[str]:
    """What does not hold once all that a step brought about has settled; ``filed``: each one's term."""
    for request in region.state.requests.values():
        if request.due_on != request.received_on + timedelta(days=filed[request.id]):
            yield f"{request.id} is due on {request.due_on}, received on {request.received_on}"
        yield from _forgotten(region, request)
        yield from _carried_out(region, request)
    yield from _hidden(region)


def broken_terms(region: Region) -> Iterator[str]:
    """What must hold right after the hourly run: no term is forgotten, and nothing is kept too long."""
    today = amsterdam_day(region.clock.now())
    for request in region.state.requests.values():
        done_at = request.done_at
        if done_at is not None and today > years_after(amsterdam_day(done_at), region.legal.audit_years):
            yield f"{request.id} is kept since {done_at}"
        if request.state is not RequestState.OPEN:
            continue
        before = timedelta(days=region.legal.warn_before_answer_days)
        if request.warned == 0 and today >= request.due_on - before:
            yield f"nobody was warned that {request.id} is due on {request.due_on}"
        if request.agenda_on > max(request.due_on + timedelta(days=1), today + _WEEK):
            yield f"nobody looks at {request.id} before {request.agenda_on}, due on {request.due_on}"


def _forgotten(region: Region, request: RightsRequest) -> Iterator[str]:
    """Whom it was about is kept no longer than it takes, and it goes with the trail."""
    if (request.state is RequestState.DONE) is not (request.done_at is not None):
        yield f"{request.id} is {request.state}, and done at {request.done_at}"
    if request.state is RequestState.OPEN:
        return
    done = all(one.carried_out for one in request.concerned)
    if done and (request.record is not None or request.pseudonym is not None):
        yield f"{request.id} is decided and carried out, and knows still whom it was about"
    about = [one.id for one in region.state.notices.values() if one.match_id == request.id]
    if request.state is RequestState.DONE and about:
        yield f"{request.id} is done, and {about} ask about it still"


def _carried_out(region: Region, request: RightsRequest) -> Iterator[str]:
    """What was decided has been done, to the signal or to the one that took its place since."""
    if request.decision is None:
        return
    stored = region.state.signals
    for one in request.concerned:
        if not one.carried_out:
            yield f"{request.id} decided {one.measure} of {one.signal_id}, and it was not done"
            continue
        if one.measure is Measure.ERASED:
            yield from _erased(region, request, one.signal_id)
        if one.measure is Measure.CLOSED and not has_ended(stored[one.signal_id]):
            yield f"{request.id} closed {one.signal_id}, which is {stored[one.signal_id].state}"


def _erased(region: Region, request: RightsRequest, signal_id: str) -> Iterator[str]:
    """Nothing is left of the whole line of renewals, but what the request itself says otherwise of (D7)."""
    stored = region.state.signals
    line = [signal_id]
    while (before := stored[line[-1]].renews) is not None:
        line.append(before)
    for one in line:
        if stored[one].state is not SignalState.ERASED or stored[one].reference:
            yield f"{request.id} erased {signal_id}, and {one} is {stored[one].state}"
    last = standing_for(stored, signal_id)
    if request.about(last.id) is None and last.state is not SignalState.ERASED:
        yield f"{request.id} erased {signal_id}, and {last.id}, which took its place, is {last.state}"


def _hidden(region: Region) -> Iterator[str]:
    """What is restricted is so by requests that hide it; nothing finds it, and it matches nobody (D33)."""
    state = region.state
    hiding: dict[str, set[str]] = {}
    for request in state.requests.values():
        for each in request.concerned:
            heir = standing_for(state.signals, each.signal_id).id
            held = heir if request.about(heir) is None else each.signal_id
            hiding.setdefault(held, set()).update({request.id} if each.hidden else ())
    for one, signal in state.signals.items():
        by = hiding.get(one, set()) if not has_ended(signal) else set()
        if (signal.state is SignalState.RESTRICTED) is not bool(by) or signal.restricted_by != by:
            yield f"{one} is {signal.state}, restricted by {set(signal.restricted_by)}, and hidden by {by}"
        if signal.state is SignalState.RESTRICTED and signal.keys:
            yield f"{one} is restricted, and can be found"
    for match in state.matches.values():
        sides = [state.signals[side.signal_id] for side in match.sides]
        if match.state is MatchState.ACTIVE and any(one.state is SignalState.RESTRICTED for one in sides):
            yield f"match {match.id} is of a restricted signal"
