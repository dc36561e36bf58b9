"""Who handles the requests of families: files them, answers doubts and decides (D31, D33)."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import RequestRefused, RequestUnsettled
from chalicelib.domain.rights import (
    Ground,
    IdentityCheck,
    Measure,
    Requester,
    RequesterRole,
    RequestKind,
    RightsRequest,
    Ruling,
)
from chalicelib.domain.signal import Signal
from chalicelib.matching import Youth
from chalicelib.rights.file import NewRequest
from chalicelib.rights.rulings import GivenDecision, GivenMeasure
from chalicelib.signals.ending import has_ended
from tests.signal_requests import make_caller
from tests.simulation.clients import Clients
from tests.simulation.families import CHILDREN, written
from tests.simulation.region import Region

_KINDS = (RequestKind.RECTIFICATION, RequestKind.OBJECTION, RequestKind.ERASURE, RequestKind.RESTRICTION)
_MEASURES = {
    RequestKind.RECTIFICATION: (Measure.CORRECTED, Measure.CORRECTED, Measure.CLOSED, Measure.ERASED),
    RequestKind.OBJECTION: (Measure.CLOSED, Measure.ERASED),
    RequestKind.ERASURE: (Measure.ERASED, Measure.CLOSED),
}
_RULINGS = (Ruling.GRANTED, Ruling.GRANTED, Ruling.GRANTED, Ruling.REFUSED, Ruling.WITHDRAWN)
_OF_AGE_TO_ASK = 2014
"""Who was born then is twelve, or may be (D31)."""
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A correction: what the signal is to say of its youth."""

    youth: Youth

    def applied_to(self, youth: Youth) -> Youth:
        """The youth as it is to be, whatever it was."""
        return self.youth


@dataclass(slots=True)
class Office:
    """The administration that handles requests; what got no answer is asked again."""

    region: Region
    clients: Clients

    def file(self, signal: Signal, chance: Random) -> None:
        """File a request about one signal, or about all of its youth."""
        youth = signal.youth
        if youth is None:
            return
        born, today = youth.birth_date, amsterdam_day(self.region.clock.now())
        asks = born is None or born.year <= _OF_AGE_TO_ASK
        new = NewRequest(
            kind=chance.choice(_KINDS),
            received_on=today,
            requester=Requester(
                role=RequesterRole.YOUTH if asks else RequesterRole.LEGAL_REPRESENTATIVE,
                checked_on=today,
                checked_how=IdentityCheck.IDENTITY_DOCUMENT,
            ),
            youth=youth,
            signal_ids=(signal.id,) if chance.random() < 0.5 else None,
            hides=chance.random() < 0.75,
        )
        handler = self._handler
        self.clients.call(f"file about {signal.id}", lambda: self.region.rights.file(handler, new))

    def rule(self, request: RightsRequest, chance: Random) -> str:
        """Decide it, or only hide or bring back what it is about; answers a line of the story."""
        handler, one, seed = self._handler, request.id, chance.getrandbits(32)
        change = self.region.rights.change
        drawn = chance.random()
        if drawn < 0.15:
            self.clients.call(f"hide for {one}", lambda: change.hide(handler, one, None))
            return f"what {one} is about is hidden meanwhile"
        if drawn < 0.35:
            self.clients.call(f"bring back for {one}", lambda: change.bring_back(handler, one, None))
            return f"what {one} hides matches again"
        sent: list[GivenDecision] = []
        self.clients.call(f"decide {one}", lambda: self._decide(one, Random(seed), sent))
        return f"{one}, {request.kind}, is decided"

    @property
    def _handler(self) -> Caller:
        return make_caller(self.region.state.organisations["utrecht"], professional_id="regie")

    def _decide(self, request_id: str, chance: Random, sent: list[GivenDecision]) -> None:
        """What is found meanwhile, and what has ended meanwhile, is looked at anew.

        ``sent``: what was sent before and got no answer; who repeats says the same.
        """
        ruling = chance.choice(_RULINGS)
        for _ in range(MOST_TRIES):
            request = self._without_doubts(request_id, chance)
            given = sent.pop() if sent else self._given(request, ruling, chance)
            sent.append(given)
            try:
                self.region.rights.decide(self._handler, request_id, given, None)
            except (RequestUnsettled, RequestRefused):
                sent.clear()
                continue
            return

    def _without_doubts(self, request_id: str, chance: Random) -> RightsRequest:
        rights = self.region.rights
        request = rights.read.one(self._handler, request_id)
        for one in request.concerned:
            if one.concerns is None and request.decision is None:
                about = chance.random() < 0.5
                request = rights.change.concern(
                    self._handler, request_id, one.signal_id, None, concerns=about
                )
        return request

    def _given(self, request: RightsRequest, ruling: Ruling, chance: Random) -> GivenDecision:
        if ruling is Ruling.REFUSED:
            return GivenDecision(ruling=ruling, ground=Ground.SIGNAL_JUSTIFIED, measures=())
        allowed = _MEASURES.get(request.kind)
        if ruling is Ruling.WITHDRAWN or allowed is None:
            return GivenDecision(ruling=ruling, ground=None, measures=())
        concerned = [one.signal_id for one in request.concerned if one.concerns]
        signals = self.region.storage.signals.sealed(concerned)
        measures = [
            self._measure(signals[one], allowed, chance) for one in sorted(concerned) if one in signals
        ]
        return GivenDecision(ruling=ruling, ground=None, measures=tuple(measures))

    def _measure(self, signal: Signal, allowed: tuple[Measure, ...], chance: Random) -> GivenMeasure:
        measure = Measure.ERASED if has_ended(signal) else chance.choice(allowed)
        if measure is not Measure.CORRECTED:
            return GivenMeasure(signal_id=signal.id, measure=measure)
        youth = written(chance.choice(CHILDREN), chance, with_bsn=signal.organisation_id != "police")
        return GivenMeasure(signal_id=signal.id, measure=measure, edit=Rewritten(youth))
