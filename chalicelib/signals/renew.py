"""Renewing: a new signal, with a new assessment, that takes the place of one that goes on too short (D7).

Nothing is extended. The new signal takes over what is known of the youth and what people decided about it,
in the transaction that ends the other, so that no match of it is ever missing in between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import ReferenceInUse, SignalAlreadyEnded
from chalicelib.domain.organisation import Professional
from chalicelib.domain.review import Review, review_id
from chalicelib.domain.signal import Signal, SignalState, SignalVerdict
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale, StorageBusy
from chalicelib.ports.storage import NewSignal, Renewal, SignalChange, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.attempt import Attempt
from chalicelib.signals.ending import ended, has_ended, is_overdue
from chalicelib.signals.give import GiveSignal
from chalicelib.signals.life import Step, require
from chalicelib.signals.own import own_signal, with_professional
from chalicelib.signals.request import GivenSignal, RenewalRequest, SignalRequest, as_asked
from chalicelib.signals.rules import check_presence, check_renewal
from chalicelib.signals.unique_names import reference_of

ATTEMPTS: Final = 5
MOST_VERDICTS: Final = 8
"""So many others are told in the same transaction that the word on them goes for the new signal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewSignal:
    """Ends a signal and gives the one that takes its place, in one transaction.

    ``give`` makes the new signal as it makes any; ``stage_code`` is in the ids of reviews.
    """

    storage: Storage
    give: GiveSignal
    names: Names
    clock: Clock
    stage_code: str

    def __call__(self, caller: Caller, signal_id: str, wanted: RenewalRequest) -> GivenSignal:
        """Renew a signal, once: what asks the same again is answered the same, not as created.

        Raises:
            SignalNotFound: no such signal of this organisation.
            SignalAlreadyEnded: it ended, in whatever way; or was renewed otherwise.
            SignalRestricted: a right about it is being decided (D33).
            CardMissing: who holds it has no card.
            SignalRefused: the period, or what was said of informing, breaks rules; or who holds it has left:
                renewing is for whoever takes over.
            ReferenceInUse: another active signal has the reference.
            StorageBusy: nothing was written; try again later.
        """
        mine: set[str] = set()
        for _ in range(ATTEMPTS):
            previous = own_signal(self.storage, caller, signal_id)
            if previous.renewed_by is not None:
                return self._renewed(caller, previous, wanted, created=previous.renewed_by in mine)
            renewal, given = self._renewal(caller, previous, wanted)
            mine.add(given.signal.id)
            try:
                self.storage.signals.renew(renewal)
            except (Stale, AlreadyThere):
                continue
            except NameTaken as taken:
                if taken.name == reference_of(given.signal):
                    raise ReferenceInUse from taken
                continue
            return given
        raise StorageBusy("the signal kept changing")

    def _renewed(
        self, caller: Caller, previous: Signal, wanted: RenewalRequest, *, created: bool
    ) -> GivenSignal:
        """The signal that took its place, if that is what is wanted."""
        successor = self.storage.signals.get(previous.renewed_by or "")
        if successor is None or not _is_as_wanted(successor, previous, wanted):
            raise SignalAlreadyEnded(previous.state)
        now, token = self.clock.now(), self.names.token()
        self.storage.audit.append(
            caller.entry(Act.SIGNAL_READ, successor.id, at=now, token=token, youth=successor.pseudonym)
        )
        own = with_professional(self.storage, successor)
        return GivenSignal(
            signal=successor, professional=own.professional, created=created, earlier=own.earlier
        )

    def _renewal(
        self, caller: Caller, previous: Signal, wanted: RenewalRequest
    ) -> tuple[Renewal, GivenSignal]:
        now = self.clock.now()
        if is_overdue(previous, amsterdam_day(now)):
            raise SignalAlreadyEnded(SignalState.EXPIRED)
        require(previous.state, Step.RENEW)
        card = with_professional(self.storage, previous).professional
        check_presence(card)
        request = _request(previous, card, wanted)
        check_renewal(request, previous.reference, amsterdam_day(now), self.give.legal)
        attempt = Attempt.of(caller, request, None, now=now, pseudonyms=self.give.pseudonyms)
        made = self.give.new_signal(attempt)
        others = self._others(previous)
        successor = replace(made.signal, renews=previous.id, verdicts=_verdicts(previous, others))
        told = [one for one in others if one.state is SignalState.ACTIVE][:MOST_VERDICTS]
        renewal = Renewal(
            change=self._change(caller, previous, successor),
            new=NewSignal(signal=successor, names=made.names, professional=None, audit=made.audit),
            others=tuple(_told(other, previous, successor) for other in told),
            reviews=tuple(self._reviews(previous, successor, told)),
        )
        return renewal, GivenSignal(signal=successor, professional=card, created=True)

    def _change(self, caller: Caller, previous: Signal, successor: Signal) -> SignalChange:
        token = self.names.token()
        over = ended(previous, Step.RENEW, successor.created_at)
        return SignalChange(
            previous=previous,
            signal=replace(over, renewed_by=successor.id),
            released=(reference_of(previous),),
            audit=caller.entry(
                Act.SIGNAL_RENEWED,
                previous.id,
                at=successor.created_at,
                token=token,
                youth=previous.pseudonym,
            ),
        )

    def _others(self, previous: Signal) -> list[Signal]:
        """Those of whom people said whether they are about the same youth, and who have not ended."""
        ids = sorted(verdict.other_id for verdict in previous.verdicts)
        found = self.storage.signals.sealed(ids) if ids else {}
        return [found[one] for one in ids if one in found and not has_ended(found[one])]

    def _reviews(self, previous: Signal, successor: Signal, told: Iterable[Signal]) -> Iterable[Review]:
        """What was decided of the one is decided of the other, and can be undone there."""
        for other in told:
            held = self.storage.reviews.get(review_id(self.stage_code, previous.id, other.id))
            if held is not None and held.verdict is not None:
                yield _on_successor(held, previous, successor, self.stage_code)


