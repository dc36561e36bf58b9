"""What the endpoints of signals call, from giving one to what follows its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from chalicelib.domain.caller import Caller
    from chalicelib.domain.death import DeathReport
    from chalicelib.domain.organisation import Language
    from chalicelib.domain.signal import SignalState
    from chalicelib.signals.batch import Outcome
    from chalicelib.signals.inform import Audience, InformationLetter
    from chalicelib.signals.open_history import OpenedHistory
    from chalicelib.signals.request import (
        GivenSignal,
        OwnSignal,
        OwnSignals,
        ProfessionalCard,
        RenewalRequest,
        SignalEdit,
        SignalRequest,
    )
    from chalicelib.signals.searching import SuspectedSearches
    from chalicelib.signals.transfer import Transferred
    from chalicelib.signals.uninformed import InformingOverview


class GivesSignals(Protocol):
    """:class:`chalicelib.signals.give.GiveSignal`."""

    def __call__(self, caller: Caller, request: SignalRequest, idempotency_key: str | None) -> GivenSignal:
        """Give a signal. Raises SignalRefused, ReferenceInUse, IdempotencyMismatch, StorageBusy."""
        ...


class GivesManySignals(Protocol):
    """:class:`chalicelib.signals.batch.GiveSignals`."""

    def __call__(
        self, caller: Caller, requests: Mapping[int, SignalRequest], idempotency_key: str | None
    ) -> dict[int, Outcome]:
        """Give each line's signal. Raises nothing: an error is the outcome of its line."""
        ...


class ReadsSignals(Protocol):
    """:class:`chalicelib.signals.read.ReadSignals`."""

    def one(self, caller: Caller, signal_id: str) -> OwnSignal:
        """One own signal. Raises SignalNotFound, StorageBusy."""
        ...

    def page(
        self,
        caller: Caller,
        *,
        state: SignalState | None,
        reference: str | None,
        limit: int,
        cursor: str | None,
    ) -> OwnSignals:
        """A page of own signals. Raises CursorRefused, StorageBusy."""
        ...


class ChangesSignals(Protocol):
    """:class:`chalicelib.signals.change.ChangeSignal`."""

    def __call__(
        self, caller: Caller, signal_id: str, edit: SignalEdit, revisions: Collection[int] | None
    ) -> OwnSignal:
        """Change. Raises SignalNotFound, SignalAlreadyEnded, SignalRevised, SignalRefused, StorageBusy."""
        ...


class EndsSignals(Protocol):
    """:class:`chalicelib.signals.end.EndSignal`."""

    def close(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Close. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...

    def retract(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Retract. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...


class RenewsSignals(Protocol):
    """:class:`chalicelib.signals.renew.RenewSignal`."""

    def __call__(self, caller: Caller, signal_id: str, wanted: RenewalRequest) -> GivenSignal:
        """Renew. Raises SignalNotFound, SignalAlreadyEnded, SignalRestricted, SignalRefused, ReferenceInUse.

        StorageBusy too.
        """
        ...


class TransfersSignals(Protocol):
    """:class:`chalicelib.signals.transfer.TransferSignals`."""

    def __call__(
        self, caller: Caller, leaver: str, to: str | ProfessionalCard, cursor: str | None
    ) -> Transferred:
        """Hand over. Raises ProfessionalNotFound, SignalRefused, CursorRefused, StorageBusy."""
        ...


class ReportsDeaths(Protocol):
    """:class:`chalicelib.signals.death.ReportDeath`."""

    def __call__(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Report. Raises SignalNotFound, SignalAlreadyEnded, StorageBusy."""
        ...


class ConfirmsDeaths(Protocol):
    """:class:`chalicelib.signals.death.ConfirmDeath`."""

    def page(
        self, caller: Caller, *, limit: int, cursor: str | None
    ) -> tuple[tuple[DeathReport, ...], str | None]:
        """A page of the reports, and what starts the next. Raises CursorRefused, StorageBusy."""
        ...

    def confirm(self, caller: Caller, signal_id: str) -> DeathReport:
        """Confirm, and erase. Raises DeathReportNotFound, StorageBusy."""
        ...


class ListsUninformed(Protocol):
    """:class:`chalicelib.signals.uninformed.ListUninformed`."""

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> InformingOverview:
        """Whom still has to be informed. Raises CursorRefused, StorageBusy."""
        ...


class OpensHistory(Protocol):
    """:class:`chalicelib.signals.open_history.OpenHistory`."""

    def __call__(self, caller: Caller, signal_id: str, idempotency_key: str | None) -> OpenedHistory:
        """Open. Raises SignalNotFound, SignalAlreadyEnded, SignalRestricted, HistoryClosed, StorageBusy."""
        ...


class WritesInformationLetters(Protocol):
    """:class:`chalicelib.signals.inform.WriteInformationLetter`."""

    def __call__(self, caller: Caller, audience: Audience, language: Language) -> InformationLetter:
        """The letter to a family. Raises StorageBusy."""
        ...


class ListsSearches(Protocol):
    """:class:`chalicelib.signals.searching.ListSearches`."""

    def __call__(self, caller: Caller, *, limit: int, cursor: str | None) -> SuspectedSearches:
        """A page of who has to be looked at. Raises CursorRefused, StorageBusy."""
        ...
