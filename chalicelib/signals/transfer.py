"""Handing over all running signals of a professional who leaves (D28)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.errors import (
    FieldProblem,
    OrganisationSuspended,
    ProfessionalNotFound,
    SignalRefused,
)
from chalicelib.domain.organisation import OrganisationState, Professional
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import Handover, Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.ending import has_ended
from chalicelib.signals.own_sites import unknown_site
from chalicelib.signals.request import ProfessionalCard
from chalicelib.signals.rules import card_problems

PAGE: Final = 100
ATTEMPTS: Final = 5
TIME_TO_BEGIN: Final = timedelta(seconds=15)
"""After which no signal is begun: one that is slow still ends before the gateway stops waiting (29 s)."""
_PLACE: Final = "after|"
_HAS_LEFT: Final = FieldProblem("/to", "professional-left", "This professional has left too.")
_RUNNING: Final = frozenset({SignalState.ACTIVE, SignalState.RESTRICTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred:
    """What one request handed over; ``cursor`` goes on where time ran out, None when all is done."""

    handed_over: int
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSignals:
    """Gives each running signal of one professional to another of the same organisation.

    First the leaver's card is closed to new signals, so that nothing is added behind the walk; then each
    signal gets its next revision, by a write of its own. No person record is opened, so one that nobody
    can open goes over as well. Repeating it is harmless and finds what is left.
    """

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock

    def __call__(
        self, caller: Caller, leaver: str, to: str | ProfessionalCard, cursor: str | None
    ) -> Transferred:
        """Hand over as many as time allows.

        Raises:
            ProfessionalNotFound: the organisation has no such professional.
            SignalRefused: who takes over is the same, not there, gone too, or has a card that breaks rules;
                also when they left meanwhile.
            OrganisationSuspended: it was suspended meanwhile.
            CursorRefused: not a cursor that this transfer gave.
            StorageBusy: what was handed over stays so; try again later.
        """
        card = self.storage.organisations.professional(caller.organisation.id, leaver)
        if card is None:
            raise ProfessionalNotFound
        taker = self._taker(caller, leaver, to)
        bound_to = ("transfer", caller.organisation.id, leaver)
        place = "" if cursor is None else self.cursors.opened(cursor, bound_to).removeprefix(_PLACE)
        self._close(caller, card, taker)
        until = self.clock.now() + TIME_TO_BEGIN
        done, rest = self._walk(caller, leaver, taker, place, lambda: self.clock.now() < until)
        signed = None if rest is None else self.cursors.signed(f"{_PLACE}{rest}", bound_to)
        return Transferred(handed_over=done, cursor=signed)

    def _taker(self, caller: Caller, leaver: str, to: str | ProfessionalCard) -> Professional:
        """Who takes over, as stored, or as told. Raises SignalRefused."""
        who = to if isinstance(to, str) else to.id
        held = self.storage.organisations.professional(caller.organisation.id, who)
        problems = [] if isinstance(to, str) else self._problems(caller, to)
        if who == leaver:
            problems.append(FieldProblem("/to", "same-professional", "Signals go to somebody else."))
        elif held is not None and held.left_at is not None:
            problems.append(_HAS_LEFT)
        elif held is None and isinstance(to, str):
            problems.append(FieldProblem("/to", "unknown-professional", "There is no such card; send it."))
        if problems:
            raise SignalRefused(tuple(problems))
        if isinstance(to, str):
            return _known(held)
        return to.at(caller.organisation)

    def _problems(self, caller: Caller, card: ProfessionalCard) -> list[FieldProblem]:
        also = unknown_site(self.storage, caller.organisation, card.site_id)
        return list(card_problems(card, caller.organisation, "/to", also))

    def _close(self, caller: Caller, card: Professional, taker: Professional) -> None:
        """From now on no signal names the leaver; closing it again is nothing new.

        What was told of the leaver goes for who takes over, on signals that had ended by then too.
        """
        if card.left_at is None:
            now, token = self.clock.now(), self.names.token()
            audit = caller.entry(Act.PROFESSIONAL_LEFT, card.id, at=now, token=token)
            self.storage.organisations.close_card(card, now, taker.id, audit)

    def _walk(
        self,
        caller: Caller,
        leaver: str,
        taker: Professional,
        place: str,
        time_left: Callable[[], bool],
    ) -> tuple[int, str | None]:
        """How many were handed over, and where to go on; None at the end.

        Both running states in one walk: what is hidden or brought back meanwhile is passed by in neither.
        """
        done, here = 0, place
        while time_left():
            page = self.storage.signals.page(
                caller.organisation.id, states=_RUNNING, reference=None, limit=PAGE, after=here or None
            )
            for signal in page.items:
                if signal.professional_id == leaver:
                    if not time_left():
                        return done, here
                    done += self._hand_over(caller, signal, taker)
            if page.next is None:
                return done, None
            here = page.next
        return done, here

    def _hand_over(self, caller: Caller, signal: Signal, taker: Professional) -> int:
        """1 when it was handed over, 0 when there is nothing to hand over any more."""
        leaver = signal.professional_id
        for _ in range(ATTEMPTS):
            try:
                self.storage.signals.hand_over(self._handover(caller, signal, taker))
            except Stale:
                self._require_taker(taker)
                current = self.storage.signals.sealed([signal.id]).get(signal.id)
                if current is None or has_ended(current) or current.professional_id != leaver:
                    return 0
                signal = current
                continue
            return 1
        raise StorageBusy("a signal kept changing")

    def _require_taker(self, taker: Professional) -> None:
        """Raise SignalRefused, or OrganisationSuspended, when it is who takes over that has changed."""
        organisation = self.storage.organisations.get(taker.organisation_id)
        if organisation is None or organisation.state is not OrganisationState.ACTIVE:
            raise OrganisationSuspended
        held = self.storage.organisations.professional(taker.organisation_id, taker.id)
        if held is not None and held.left_at is not None:
            raise SignalRefused((_HAS_LEFT,))

    def _handover(self, caller: Caller, signal: Signal, taker: Professional) -> Handover:
        known = self.storage.organisations.professional(taker.organisation_id, taker.id)
        now, token = self.clock.now(), self.names.token()
        return Handover(
            signal=replace(signal, professional_id=taker.id, revision=signal.revision + 1),
            audit=caller.entry(
                Act.SIGNAL_TRANSFERRED, signal.id, at=now, token=token, youth=signal.pseudonym
            ),
            professional=None if known == taker else taker,
        )


def _known(held: Professional | None) -> Professional:
    if held is None:
        raise LookupError("a professional who is not there was refused")
    return held
