"""What to answer when a request's name is taken: a replay, a repeat, or a refusal (D10)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.domain.audit import Act
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import IdempotencyMismatch, ReferenceInUse, SignalErased, SignalNotFound
from chalicelib.domain.informing import inform_by
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import NameTaken, Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.signals.attempt import Attempt
from chalicelib.signals.ending import has_ended, is_overdue
from chalicelib.signals.expiring import ExpireOne
from chalicelib.signals.own import earlier_of
from chalicelib.signals.request import GivenSignal


@dataclass(frozen=True, slots=True)
class AnswerRepeat:
    """Finds what was answered to the signal that holds a name."""

    storage: Storage
    names: Names
    expire: ExpireOne

    def __call__(self, attempt: Attempt, taken: NameTaken) -> GivenSignal | None:
        """The earlier answer; None when the name is free by now and trying again is right.

        Raises:
            ReferenceInUse: an active signal has the reference, with other content.
            IdempotencyMismatch: the key was used for another payload.
            SignalErased: what it gave was erased since: the answer cannot be rendered anew.
        """
        if taken.name == attempt.idempotency:
            return self._replay(attempt, taken)
        if taken.name == attempt.reference:
            return self._same_reference(attempt, taken)
        return None

    def _replay(self, attempt: Attempt, taken: NameTaken) -> GivenSignal:
        """The stored answer: the signal as it was given, whatever became of it."""
        if taken.digest != attempt.digest:
            raise IdempotencyMismatch
        stored = self.storage.signals.get(taken.target)
        if stored is None:
            raise SignalNotFound
        if stored.state is SignalState.ERASED:
            raise SignalErased
        self._log_read(attempt, stored)
        request, day = attempt.request, amsterdam_day(stored.created_at)
        born, legal = request.youth.birth_date, self.expire.archiving.legal
        given = replace(
            stored,
            state=SignalState.ACTIVE,
            revision=1,
            reference=request.reference,
            planned_end_date=request.planned_end_date,
            ended_at=None,
            renewed_by=None,
            informed=request.informed,
            youth=request.youth,
            inform_by=inform_by(request.informed, born, given=day, today=day, legal=legal),
            archived=None,
        )
        return GivenSignal(signal=given, professional=attempt.professional, created=True)

    def _same_reference(self, attempt: Attempt, taken: NameTaken) -> GivenSignal | None:
        holder = self.storage.signals.get(taken.target)
        if holder is None or has_ended(holder):
            return None
        if is_overdue(holder, attempt.today):
            self._expire(holder, attempt)
            return None
        if taken.digest != attempt.digest:
            raise ReferenceInUse
        self._log_read(attempt, holder)
        told = self.storage.archive.histories([holder.id])
        return GivenSignal(
            signal=holder,
            professional=attempt.professional,
            created=False,
            earlier=earlier_of(told, holder),
        )

    def _expire(self, holder: Signal, attempt: Attempt) -> None:
        """End a signal that the expiry run has yet to come to, so that its reference is free."""
        with suppress(Stale):  # somebody else ended it: the reference is free all the same
            self.expire(holder, attempt.today)

    def _log_read(self, attempt: Attempt, signal: Signal) -> None:
        token = self.names.token()
        self.storage.audit.append(attempt.audit(Act.SIGNAL_READ, signal.id, token, youth=signal.pseudonym))
