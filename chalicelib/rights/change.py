"""What a handler says of an open request: whom it concerns, and whether it hides them (D31, D33)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import RequestClosed, RequestNotFound
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import SHOWING, Concerned, Measure, RequestState, RightsRequest
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.ports.world import Names
from chalicelib.rights.agenda import planned
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.own import handled

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """Writes what the handler says and carries it out; the same again changes nothing.

    All raise:
        RequestNotFound: no request with this id that the organisation handles.
        RequestRevised: it is at another revision than those given.
        RequestClosed: it is not open to this.
        StorageBusy: try again later.
    """

    storage: Storage
    carry_out: CarryOut
    names: Names
    clock: Clock
    legal: LegalProfile

    def concern(
        self,
        caller: Caller,
        request_id: str,
        signal_id: str,
        revisions: Collection[int] | None,
        *,
        concerns: bool,
    ) -> RightsRequest:
        """Say whether a doubtful signal is about this youth; RequestNotFound for one not found, too."""

        def said(request: RightsRequest) -> RightsRequest:
            one = request.about(signal_id)
            if one is None:
                raise RequestNotFound
            if request.state is not RequestState.OPEN:
                raise RequestClosed
            to_ask = concerns and one.asked_at is None
            hidden = one.hidden if concerns is bool(one.concerns) else request.hides and not concerns
            return _with(request, replace(one, concerns=concerns, to_ask=to_ask, hidden=hidden))

        return self._write(caller, request_id, revisions, said)

    def hide(self, caller: Caller, request_id: str, revisions: Collection[int] | None) -> RightsRequest:
        """Grant a restriction: nothing finds the signals while the request is decided (D33)."""

        def hidden(request: RightsRequest) -> RightsRequest:
            if request.state is not RequestState.OPEN or request.kind in SHOWING:
                raise RequestClosed
            return request if request.hides else _to_be_hidden(request, hides=True)

        return self._write(caller, request_id, revisions, hidden)

    def bring_back(self, caller: Caller, request_id: str, revisions: Collection[int] | None) -> RightsRequest:
        """Lift a restriction, granted meanwhile or by the decision: the signals match again (D33)."""
        return self._write(caller, request_id, revisions, _lifted)

    def _write(
        self,
        caller: Caller,
        request_id: str,
        revisions: Collection[int] | None,
        say: Callable[[RightsRequest], RightsRequest],
    ) -> RightsRequest:
        for _ in range(ATTEMPTS):
            request = handled(self.storage, caller, request_id, revisions)
            wanted = say(request)
            now = self.clock.now()
            audit = caller.entry(
                Act.REQUEST_CHANGED, request.id, at=now, token=self.names.token(), youth=request.pseudonym
            )
            written = planned(replace(wanted, revision=request.revision + 1), amsterdam_day(now), self.legal)
            try:
                self.storage.rights.commit(
                    RequestChange(request=written, previous_revision=request.revision, audit=audit)
                )
            except Stale:
                continue
            return self.carry_out(written)
        raise StorageBusy("the request kept changing")


def _lifted(request: RightsRequest) -> RightsRequest:
    if request.state is RequestState.DONE:
        raise RequestClosed
    kept = (
        replace(one, measure=Measure.KEPT, carried_out=False) if one.measure is Measure.RESTRICTED else one
        for one in request.concerned
    )
    lifted = replace(request, concerned=tuple(kept))
    return _to_be_hidden(lifted, hides=False) if request.hides else lifted


def _to_be_hidden(request: RightsRequest, *, hides: bool) -> RightsRequest:
    """With the other word on hiding; what was noted before may not be so by now, and is done again."""
    concerned = (replace(one, hidden=not hides) if one.concerns else one for one in request.concerned)
    return replace(request, hides=hides, concerned=tuple(concerned))


def _with(request: RightsRequest, said: Concerned) -> RightsRequest:
    concerned = (said if one.signal_id == said.signal_id else one for one in request.concerned)
    return replace(request, concerned=tuple(concerned))
