"""Deciding a request, with a ground where it is refused; the index does what follows (D31, D33)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import FieldProblem, RequestClosed, RequestRefused, RequestUnsettled
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import (
    Concerned,
    Measure,
    RequestDecision,
    RequestRecord,
    RequestState,
    RightsRequest,
    Ruling,
)
from chalicelib.domain.signal import Signal
from chalicelib.matches.succession import Succession
from chalicelib.matching import Youth
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.ports.world import Names
from chalicelib.rights.agenda import planned
from chalicelib.rights.carry_out import CarryOut
from chalicelib.rights.file import as_concerned
from chalicelib.rights.find import FindSignals, Found
from chalicelib.rights.naming import names_of_youth
from chalicelib.rights.own import handled
from chalicelib.rights.rulings import GivenDecision, broken, concerned, is_repeated, measures_of
from chalicelib.signals.ending import has_ended
from chalicelib.signals.rules import check_youth

ATTEMPTS: Final = 5
_NOTHING_TO_DO: Final = frozenset({Measure.SHOWN, Measure.WITHHELD, Measure.KEPT})


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRequest:
    """Writes a decision and carries it out; a repeat goes on where carrying out stopped."""

    storage: Storage
    find: FindSignals
    carry_out: CarryOut
    names: Names
    clock: Clock
    legal: LegalProfile

    def __call__(
        self, caller: Caller, request_id: str, given: GivenDecision, revisions: Collection[int] | None
    ) -> RightsRequest:
        """Decide a request that is open.

        Raises:
            RequestNotFound: no request with this id that the organisation handles.
            RequestRevised: it is at another revision than those given.
            RequestClosed: it was decided otherwise before.
            RequestUnsettled: a doubt is open, or signals were found that nobody looked at yet.
            RequestRefused: the decision breaks rules; all of them at once.
            StorageBusy: try again later.
        """
        for _ in range(ATTEMPTS):
            request = handled(self.storage, caller, request_id)
            if request.decision is not None:
                return self._again(request, given)
            handled(self.storage, caller, request_id, revisions)
            self._require_settled(request, given.ruling)
            now = self.clock.now()
            decided = self._decided(caller, request, given, now)
            audit, *also = self._entries(caller, request, now)
            change = RequestChange(
                request=decided, previous_revision=request.revision, audit=audit, also=tuple(also)
            )
            try:
                self.storage.rights.commit(change)
            except Stale:
                continue
            return self.carry_out(decided)
        raise StorageBusy("the request kept changing")

    def _again(self, request: RightsRequest, given: GivenDecision) -> RightsRequest:
        if not is_repeated(request, given, self._heirs(request)):
            raise RequestClosed
        return self.carry_out(request)

    def _require_settled(self, request: RightsRequest, ruling: Ruling) -> None:
        """No doubt is open, and nothing is found by now that the request does not know of.

        Who withdraws a request needs none of this.
        """
        if ruling is Ruling.WITHDRAWN:
            return
        new = self._new(request)
        if new:
            self._add(request, tuple(map(as_concerned, new)))
            raise RequestUnsettled
        if any(one.concerns is None for one in request.concerned):
            raise RequestUnsettled

    def _new(self, request: RightsRequest) -> list[Found]:
        """What is found by now; and of those that it concerns, what took their place (D7)."""
        known = {one.signal_id for one in request.concerned}
        heirs = set(self._heirs(request).values()) - known
        found = [Found(signal=one, certain=True) for one in self.storage.signals.get_many(heirs).values()]
        if request.whole and request.record is not None:
            known |= heirs
            found += [each for each in self.find(request.record.youth) if each.signal.id not in known]
        return found

    def _entries(self, caller: Caller, request: RightsRequest, now: datetime) -> Iterator[AuditEntry]:
        """That it was decided, under each name that the trail has for this youth, and no other's."""
        about = self.storage.signals.sealed(one.signal_id for one in concerned(request)).values()
        for name in names_of_youth(request, about):
            yield caller.entry(Act.REQUEST_DECIDED, request.id, at=now, token=self.names.token(), youth=name)

    def _heirs(self, request: RightsRequest) -> dict[str, str]:
        """Of the signals that it concerns, and that were renewed, what stands in their place now."""
        return Succession(self.storage.signals.sealed).heirs(one.signal_id for one in concerned(request))

    def _add(self, request: RightsRequest, new: tuple[Concerned, ...]) -> None:
        today = amsterdam_day(self.clock.now())
        known = replace(request, concerned=request.concerned + new, revision=request.revision + 1)
        grown = planned(known, today, self.legal)
        try:
            self.storage.rights.commit(
                RequestChange(request=grown, previous_revision=request.revision, audit=None)
            )
        except Stale:
            return  # whoever wrote meanwhile is read again by who reads it again
        self.carry_out(grown)

    def _decided(
        self, caller: Caller, request: RightsRequest, given: GivenDecision, now: datetime
    ) -> RightsRequest:
        signals = self.storage.signals.get_many(one.signal_id for one in concerned(request))
        over = frozenset(one for one, signal in signals.items() if has_ended(signal))
        heirs = self._heirs(request)
        problems = tuple(broken(request, given, over, heirs))
        if problems:
            raise RequestRefused(problems)
        corrections = self._corrections(given, signals)
        measures = measures_of(request, given, heirs)
        decided = replace(
            request,
            state=RequestState.DECIDED,
            revision=request.revision + 1,
            concerned=tuple(_measured(request, one, measures) for one in request.concerned),
            decision=RequestDecision(
                ruling=given.ruling, ground=given.ground, professional_id=caller.professional_id, at=now
            ),
            record=_with(request.record, corrections),
        )
        return planned(decided, amsterdam_day(now), self.legal)

    def _corrections(self, given: GivenDecision, signals: Mapping[str, Signal]) -> dict[str, Youth]:
        corrected: dict[str, Youth] = {}
        problems: list[FieldProblem] = []
        today = amsterdam_day(self.clock.now())
        for at, one in enumerate(given.measures):
            signal = signals.get(one.signal_id)
            if one.edit is None or signal is None or signal.youth is None:
                continue
            youth = one.edit.applied_to(signal.youth)
            owner = self.storage.organisations.get(signal.organisation_id)
            found = check_youth(youth, owner, today, self.legal) if owner is not None else ()
            problems += [replace(each, pointer=f"/measures/{at}{each.pointer}") for each in found]
            corrected[one.signal_id] = youth
        if problems:
            raise RequestRefused(tuple(problems))
        return corrected


def _measured(request: RightsRequest, one: Concerned, measures: Mapping[str, Measure]) -> Concerned:
    """With its measure; what may be hidden is brought back, also where nobody noted yet that it is."""
    measure = measures.get(one.signal_id)
    idle = measure is None or measure in _NOTHING_TO_DO
    shown = not one.hidden and not request.hides
    return replace(one, measure=measure, to_ask=False, carried_out=idle and shown)


def _with(record: RequestRecord | None, corrections: Mapping[str, Youth]) -> RequestRecord | None:
    if record is None:
        return None
    return replace(record, corrections=tuple(sorted(corrections.items(), key=lambda pair: pair[0])))
