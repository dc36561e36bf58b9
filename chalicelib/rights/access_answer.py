"""The answer to a request for access or a copy: all that D32 lists, as it is now.

It is made of the rows that are there, each time anew, and kept nowhere. Never in it: a BSN (D4), data of
parents (D20), a secret address (D21), or anything of another youth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import AnswerNotReady
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.rights import SHOWING, Measure, RequestState, RightsRequest
from chalicelib.domain.signal import Signal
from chalicelib.matches.succession import Succession
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.rights.held import HeldSignal, as_held
from chalicelib.rights.names import WhoIsWho
from chalicelib.rights.own import handled
from chalicelib.rights.recipients import RecipientsOf
from chalicelib.rights.trail import LooksAt, decided_about
from chalicelib.rights.withheld import withheld_in


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessAnswer:
    """What is held about a youth, and what was done with it, at a moment."""

    request: RightsRequest
    made_at: datetime
    signals: tuple[HeldSignal, ...]

    @property
    def is_all(self) -> bool:
        """Whether nothing is held besides: all was asked for, and no signal is withheld."""
        return self.request.whole and all(
            one.measure is not Measure.WITHHELD for one in self.request.concerned
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAccess:
    """Makes the answer for who handles the request; that it was made is in the trail (D39)."""

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile

    def __call__(self, caller: Caller, request_id: str) -> AccessAnswer:
        """The answer, for as long after the decision as a request has for its own.

        Raises RequestNotFound, and AnswerNotReady when the request is not for access, was not granted,
        is not decided yet, or was decided too long ago.
        """
        request = handled(self.storage, caller, request_id)
        now = self.clock.now()
        self._require_ready(request, now)
        shown = self.storage.signals.get_many(self._shown(request))
        signals = [one for _, one in sorted(shown.items()) if one.youth]
        answer = AccessAnswer(request=request, made_at=now, signals=self._held(request, signals))
        self.storage.audit.append(self._entry(caller, request, signals, now))
        return answer

    def _require_ready(self, request: RightsRequest, now: datetime) -> None:
        decision = request.decision
        if decision is None or request.kind not in SHOWING or request.state is not RequestState.DONE:
            raise AnswerNotReady
        if not any(one.measure is Measure.SHOWN for one in request.concerned) and request.concerned:
            raise AnswerNotReady
        if now >= decision.at + timedelta(days=self.legal.answer_within_days):
            raise AnswerNotReady

    def _shown(self, request: RightsRequest) -> set[str]:
        """What is shown, and what took its place since and the request does not know of (D7)."""
        shown = {one.signal_id for one in request.concerned if one.measure is Measure.SHOWN}
        heirs = Succession(self.storage.signals.sealed).heirs(shown).values()
        return shown | {heir for heir in heirs if request.about(heir) is None}

    def _held(self, request: RightsRequest, signals: list[Signal]) -> tuple[HeldSignal, ...]:
        who = WhoIsWho(self.storage.organisations)
        withheld = withheld_in(request, self.storage)
        recipients = RecipientsOf(storage=self.storage, who=who, withheld=withheld)
        youth = decided_about(self.storage, request.id) if signals else frozenset()
        looks = LooksAt(storage=self.storage, who=who, youth=youth, withheld=withheld)
        succession = Succession(self.storage.signals.sealed)
        return tuple(
            as_held(
                signal,
                source=who.card(signal.organisation_id, signal.professional_id),
                recipients=recipients(signal, succession.lineage(signal.id)),
                looks=looks(signal, succession.lineage(signal.id)),
            )
            for signal in signals
        )

    def _entry(
        self, caller: Caller, request: RightsRequest, signals: list[Signal], now: datetime
    ) -> AuditEntry:
        youth = next((signal.pseudonym for signal in signals if signal.pseudonym is not None), None)
        return caller.entry(Act.ACCESS_ANSWERED, request.id, at=now, token=self.names.token(), youth=youth)
