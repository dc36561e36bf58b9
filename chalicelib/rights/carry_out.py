"""Carrying out: whatever a request still wants is done, step by step, and any step may be the last (D33).

Level-triggered: it looks at what the request says and at what has been done, never at what happened.
So a crash anywhere, a repeat and two at once are harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import SignalErased, SignalNotFound
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import Notice
from chalicelib.domain.rights import Concerned, Measure, RequestState, RightsRequest
from chalicelib.matches.succession import Succession
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import RequestChange, Storage
from chalicelib.rights.agenda import involved, needs_hiding, planned
from chalicelib.rights.asking import advice_asked
from chalicelib.rights.handling import Handling
from chalicelib.rights.measures import TakeMeasures
from chalicelib.rights.telling import told_that_it_is_erased
from chalicelib.signals.ending import has_ended
from chalicelib.signals.erase import EraseSignal

ATTEMPTS: Final = 5
ASKED_AT_ONCE: Final = 40
"""So that a request and its notices, with their due items, are one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOut:
    """Asks for advice, hides and brings back, and does what was decided."""

    storage: Storage
    measures: TakeMeasures
    erase: EraseSignal
    clock: Clock
    legal: LegalProfile

    def __call__(self, request: RightsRequest) -> RightsRequest:
        """The request with all done that could be. Raises StorageBusy; what was done is not done again."""
        for _ in range(ATTEMPTS):
            try:
                return self._all_steps(request)
            except Stale:
                held = self.storage.rights.get(request.id)
                if held is None:
                    return request
                request = held
        raise StorageBusy("the request kept changing")

    def _all_steps(self, request: RightsRequest) -> RightsRequest:
        if request.state is RequestState.OPEN:
            while any(one.to_ask for one in request.concerned):
                request = self._asked(request)
        if request.state is not RequestState.DONE:
            for one in involved(request):
                if request.state is RequestState.OPEN and needs_hiding(request, one):
                    request = self._hid(request, one)
        if request.state is RequestState.DECIDED:
            for one in request.concerned:
                if not one.carried_out:
                    request = self._took(request, one)
            request = self._finished(self._without_ended(request))
        return request

    def _asked(self, request: RightsRequest) -> RightsRequest:
        """Ask the professionals of some signals for advice; those that have ended meanwhile need none."""
        now = self.clock.now()
        some = [one.signal_id for one in request.concerned if one.to_ask][:ASKED_AT_ONCE]
        signals = self.storage.signals.sealed(some)
        asked = {one: signals[one] for one in some if one in signals and not has_ended(signals[one])}
        notices = tuple(advice_asked(request, signal, now) for signal in asked.values())
        concerned = tuple(
            replace(one, to_ask=False, asked_at=now if one.signal_id in asked else None)
            if one.signal_id in some
            else one
            for one in request.concerned
        )
        written = self._commit(request, replace(request, concerned=concerned), notices)
        self.storage.notices.wake(sorted({notice.receiver for notice in notices}))
        return written

    def _hid(self, request: RightsRequest, one: Concerned) -> RightsRequest:
        """Hide a signal, or bring it back: the signal first, so that what is noted has been done."""
        act = self.measures.bring_back if one.hidden else self.measures.hide
        self._on_standing(request, one, lambda standing: act(request, standing))
        return self._noted(request, one, lambda held: replace(held, hidden=not one.hidden))

    def _took(self, request: RightsRequest, one: Concerned) -> RightsRequest:
        """Do what was decided about a signal; whatever stays is found again."""
        stays_hidden = one.measure is Measure.RESTRICTED
        if one.measure is Measure.ERASED:
            self._erase(request, one.signal_id)
        else:
            self._on_standing(request, one, lambda standing: self._take(request, one, standing))
        return self._noted(request, one, lambda held: replace(held, hidden=stays_hidden, carried_out=True))

    def _take(self, request: RightsRequest, one: Concerned, standing: str) -> None:
        if one.measure is Measure.RESTRICTED:
            self.measures.hide(request, standing)
            return
        if one.measure is Measure.CLOSED:
            self.measures.close(request, standing)
        elif one.measure is Measure.CORRECTED and request.record is not None:
            corrections = dict(request.record.corrections)
            if one.signal_id in corrections:
                self.measures.correct(request, standing, corrections[one.signal_id])
        self.measures.bring_back(request, standing)  # noted or not, it may be hidden

    def _on_standing(self, request: RightsRequest, one: Concerned, act: Callable[[str], None]) -> None:
        """Do it to what stands in the place of a signal; once more when it was renewed in between (D7)."""
        done, standing = None, self._standing(request, one)
        while done != standing:
            act(standing)
            done, standing = standing, self._standing(request, one)

    def _standing(self, request: RightsRequest, one: Concerned) -> str:
        """The signal, or what took its place since and the request does not know of yet (D7)."""
        heir = Succession(self.storage.signals.sealed).heir(one.signal_id)
        return heir if request.about(heir) is None else one.signal_id

    def _erase(self, request: RightsRequest, signal_id: str) -> None:
        """Leave nothing of a signal; one that is gone, or was erased long ago, is erased."""
        with suppress(SignalNotFound, SignalErased):
            self.erase(signal_id, ErasureGround.RIGHT, Handling(request), told_that_it_is_erased)

    def _noted(
        self, request: RightsRequest, one: Concerned, note: Callable[[Concerned], Concerned]
    ) -> RightsRequest:
        concerned = tuple(
            note(held) if held.signal_id == one.signal_id else held for held in request.concerned
        )
        return self._commit(request, replace(request, concerned=concerned))

    def _without_ended(self, request: RightsRequest) -> RightsRequest:
        """With no signal hidden that has ended by itself meanwhile."""
        hidden = {one.signal_id: self._standing(request, one) for one in request.concerned if one.hidden}
        signals = self.storage.signals.sealed(sorted(hidden.values())) if hidden else {}
        over = {one for one, held in hidden.items() if held not in signals or has_ended(signals[held])}
        concerned = (
            replace(one, hidden=one.hidden and one.signal_id not in over) for one in request.concerned
        )
        return replace(request, concerned=tuple(concerned))

    def _finished(self, request: RightsRequest) -> RightsRequest:
        """Whom it is about is forgotten (D38); done, unless it hides a signal until that is lifted.

        What was said of it goes with it: nothing is asked any more, and a notice names a signal.
        """
        lasts = any(one.hidden for one in request.concerned)
        if lasts and request.record is None:
            return request
        over = replace(request, record=None, pseudonym=None)
        if not lasts:
            self.storage.erasures.remove_notices(self.storage.erasures.notices_of(request.id))
            over = replace(over, state=RequestState.DONE, done_at=self.clock.now())
        return self._commit(request, over)

    def _commit(
        self, before: RightsRequest, after: RightsRequest, notices: tuple[Notice, ...] = ()
    ) -> RightsRequest:
        written = planned(
            replace(after, revision=before.revision + 1), amsterdam_day(self.clock.now()), self.legal
        )
        self.storage.rights.commit(
            RequestChange(request=written, previous_revision=before.revision, audit=None, notices=notices)
        )
        return written
