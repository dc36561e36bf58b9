"""Changing a signal: moved, corrected, a BSN that arrived, another professional (D5, D7, D23)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import SignalAlreadyEnded, SignalRevised
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.matching import Youth
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.ports.world import IndexHasher, Names, Pseudonyms
from chalicelib.signals.ending import is_overdue
from chalicelib.signals.index_keys import index_keys
from chalicelib.signals.life import Step, require
from chalicelib.signals.moving import with_move
from chalicelib.signals.own import own_signal, with_professional
from chalicelib.signals.own_sites import unknown_site
from chalicelib.signals.pseudonym import youth_pseudonym
from chalicelib.signals.redate import informing_term, last_day_of
from chalicelib.signals.request import KeptContent, OwnSignal, SignalEdit, SignalRequest, as_asked
from chalicelib.signals.rules import check_change, check_presence

ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSignal:
    """Writes a signal's next revision with its new keys; its matches are evaluated anew (D23)."""

    storage: Storage
    hasher: IndexHasher
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(
        self, caller: Caller, signal_id: str, edit: SignalEdit, revisions: Collection[int] | None
    ) -> OwnSignal:
        """Change a signal that is at one of these revisions, None for any; nothing new writes nothing.

        The digest stays that of the content as it was given, so that a late repeat of the request
        that gave the signal is still known as one (D10).

        Raises, besides what ``edit`` raises for what it cannot read:
            SignalNotFound: no such signal of this organisation.
            SignalAlreadyEnded: it has ended, in whatever way.
            SignalRevised: it is at another revision.
            SignalRefused: the new content breaks rules; all of them at once.
            StorageBusy: nothing was written; try again later.
        """
        for _ in range(ATTEMPTS):
            signal, youth = self._open(caller, signal_id)
            if revisions is not None and signal.revision not in revisions:
                raise SignalRevised
            wanted = self._wanted(signal, youth, edit)
            check_change(
                wanted,
                signal.planned_end_date,
                caller.organisation,
                self._today(),
                self.legal,
                also=unknown_site(self.storage, caller.organisation, wanted.professional.site_id),
            )
            change = self._change(caller, signal, wanted)
            if change is None:
                self._log_read(caller, signal)
                return with_professional(self.storage, signal)
            try:
                self.storage.signals.change(change)
            except Stale:
                continue
            return with_professional(self.storage, change.signal)
        raise StorageBusy("the signal kept changing")

    def _open(self, caller: Caller, signal_id: str) -> tuple[Signal, Youth]:
        signal = own_signal(self.storage, caller, signal_id)
        if is_overdue(signal, self._today()):
            raise SignalAlreadyEnded(SignalState.EXPIRED)
        require(signal.state, Step.CHANGE)
        if signal.youth is None:
            raise LookupError("a signal that has not ended has its person record")
        return signal, signal.youth

    def _wanted(self, signal: Signal, youth: Youth, edit: SignalEdit) -> SignalRequest:
        who = edit.professional_id or signal.professional_id
        card = self.storage.organisations.professional(signal.organisation_id, who)
        wanted = edit.applied_to(
            KeptContent(
                reference=signal.reference,
                youth=youth,
                professional=None if card is None else as_asked(card),
                planned_end_date=signal.planned_end_date,
                informed=signal.informed,
            )
        )
        if edit.gives_previous_address:
            return wanted
        return replace(wanted, youth=with_move(youth, wanted.youth))

    def _change(self, caller: Caller, signal: Signal, wanted: SignalRequest) -> SignalChange | None:
        """All that the change writes; None when there is nothing new."""
        revised = self._revised(signal, wanted)
        card = wanted.professional.at(caller.organisation)
        known = self.storage.organisations.professional(card.organisation_id, card.id)
        if card.id != signal.professional_id:
            check_presence(known)
        if revised == signal and card == known:
            return None
        return SignalChange(
            previous=signal,
            signal=replace(revised, revision=signal.revision + 1),
            released=(),
            audit=self._entry(caller, Act.SIGNAL_CHANGED, revised),
            professional=None if card == known else card,
        )

    def _revised(self, signal: Signal, wanted: SignalRequest) -> Signal:
        """The signal with the content that is wanted; its keys are written anew when the youth is new."""
        written, _ = self.storage.settings.keysets()
        same = wanted.youth == signal.youth
        as_they_were = same or signal.state is SignalState.RESTRICTED  # which nothing may find (D33)
        return replace(
            signal,
            professional_id=wanted.professional.id,
            planned_end_date=wanted.planned_end_date,
            ends_on=last_day_of(
                signal, self.legal, planned_end=wanted.planned_end_date, born=wanted.youth.birth_date
            ),
            keys=signal.keys if as_they_were else index_keys(wanted.youth, self.hasher, written),
            informed=wanted.informed,
            youth=wanted.youth,
            pseudonym=signal.pseudonym if same else youth_pseudonym(wanted.youth, signal.id, self.pseudonyms),
            inform_by=informing_term(
                signal, wanted.informed, wanted.youth.birth_date, self._today(), self.legal
            ),
        )

    def _log_read(self, caller: Caller, signal: Signal) -> None:
        self.storage.audit.append(self._entry(caller, Act.SIGNAL_READ, signal))

    def _entry(self, caller: Caller, act: Act, signal: Signal) -> AuditEntry:
        now, token = self.clock.now(), self.names.token()
        return caller.entry(act, signal.id, at=now, token=token, youth=signal.pseudonym)

    def _today(self) -> date:
        return amsterdam_day(self.clock.now())
