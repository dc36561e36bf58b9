"""Advising on a request: the organisation of a signal, about its own signal alone (D31)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import RequestClosed, RequestNotFound
from chalicelib.domain.rights import (
    Advice,
    Concerned,
    GivenAdvice,
    Ground,
    RequestKind,
    RequestState,
    RightsRequest,
)
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.ports.world import Names
from chalicelib.rights.own import advised_on

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAdvice:
    """A request as an organisation sees it that is asked for advice: nothing of other signals.

    ``signals`` are its own, each by id with the advice it gave, None before that.
    """

    request_id: str
    kind: RequestKind
    received_on: date
    due_on: date
    is_open: bool
    signals: tuple[tuple[str, GivenAdvice | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviseOnRequest:
    """Shows an organisation what it is asked, and keeps what it says.

    Both raise RequestNotFound where it was asked nothing, StorageBusy.
    """

    storage: Storage
    names: Names
    clock: Clock

    def read(self, caller: Caller, request_id: str) -> AskedAdvice:
        """What the organisation is asked about its own signals."""
        request, own = advised_on(self.storage, caller, request_id)
        entry = caller.entry(
            Act.ADVICE_READ,
            request.id,
            at=self.clock.now(),
            token=self.names.token(),
            youth=request.pseudonym,
        )
        self.storage.audit.append(entry)
        return _asked(request, own)

    def give(
        self, caller: Caller, request_id: str, said: Mapping[str, tuple[Advice, Ground | None]]
    ) -> AskedAdvice:
        """Keep an advice on each of these own signals; another one takes the place of an earlier one.

        Raises RequestClosed once the request is decided, RequestNotFound for another's signal too.
        """
        for _ in range(ATTEMPTS):
            request, own = advised_on(self.storage, caller, request_id)
            if said.keys() - {one.signal_id for one in own}:
                raise RequestNotFound
            if request.state is not RequestState.OPEN:
                raise RequestClosed
            now = self.clock.now()
            given = {
                one: GivenAdvice(advice=advice, ground=ground, professional_id=caller.professional_id, at=now)
                for one, (advice, ground) in said.items()
            }
            concerned = (
                replace(one, advice=given.get(one.signal_id, one.advice)) for one in request.concerned
            )
            advised = replace(request, concerned=tuple(concerned), revision=request.revision + 1)
            audit = caller.entry(
                Act.ADVICE_GIVEN, request.id, at=now, token=self.names.token(), youth=request.pseudonym
            )
            change = RequestChange(request=advised, previous_revision=request.revision, audit=audit)
            try:
                self.storage.rights.commit(change)
            except Stale:
                continue
            return _asked(*advised_on(self.storage, caller, request_id))
        raise StorageBusy("the request kept changing")


def _asked(request: RightsRequest, own: tuple[Concerned, ...]) -> AskedAdvice:
    return AskedAdvice(
        request_id=request.id,
        kind=request.kind,
        received_on=request.received_on,
        due_on=request.due_on,
        is_open=request.state is RequestState.OPEN,
        signals=tuple((one.signal_id, one.advice) for one in own),
    )
