"""When a youth died: nothing of them stays (D34, D35).

The professional who knows ends the own signal at once. That the others' signals and the archive go as well
takes somebody who confirms it: a mistake would take from others what they still need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.death import DeathReport
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import DeathReportNotFound, SignalAlreadyEnded, SignalErased, SignalNotFound
from chalicelib.domain.match import MatchState
from chalicelib.domain.signal import SignalState
from chalicelib.matches.succession import Succession
from chalicelib.matching import MatchKind
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.death_reports import DeathReports
from chalicelib.signals.ending import has_ended, is_overdue
from chalicelib.signals.erase import EraseSignal
from chalicelib.signals.own import card_of_holder, own_signal, with_professional
from chalicelib.signals.request import OwnSignal

LIST: Final = "death-reports"
"""What the audit trail calls the list of reports."""
TIME_TO_BEGIN: Final = timedelta(seconds=15)
"""After which nothing more is erased in one request; asking again goes on."""

FindYouth = Callable[[str], frozenset[str]]
"""Ids of all signals about the youth of a running one, itself included, hidden and archived ones too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDeath:
    """Ends an own signal at once, leaving nothing, and asks the administrator about the others."""

    storage: Storage
    erase: EraseSignal
    find: FindYouth
    clock: Clock

    def __call__(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Report that the youth of a signal died; repeating it changes nothing.

        The report is kept before the signal goes: after that nothing tells who the youth was.

        Raises:
            SignalNotFound: no such signal of this organisation.
            SignalAlreadyEnded: it ended in another way.
            CardMissing: who holds it has no card; nothing went.
            StorageBusy: nothing went; try again later.
        """
        reports = DeathReports(self.storage.settings, self.storage.concerns)
        held = reports.get(signal_id)
        if held is None or held.organisation_id != caller.organisation.id:
            signal, now = own_signal(self.storage, caller, signal_id), self.clock.now()
            if is_overdue(signal, amsterdam_day(now)):
                raise SignalAlreadyEnded(SignalState.EXPIRED)
            if has_ended(signal):
                raise SignalAlreadyEnded(signal.state)
            card_of_holder(self.storage, signal)
            report = DeathReport(
                signal_id=signal_id,
                organisation_id=caller.organisation.id,
                reported_at=now,
                others=(self.find(signal_id) | self._line(signal_id)) - {signal_id},
            )
            reports.put(report)
        self.erase(signal_id, ErasureGround.DEATH, caller)
        erased = self.storage.signals.sealed([signal_id])[signal_id]
        return with_professional(self.storage, erased)

    def _line(self, signal_id: str) -> frozenset[str]:
        """With those that it renewed: they hold nothing of the youth, but a reference (D7)."""
        return frozenset(Succession(self.storage.signals.sealed).line(signal_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDeath:
    """Lists what was reported, and on the administrator's word erases all that is about the youth."""

    storage: Storage
    erase: EraseSignal
    cursors: Cursors
    names: Names
    clock: Clock

    def page(
        self, caller: Caller, *, limit: int, cursor: str | None
    ) -> tuple[tuple[DeathReport, ...], str | None]:
        """A page of two years' reports, what is still to be done first, and what starts the next.

        The look is logged. Raises CursorRefused for a cursor that this list did not give, StorageBusy.
        """
        now, token = self.clock.now(), self.names.token()
        bound_to = (LIST, caller.organisation.id)
        start = 0 if cursor is None else int(self.cursors.opened(cursor, bound_to))
        reports = self._reports.listed(amsterdam_day(now))
        self.storage.audit.append(caller.entry(Act.DEATHS_LISTED, LIST, at=now, token=token))
        end = start + limit
        following = self.cursors.signed(str(end), bound_to) if len(reports) > end else None
        return tuple(reports[start:end]), following

    def confirm(self, caller: Caller, signal_id: str) -> DeathReport:
        """Erase as many as time allows; ``is_done`` says whether to ask again.

        Whoever has joined the youth's signals by a match since is erased with them.

        Raises DeathReportNotFound, and StorageBusy: what was erased stays so.
        """
        report = self._reports.get(signal_id)
        if report is None:
            raise DeathReportNotFound
        now, token = self.clock.now(), self.names.token()
        self.storage.audit.append(caller.entry(Act.DEATH_CONFIRMED, signal_id, at=now, token=token))
        report = replace(report, confirmed_at=report.confirmed_at or now)
        while not report.is_done and self.clock.now() < now + TIME_TO_BEGIN:
            report = self._with_next(caller, report)
        self._reports.put(report)
        return report

    def _with_next(self, caller: Caller, report: DeathReport) -> DeathReport:
        """One more erased; what it leads to is known, and kept, before it goes."""
        one = min(report.others - report.erased)
        near = self._of_same_youth(one) - {report.signal_id}
        if not near <= report.others:
            report = replace(report, others=report.others | near)
        self._reports.put(report)
        with suppress(SignalNotFound, SignalErased):  # it left the archive on its day, or long ago
            self.erase(one, ErasureGround.DEATH, caller)
        return replace(report, erased=report.erased | {one})

    def _of_same_youth(self, signal_id: str) -> frozenset[str]:
        """Its whole line of renewals, also since the report, and whoever matches one of that (D7)."""
        line = frozenset(Succession(self.storage.signals.sealed).line(signal_id))
        return line | {partner for one in line for partner in self._partners(one)}

    def _partners(self, signal_id: str) -> Iterable[str]:
        return (
            match.other_side(signal_id).signal_id
            for match in self.storage.matches.of_signal(signal_id)
            if match.kind is MatchKind.PERSON and match.state is MatchState.ACTIVE
        )

    @property
    def _reports(self) -> DeathReports:
        return DeathReports(self.storage.settings, self.storage.concerns)
