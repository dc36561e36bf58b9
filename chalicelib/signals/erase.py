"""Erasing a signal: everything of it goes, and a certificate says so (D1, D33 to D35, D38).

At once go the person record, the keys, the reference and the hashes of its content and its youth; nothing
finds it any more. What names it by its id alone, matches, reviews and notices, goes when the others were
told that it ended: :mod:`chalicelib.signals.erasing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from chalicelib.matches.succession import Succession
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.ending import ended, has_ended
from chalicelib.signals.life import Step
from chalicelib.signals.unique_names import reference_of

ATTEMPTS: Final = 5
_STEPS: Final = {
    ErasureGround.DEATH: Step.DIE,
    ErasureGround.AGE: Step.COME_OF_AGE,
    ErasureGround.RETENTION: Step.LEAVE_ARCHIVE,
}
"""As what the table of the life of a signal knows an erasure that is not a right's."""

Telling = Callable[[Signal, datetime], tuple[Notice, ...]]
"""Who is told of a change by a notice of its own: of the signal as it is left, at a moment."""


def nobody(_: Signal, __: datetime) -> tuple[Notice, ...]:
    """Whoever was in a match hears that it ended (D37); nobody else is told."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSignal:
    """Erases a signal with its whole line of renewals, whatever states they are in (D7).

    A signal that was renewed holds no record any more, but its reference and its dates; it goes before the
    one that took its place. Doing it again does nothing more.
    """

    storage: Storage
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(
        self, signal_id: str, ground: ErasureGround, by: Actor, telling: Telling = nobody
    ) -> ErasureCertificate:
        """Erase it; ``by`` is whose act the trail calls it. The certificate as far as it is by now.

        ``telling`` says who hears of it by itself, of the signal as it is left: once for a line, of the
        last of it, whatever it renewed.
        Raises SignalNotFound, SignalErased when its certificate is kept no longer, and StorageBusy: what
        was erased of the line stays so; try again later.
        """
        signal = self._signal(signal_id)
        line = self._before(signal)
        for one in line:
            self._one(self._signal(one), {*line, signal_id}, ground, by)
        signal, certificate = self._one(signal, {*line}, ground, by, telling)
        line.append(signal_id)
        while signal.renewed_by is not None:  # maybe meanwhile, by who was quicker than this
            signal, _ = self._one(self._signal(signal.renewed_by), {*line}, ground, by, telling)
            line.append(signal.id)
        return _still_held(certificate)

    def what_it_renewed(self, signal: Signal, ground: ErasureGround, by: Actor) -> tuple[str, ...]:
        """Erase the signals whose place it took, and not itself; their ids. Raises StorageBusy as above."""
        line = self._before(signal)
        for one in line:
            self._one(self._signal(one), {*line, signal.id}, ground, by)
        return tuple(line)

    def begun(
        self, signal: Signal, ground: ErasureGround, line: Iterable[str], at: datetime
    ) -> ErasureCertificate:
        """The certificate for the write that leaves nothing of a signal, with what an earlier one says.

        A signal that was retracted may be erased on a right too: what went before has gone all the same.
        """
        begun = _begun(signal, ground, at, timedelta(days=self.legal.backup_days))
        near = {one for one in (signal.renews, signal.renewed_by) if one is not None}
        begun = replace(begun, line=frozenset({*line, *near} - {signal.id}))
        held = self.storage.erasures.get(signal.id)
        return begun if held is None else begun.after(held)

    def _before(self, signal: Signal) -> list[str]:
        """Those whose place it took, the first of the line first."""
        if signal.renews is None:
            return []
        return list(reversed(Succession(self.storage.signals.sealed).lineage(signal.renews)))

    def _one(
        self,
        signal: Signal,
        line: Iterable[str],
        ground: ErasureGround,
        by: Actor,
        telling: Telling = nobody,
    ) -> tuple[Signal, ErasureCertificate | None]:
        """The signal, erased, with its certificate; None once that is kept no longer."""
        for _ in range(ATTEMPTS):
            if signal.state is SignalState.ERASED:
                return signal, self.storage.erasures.get(signal.id)
            change = self._change(signal, line, ground, by)
            if signal.renewed_by is None:
                change = replace(change, notices=telling(change.signal, change.audit.at))
            try:
                self.storage.signals.change(change)
            except Stale:
                signal = self._signal(signal.id)
                continue
            self.storage.notices.wake({notice.receiver for notice in change.notices})
            return change.signal, change.erasure
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

    def _change(self, signal: Signal, line: Iterable[str], ground: ErasureGround, by: Actor) -> SignalChange:
        now = self.clock.now()
        return SignalChange(
            previous=signal,
            signal=erased(signal, ground, now),
            released=() if has_ended(signal) else (reference_of(signal),),
            audit=by.entry(
                Act.SIGNAL_ERASED, signal.id, at=now, token=self.names.token(), youth=signal.pseudonym
            ),
            erasure=self.begun(signal, ground, line, now),
        )


def erased(signal: Signal, ground: ErasureGround, at: datetime) -> Signal:
    """The signal's next revision, erased: as :func:`emptied` leaves it."""
    step = _STEPS.get(ground, Step.ERASE)
    if step is Step.COME_OF_AGE and has_ended(signal):
        step = Step.LEAVE_ARCHIVE  # one that was renewed, of the line of a signal that ran to the birthday
    return emptied(signal, step, at)


def emptied(signal: Signal, step: Step, at: datetime) -> Signal:
    """The signal ended by a step, with nothing left of it but whose it was, its number and its dates."""
    day = amsterdam_day(at)
    return replace(
        ended(signal, step, at),
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
    begun = begun.with_gone("personRecords", int(_holds_a_record(signal)))
    begun = begun.with_gone("keys", len(signal.keys))
    begun = begun.with_gone("archiveKeys", len(signal.archived.keys) if signal.archived else 0)
    return begun.with_gone("references", int(not has_ended(signal)))


def _holds_a_record(signal: Signal) -> bool:
    """Whether there is one; of a signal that runs, or is in the archive, there is, though it went unread."""
    return signal.youth is not None or signal.archived is not None or not has_ended(signal)


def _still_held(certificate: ErasureCertificate | None) -> ErasureCertificate:
    if certificate is None:
        raise SignalErased
    return certificate
