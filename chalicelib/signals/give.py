"""Giving a signal: "I am involved with this child" (D1, D3 to D7, D10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import ends_on
from chalicelib.domain.informing import inform_by
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import AlreadyThere, NameTaken, StorageBusy
from chalicelib.ports.storage import NewSignal, Storage, UniqueName
from chalicelib.ports.world import IndexHasher, Names, Pseudonyms
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.attempt import Attempt
from chalicelib.signals.expiring import ExpireOne
from chalicelib.signals.index_keys import index_keys
from chalicelib.signals.own_sites import unknown_site
from chalicelib.signals.pseudonym import youth_pseudonym
from chalicelib.signals.repeat import AnswerRepeat
from chalicelib.signals.request import GivenSignal, SignalRequest
from chalicelib.signals.rules import check_presence, check_signal
from chalicelib.signals.unique_names import signal_number_name

ATTEMPTS: Final = 5
KEY_KEPT: Final = timedelta(hours=24)
"""How long a used Idempotency-Key is remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSignal:
    """Stores a signal with its match keys and asks for its reconcile, in one transaction."""

    storage: Storage
    hasher: IndexHasher
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, caller: Caller, request: SignalRequest, idempotency_key: str | None) -> GivenSignal:
        """Give a signal, or answer what was answered before.

        Raises:
            SignalRefused: the content breaks rules; all of them at once.
            ReferenceInUse: an active signal has the reference, with other content.
            IdempotencyMismatch: the key was used for another payload.
            StorageBusy: nothing was written; try again later.
        """
        attempt = Attempt.of(
            caller, request, idempotency_key, now=self.clock.now(), pseudonyms=self.pseudonyms
        )
        unknown = unknown_site(self.storage, caller.organisation, request.professional.site_id)
        check_signal(request, caller.organisation, attempt.today, self.legal, also=unknown)
        answer_repeat = AnswerRepeat(self.storage, self.names, self._expire)
        for _ in range(ATTEMPTS):
            new = self.new_signal(attempt)
            try:
                self._add(new)
            except AlreadyThere:
                continue
            except NameTaken as taken:
                answer = answer_repeat(attempt, taken)
                if answer is None:
                    continue
                return answer
            return GivenSignal(signal=new.signal, professional=attempt.professional, created=True)
        raise StorageBusy("a signal's names kept changing hands")

    @property
    def _expire(self) -> ExpireOne:
        archiving = Archiving(settings=self.storage.settings, hasher=self.hasher, legal=self.legal)
        return ExpireOne(storage=self.storage, names=self.names, clock=self.clock, archiving=archiving)

    def _add(self, new: NewSignal) -> None:
        """Write it; a name that is ours already was taken by a write whose answer got lost."""
        try:
            self.storage.signals.add(new)
        except NameTaken as taken:
            if taken.target != new.signal.id:
                raise

    def new_signal(self, attempt: Attempt) -> NewSignal:
        """All that giving it writes; nothing is written yet."""
        signal = self._signal(attempt)
        entry = attempt.audit(Act.SIGNAL_GIVEN, signal.id, self.names.token(), youth=signal.pseudonym)
        known = self.storage.organisations.professional(signal.organisation_id, signal.professional_id)
        check_presence(known)
        return NewSignal(
            signal=signal,
            names=_names_taken(attempt, signal),
            professional=None if known == attempt.professional else attempt.professional,
            audit=entry,
        )

    def _signal(self, attempt: Attempt) -> Signal:
        request = attempt.request
        written, _ = self.storage.settings.keysets()
        signal_id = self.names.new_id()
        return Signal(
            id=signal_id,
            number=self.names.signal_number(),
            organisation_id=attempt.caller.organisation.id,
            professional_id=request.professional.id,
            reference=request.reference,
            state=SignalState.ACTIVE,
            revision=1,
            created_at=attempt.now,
            planned_end_date=request.planned_end_date,
            ends_on=ends_on(
                given=attempt.today,
                planned_end=request.planned_end_date,
                born=request.youth.birth_date,
                legal=self.legal,
            ),
            ended_at=None,
            digest=attempt.digest,
            keys=index_keys(request.youth, self.hasher, written),
            informed=request.informed,
            youth=request.youth,
            pseudonym=youth_pseudonym(request.youth, signal_id, self.pseudonyms),
            inform_by=inform_by(
                request.informed,
                request.youth.birth_date,
                given=attempt.today,
                today=attempt.today,
                legal=self.legal,
            ),
        )


def _names_taken(attempt: Attempt, signal: Signal) -> tuple[UniqueName, ...]:
    """The request's key comes first, so that a replay is known as one before its reference is."""
    reference = UniqueName(name=attempt.reference, target=signal.id, digest=attempt.digest)
    number = UniqueName(name=signal_number_name(signal.number), target=signal.id)
    if attempt.idempotency is None:
        return reference, number
    key = UniqueName(
        name=attempt.idempotency,
        target=signal.id,
        digest=attempt.digest,
        expires_at=attempt.now + KEY_KEPT,
    )
    return key, reference, number
