"""Erasing a signal: everything of it goes, and a certificate says so (D33 to D35, D38).

At once go the person record, the keys, the reference and the hashes of its content and its youth; nothing
finds it any more. What names it by its id alone, matches, reviews and notices, goes when the others were
told that it ended: :mod:`chalicelib.signals.erasing`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, Actor
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.errors import SignalErased, SignalNotFound
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.notice import Notice
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.ending import ended, has_ended
from chalicelib.signals.life import Step
from chalicelib.signals.unique_names import reference_of

ATTEMPTS: Final = 5
_STEPS: Final = {ErasureGround.DEATH: Step.DIE, ErasureGround.RETENTION: Step.LEAVE_ARCHIVE}
"""As what the table of the life of a signal knows an erasure that is not a right's."""

Telling = Callable[[Signal, datetime], tuple[Notice, ...]]
"""Who is told of a change by a notice of its own: of the signal as it is left, at a moment."""


def nobody(_: Signal, __: datetime) -> tuple[Notice, ...]:
    """Whoever was in a match hears that it ended (D37); nobody else is told."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSignal:
    """Erases a signal, in whatever state it is; doing it again does nothing more."""

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(
        self, signal_id: str, ground: ErasureGround, by: Actor, telling: Telling = nobody
    ) -> ErasureCertificate:
        """Erase it; ``by`` is whose act the trail calls it. The certificate as far as it is by now.

        ``telling`` says who hears of it by itself, of the signal as it is left.
        Raises SignalNotFound, SignalErased when its certificate is kept no longer, and StorageBusy:
        nothing was written; try again later.
        """
        for _ in range(ATTEMPTS):
            signal = self._signal(signal_id)
            held = self.storage.erasures.get(signal_id)
            if signal.state is SignalState.ERASED:
                return _still_held(held)
            change = self._change(signal, ground, by, telling)
            try:
                self.storage.signals.change(change)
            except Stale:
                continue
            self.storage.notices.wake({notice.receiver for notice in change.notices})
            return _certificate_of(change)
        raise StorageBusy("the signal kept changing")

    def _signal(self, signal_id: str) -> Signal:
        """The signal; a record that does not open goes unread."""
        try:
            found = self.storage.signals.get(signal_id)
        except SealBroken:
            found = self.storage.signals.sealed([signal_id]).get(signal_id)
        if found is None:
            raise SignalNotFound
        return found

    def _change(self, signal: Signal, ground: ErasureGround, by: Actor, telling: Telling) -> SignalChange:
        now = self.clock.now()
        left = erased(signal, ground, now)
        return SignalChange(
            previous=signal,
            signal=left,
            released=() if has_ended(signal) else (reference_of(signal),),
            audit=by.entry(
                Act.SIGNAL_ERASED, signal.id, at=now, token=self.names.token(), youth=signal.pseudonym
            ),
            erasure=_begun(signal, ground, now, timedelta(days=self.legal.backup_days)),
            notices=telling(left, now),
        )


def erased(signal: Signal, ground: ErasureGround, at: datetime) -> Signal:
    """The signal's next revision, of which nothing is left but whose it was, its number and its dates."""
    day = amsterdam_day(at)
    return replace(
        ended(signal, _STEPS.get(ground, Step.ERASE), at),
        reference="",
        planned_end_date=day,
        ends_on=day,  # the last day may be that before a birthday
        verdicts=frozenset(),
    )


def _begun(signal: Signal, ground: ErasureGround, now: datetime, backups: timedelta) -> ErasureCertificate:
    begun = ErasureCertificate(
        signal_id=signal.id,
        organisation_id=signal.organisation_id,
        ground=ground,
        erased_at=now,
        backup_until=now + backups,
    )
    begun = begun.with_gone("personRecords", int(signal.youth is not None))
    begun = begun.with_gone("keys", len(signal.keys))
    begun = begun.with_gone("archiveKeys", len(signal.archived.keys) if signal.archived else 0)
    return begun.with_gone("references", int(not has_ended(signal)))


def _still_held(certificate: ErasureCertificate | None) -> ErasureCertificate:
    if certificate is None:
        raise SignalErased
    return certificate


def _certificate_of(change: SignalChange) -> ErasureCertificate:
    if change.erasure is None:
        raise LookupError("an erasure is written with its certificate")
    return change.erasure
