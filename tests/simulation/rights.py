"""What must be true of requests of families: what they hide, and what was decided (D31, D33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.domain.audit import Act
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.domain.rights import Measure, RequestState, RightsRequest
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matches.succession import Succession
from chalicelib.signals.ending import has_ended
from tests.simulation.clients import receiver
from tests.simulation.region import Region

_RUNNING = {SignalState.ACTIVE, SignalState.RESTRICTED}


def broken_rights(region: Region) -> Iterator[str]:
    """Every promise about requests that does not hold once the dust has settled."""
    state = region.state
    for signal in state.signals.values():
        if not has_ended(signal):
            yield from _hidden(region, signal)
        yield from _untold(region, signal)
    for request in state.requests.values():
        if request.state is not RequestState.OPEN:
            yield from _measured(region, request)
        if request.state is RequestState.DONE:
            yield from _forgotten(region, request)


def unfinished(region: Region) -> list[str]:
    """Requests for which a step is still to be taken that nobody has to decide."""
    return sorted(one.id for one in region.state.requests.values() if _is_unfinished(one))


def _is_unfinished(request: RightsRequest) -> bool:
    if request.state is RequestState.DONE:
        return False
    if request.state is RequestState.DECIDED:
        return request.record is not None or any(not one.carried_out for one in request.concerned)
    return any(
        one.to_ask or one.hidden is not request.hides for one in request.concerned if one.concerns
    ) or any(one.hidden for one in request.concerned if not one.concerns)


def _hidden(region: Region, signal: Signal) -> Iterator[str]:
    """Nothing finds a signal, by no key, just as long as a request hides it, or what it took the place of."""
    stored = region.state.signals
    line = Succession(lambda ids: {one: stored[one] for one in ids if one in stored}).lineage(signal.id)
    hiding = {one.id for one in region.state.requests.values() if _hides(one, line)}
    if signal.restricted_by != hiding:
        yield f"{signal.id} is hidden by {sorted(signal.restricted_by)}, and should be by {sorted(hiding)}"
    if (signal.state is SignalState.RESTRICTED) is not bool(hiding):
        yield f"{signal.id} is {signal.state}, and {sorted(hiding) or 'nobody'} hides it"


def _hides(request: RightsRequest, line: Iterable[str]) -> bool:
    """An open one that hides what it concerns, or one by which that was decided.

    What it says of the latest of a line of renewals counts (D7).
    """
    one = next((about for each in line if (about := request.about(each)) is not None), None)
    if one is None or not one.concerns:
        return False
    if request.state is RequestState.OPEN:
        return request.hides
    return one.measure is Measure.RESTRICTED


def _measured(region: Region, request: RightsRequest) -> Iterator[str]:
    """What was decided of a signal has been done to it."""
    for one in request.concerned:
        signal = region.state.signals[one.signal_id]
        if one.measure is Measure.ERASED and signal.state is not SignalState.ERASED:
            yield f"{signal.id} was to be erased for {request.id}, and is {signal.state}"
        if one.measure is Measure.CLOSED and signal.state in _RUNNING:
            yield f"{signal.id} was to be closed for {request.id}, and is {signal.state}"


def _untold(region: Region, signal: Signal) -> Iterator[str]:
    """Who has a signal heard what a right did to it last (GDPR, article 19); once for a line of renewals."""
    if signal.renewed_by is not None:
        return
    kind = _last_measure(region, signal)
    if kind is None or receiver(signal) in region.post.rejected:
        return
    said = [one for one in region.state.notices.values() if one.signal_id == signal.id and one.kind is kind]
    if any(one.state is NoticeState.FAILED and one.receiver in region.post.rejected for one in said):
        return  # who had it then got no mail at all
    if not any(one.startswith(f"{signal.id}.") and f".{kind}." in one for one in region.post.left):
        yield f"{receiver(signal)} never heard {kind} of {signal.id}"


def _last_measure(region: Region, signal: Signal) -> NoticeKind | None:
    """What the state of a signal and its trail say: never what was told."""
    erasure = region.state.erasures.get(signal.id)
    if signal.state is SignalState.ERASED:
        by_right = erasure is not None and erasure.ground is ErasureGround.RIGHT
        return NoticeKind.SIGNAL_ERASED if by_right else None
    if signal.state is SignalState.RESTRICTED:
        return NoticeKind.SIGNAL_RESTRICTED
    closed_by = {
        entry.organisation_id
        for entry in region.state.audit.values()
        if entry.resource == signal.id and entry.act is Act.SIGNAL_CLOSED
    }
    return NoticeKind.SIGNAL_CLOSED if closed_by - {signal.organisation_id} else None


def _forgotten(region: Region, request: RightsRequest) -> Iterator[str]:
    """Whom a request that is done was about is known to nobody, and nothing of it is left to say."""
    if request.record is not None or request.pseudonym is not None:
        yield f"{request.id} is done, and its record is there"
    for notice in region.state.notices.values():
        if notice.match_id == request.id and notice.kind in {NoticeKind.ADVICE, NoticeKind.TERM}:
            yield f"{request.id} is done, and notice {notice.id} about it is there"
