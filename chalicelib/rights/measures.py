"""What a request does to a signal: hide it, bring it back, correct it, close it (D33).

Each is written on the signal as it is now, together with the notice that tells its professional, and does
nothing where that is so already: repeating a measure after a crash is harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import NoticeKind
from chalicelib.domain.rights import RightsRequest
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.signals import RequestAsRead
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.ports.world import IndexHasher, Names, Pseudonyms
from chalicelib.rights.handling import Handling
from chalicelib.rights.telling import told_of
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.ending import ended, has_ended
from chalicelib.signals.index_keys import index_keys
from chalicelib.signals.life import Step, require
from chalicelib.signals.pseudonym import youth_pseudonym
from chalicelib.signals.redate import informing_term, last_day_of
from chalicelib.signals.unique_names import reference_of

ATTEMPTS: Final = 5

Revise = Callable[[Signal], Signal | None]
"""The signal as it is to be, at the same revision; None where it is so already."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """What the trail calls a measure, and what its professional is told."""

    act: Act
    told: NoticeKind

    def is_news(self, before: Signal, after: Signal) -> bool:
        """Whether it changed more than which requests hide the signal."""
        return before.state is not after.state or before.youth != after.youth


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMeasures:
    """Takes measures for a request, in the name of who handles it (D39).

    Each raises StorageBusy when the signal kept changing, and Stale when the request is another by now:
    who was slow never hides what a decision has brought back since. Nothing is done to a signal that is gone.
    """

    storage: Storage
    hasher: IndexHasher
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock
    archiving: Archiving
    legal: LegalProfile

    def hide(self, request: RightsRequest, signal_id: str) -> None:
        """Hide it from matching while the request is decided: nothing finds it, its matches end (D33)."""
        step = _Measure(Act.SIGNAL_RESTRICTED, NoticeKind.SIGNAL_RESTRICTED)
        self._write(request, signal_id, step, lambda signal: _hidden(signal, request.id))

    def bring_back(self, request: RightsRequest, signal_id: str) -> None:
        """Let it match again, unless another request hides it still (D33)."""
        step = _Measure(Act.SIGNAL_RESTORED, NoticeKind.SIGNAL_RESTORED)
        self._write(request, signal_id, step, lambda signal: self._shown(signal, request.id))

    def correct(self, request: RightsRequest, signal_id: str, youth: Youth) -> None:
        """Have it say this of the youth; whom it matches is evaluated anew (D23, D31)."""
        step = _Measure(Act.SIGNAL_CORRECTED, NoticeKind.SIGNAL_CORRECTED)
        self._write(request, signal_id, step, lambda signal: self._corrected(signal, youth))

    def close(self, request: RightsRequest, signal_id: str) -> None:
        """Close it, as its professional would: the others are told, the archive keeps it (D33, D37)."""
        self._write(request, signal_id, _Measure(Act.SIGNAL_CLOSED, NoticeKind.SIGNAL_CLOSED), self._closed)

    def _write(self, request: RightsRequest, signal_id: str, step: _Measure, revise: Revise) -> None:
        for _ in range(ATTEMPTS):
            signal = self.storage.signals.get(signal_id)
            wanted = revise(signal) if signal is not None else None
            if signal is None or wanted is None:
                return
            now, left = self.clock.now(), replace(wanted, revision=signal.revision + 1)
            change = SignalChange(
                previous=signal,
                signal=left,
                released=(reference_of(signal),) if has_ended(wanted) else (),
                audit=Handling(request).entry(
                    step.act, signal.id, at=now, token=self.names.token(), youth=signal.pseudonym
                ),
                carries_out=RequestAsRead(request.id, request.revision),
                notices=(told_of(step.told, left, now),) if step.is_news(signal, left) else (),
            )
            try:
                self.storage.signals.change(change)
            except Stale:
                if not self._is_as_read(request):
                    raise
                continue
            self.storage.notices.wake({notice.receiver for notice in change.notices})
            return
        raise StorageBusy("the signal kept changing")

    def _is_as_read(self, request: RightsRequest) -> bool:
        held = self.storage.rights.get(request.id)
        return held is not None and held.revision == request.revision

    def _shown(self, signal: Signal, request_id: str) -> Signal | None:
        if request_id not in signal.restricted_by:
            return None
        left = replace(signal, restricted_by=signal.restricted_by - {request_id})
        if left.restricted_by or has_ended(signal):
            return left
        require(signal.state, Step.RELEASE)
        return replace(left, state=SignalState.ACTIVE, keys=self._keys(signal.youth))

    def _corrected(self, signal: Signal, youth: Youth) -> Signal | None:
        if has_ended(signal) or signal.youth == youth:
            return None
        hidden = signal.state is SignalState.RESTRICTED
        return replace(
            signal,
            youth=youth,
            pseudonym=youth_pseudonym(youth, signal.id, self.pseudonyms),
            keys=frozenset() if hidden else self._keys(youth),
            ends_on=last_day_of(
                signal, self.legal, planned_end=signal.planned_end_date, born=youth.birth_date
            ),
            inform_by=informing_term(
                signal, signal.informed, youth.birth_date, amsterdam_day(self.clock.now()), self.legal
            ),
        )

    def _closed(self, signal: Signal) -> Signal | None:
        if has_ended(signal):
            return None
        now = self.clock.now()
        return self.archiving(ended(signal, Step.CLOSE, now), amsterdam_day(now))

    def _keys(self, youth: Youth | None) -> frozenset[IndexKey]:
        written, _ = self.storage.settings.keysets()
        return index_keys(youth, self.hasher, written) if youth is not None else frozenset()


def _hidden(signal: Signal, request_id: str) -> Signal | None:
    if has_ended(signal) or request_id in signal.restricted_by:
        return None
    if signal.state is SignalState.ACTIVE:
        require(signal.state, Step.RESTRICT)
    return replace(
        signal,
        state=SignalState.RESTRICTED,
        keys=frozenset(),
        restricted_by=signal.restricted_by | {request_id},
    )