def _request(previous: Signal, card: Professional, wanted: RenewalRequest) -> SignalRequest:
    """The signal as it is to be given: all that is known, for another period, informed anew (D30)."""
    if previous.youth is None:
        raise LookupError("a signal that has not ended has its person record")
    return SignalRequest(
        reference=wanted.reference or previous.reference,
        youth=previous.youth,
        professional=as_asked(card),
        planned_end_date=wanted.planned_end_date,
        informed=wanted.informed,
    )


def _is_as_wanted(successor: Signal, previous: Signal, wanted: RenewalRequest) -> bool:
    asked = (wanted.planned_end_date, wanted.informed, wanted.reference or previous.reference)
    return (successor.planned_end_date, successor.informed, successor.reference) == asked


def _verdicts(previous: Signal, others: Iterable[Signal]) -> frozenset[SignalVerdict]:
    kept = {one.id for one in others}
    return frozenset(verdict for verdict in previous.verdicts if verdict.other_id in kept)


def _told(other: Signal, previous: Signal, successor: Signal) -> Signal:
    """The other's next revision, with the word on the one going for the other."""
    words = {
        replace(word, other_id=successor.id) if word.other_id == previous.id else word
        for word in other.verdicts
    }
    return replace(other, revision=other.revision + 1, verdicts=frozenset(words))


def _on_successor(held: Review, previous: Signal, successor: Signal, stage_code: str) -> Review:
    sides = sorted(
        (
            replace(side, signal_id=successor.id, professional_id=successor.professional_id)
            if side.signal_id == previous.id
            else side
            for side in held.sides
        ),
        key=lambda side: side.signal_id,
    )
    first, second = sides
    new_id = review_id(stage_code, first.signal_id, second.signal_id)
    return replace(held, id=new_id, sides=(first, second), episode=1, revision=1)
